// RaftTransport: not built yet.
