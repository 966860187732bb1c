import ByteCoding
import RaftCore

extension FuzzTarget {
  /// Raft's messages as a peer sends them, and the configurations in their entries.
  static let raftMessage = FuzzTarget("raft-message") { bytes in
    if let change = try? ConfigurationChange(decoding: bytes[...]) {
      let again = try ConfigurationChange(decoding: change.encoded()[...])
      try expect(again == change, "a configuration is another one when it is read again: \(change)")
      return true
    }
    guard let message = try? RaftMessage(decoding: bytes[...]) else { return false }
    let again = try RaftMessage(decoding: message.encoded()[...])
    try expect(again == message, "a message is another one when it is read again: \(message)")
    try expect(message.approximateSize <= 16 * bytes.count, "\(bytes.count) bytes became \(message.approximateSize)")
    if case .append(let append) = message.body {
      for (position, entry) in append.entries.enumerated() {
        try expect(entry.index == append.previousIndex + 1 + UInt64(position), "a gap before entry \(entry.index)")
      }
    }
    return true
  }
}
