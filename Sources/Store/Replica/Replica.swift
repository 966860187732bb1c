// Replica: not built yet.
