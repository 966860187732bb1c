/// How much an HTTP/2 connection holds of answers that were given whole, for all of its streams: what its client has
/// not taken yet. A stream's answer waits in memory for the client's windows, and there may be a thousand streams.
///
/// On the connection's event loop only.
final class UntakenAnswers {
  /// Bytes of bodies whose ends have not left yet.
  private(set) var bytes = 0
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Whether there is room for an answer of that size. One alone always has it.
  func hasRoom(for size: Int) -> Bool { bytes == 0 || bytes + size <= limit }

  func add(_ size: Int) { bytes += size }
  func remove(_ size: Int) { bytes -= size }
}
