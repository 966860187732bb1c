import Registry
import Synchronization

/// Bounds the requests that are served at once, so that many large bodies cannot fill the memory. Reads and writes have
/// limits of their own, as in Kubernetes; watches, logs, tunnels and proxied requests are not counted, as they last as
/// long as their clients like: their connections bound them.
final class RequestLimiter: Sendable {
  private let reads = Atomic(0)
  private let writes = Atomic(0)
  private let mostReads: Int
  private let mostWrites: Int

  init(reads: Int = 400, writes: Int = 200) {
    mostReads = reads
    mostWrites = writes
  }

  /// Runs `body` if there is room; else the client is told to come back.
  func limit(_ info: RequestInfo, _ body: () async throws -> Void) async throws {
    guard info.isResource, info.verb != "watch", ConnectKind(info) == nil else { return try await body() }
    let isRead = info.verb == "get" || info.verb == "list"
    defer {
      if isRead { reads.subtract(1, ordering: .relaxed) } else { writes.subtract(1, ordering: .relaxed) }
    }
    let running =
      isRead ? reads.add(1, ordering: .relaxed).newValue : writes.add(1, ordering: .relaxed).newValue
    guard running <= (isRead ? mostReads : mostWrites) else {
      throw APIError.tooManyRequests(
        "the server has received too many requests and asks to try again later", retryAfter: 1)
    }
    try await body()
  }
}
