import Crypto
package import Replica

/// A state as the bytes of a backup, a piece at a time, with little memory and on any thread.
///
/// The size must be known before the first byte leaves, so the state is encoded twice: once to count, once to give. (A
/// file between the two would cost the disk what the log may need; an estimate would have to be an upper one.)
package struct BackupEncoder: Sendable {
  package let header: BackupHeader
  /// Bytes of the content: all but the checksum behind it. A multiple of 512.
  package let contentSize: UInt64
  /// Bytes of the content that have not been given yet.
  package private(set) var remaining: UInt64

  private enum Stage { case header, body, padding, checksum, done }

  private var stage = Stage.header
  private var state: FrozenState
  private var hash = SHA256()

  /// Encodes the state once, to count its bytes: that takes as long as to encode it to give it.
  ///
  /// - Parameter afterPiece: called after each piece that was counted; what it throws ends it.
  package init(_ header: BackupHeader, _ state: FrozenState, afterPiece: () throws -> Void = {}) rethrows {
    var header = header
    var counting = state
    while let chunk = counting.nextChunk() {
      header.bodySize += UInt64(chunk.count)
      try afterPiece()
    }
    let size = UInt64(header.encoded().count) + header.bodySize
    contentSize = (size + BackupHeader.blockSize - 1) / BackupHeader.blockSize * BackupHeader.blockSize
    remaining = contentSize
    self.header = header
    self.state = state
  }

  /// The next piece of the file, mostly some 256 KiB, a value's size more at most; the last is the checksum. Nil after
  /// that.
  package mutating func nextPiece() -> [UInt8]? {
    switch stage {
    case .header:
      stage = .body
      return give(header.encoded())
    case .body:
      if let chunk = state.nextChunk() { return give(chunk) }
      stage = .padding
      return nextPiece()
    case .padding:
      stage = .checksum
      return remaining == 0 ? nextPiece() : give([UInt8](repeating: 0, count: Int(remaining)))
    case .checksum:
      stage = .done
      return Array(hash.finalize())
    case .done: return nil
    }
  }

  private mutating func give(_ bytes: [UInt8]) -> [UInt8] {
    hash.update(data: bytes)
    remaining -= UInt64(bytes.count)
    return bytes
  }
}
