/// A lean gRPC over HTTP/2: what the store serves, what the front-ends ask it with, and what speaks to a
/// container runtime.
///
/// ```
///   GRPCConnection ── ClientTransport ── one HTTP/2 connection ──▶ GRPCServer ── ServerConnection
///        │              (connects again,         │                     │
///        ▼               with back-off)          ▼                     ▼
///   GRPCClientStream ◀── ClientCall        one HTTP/2 stream      ServerCall ──▶ handler of the GRPCRouter
/// ```
///
/// A ``GRPCSession`` is one stream between the two for many unary calls: `ClientSession` and `ServerSession`.
///
/// `Wire/` is what both sides share: statuses, metadata, timeouts, the framing of messages, limits.
/// Everything between socket and message runs on the connection's event loop, in channel handlers; messages are
/// parsed and serialised on the caller's and the handler's task. Follows "gRPC over HTTP2" of the gRPC project.
/// Not there, on purpose: compression, name resolution and load balancing (``GRPCConnection`` is one peer),
/// retries (the caller knows what may be repeated; ``GRPCStatus/delivery`` tells it whether the call can have run).
package enum GRPC {}
