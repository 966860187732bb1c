// RaftLog: not built yet.
