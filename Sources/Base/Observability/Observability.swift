// Observability: not built yet.
