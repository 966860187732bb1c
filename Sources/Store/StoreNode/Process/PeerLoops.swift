package import NIOCore

/// Where a replica talks with its peers.
package struct PeerLoops: Sendable {
  /// The loop of the streams between members and of the consensus; nothing else should load it.
  package var streams: any EventLoop
  /// The loop of the snapshots that are sent to members, so that they hold up no other message.
  package var bulk: any EventLoop

  /// - Parameter bulk: nil for the same as `streams`.
  package init(streams: any EventLoop, bulk: (any EventLoop)? = nil) {
    self.streams = streams
    self.bulk = bulk ?? streams
  }
}
