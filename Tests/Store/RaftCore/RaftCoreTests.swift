// RaftCore: tests not written yet.
