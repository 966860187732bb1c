// GRPC: tests not written yet.
