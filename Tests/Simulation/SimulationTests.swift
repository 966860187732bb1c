// Simulation: tests not written yet.
