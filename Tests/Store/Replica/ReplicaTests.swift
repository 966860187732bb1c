// Replica: tests not written yet.
