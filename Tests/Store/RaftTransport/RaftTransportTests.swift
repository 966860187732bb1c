// RaftTransport: tests not written yet.
