// Observability: tests not written yet.
