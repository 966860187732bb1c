// GRPC: not built yet.
