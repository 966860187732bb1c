// Scheduling: tests not written yet.
