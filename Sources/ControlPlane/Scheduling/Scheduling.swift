// Scheduling: not built yet.
