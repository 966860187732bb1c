// RaftLog: tests not written yet.
