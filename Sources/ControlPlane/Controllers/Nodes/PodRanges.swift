import Addresses

/// Cuts an IPv4 range into one range of pod addresses a node. Pure.
package struct PodRanges: Sendable, Equatable {
  private let whole: IPv4Network
  /// The prefix length of a node's range.
  package let nodePrefix: Int

  /// `nil` when `cidr` is no IPv4 range, or the node's prefix does not fit into it.
  package init?(cidr: String, nodePrefix: Int) {
    guard let whole = IPv4Network(clearingHostBits: cidr), nodePrefix >= whole.prefix, nodePrefix <= 30,
      nodePrefix - whole.prefix <= 20
    else { return nil }
    self.whole = whole
    self.nodePrefix = nodePrefix
  }

  /// How many nodes fit.
  package var count: Int { 1 << (nodePrefix - whole.prefix) }

  package subscript(index: Int) -> String {
    guard let range = whole.subnet(index, prefix: nodePrefix) else {
      preconditionFailure("there is no range \(index) of \(count)")
    }
    return range.description
  }

  /// The first range that overlaps none of `used`, or `preferred` if that is free. `nil`: all are taken.
  package func free(used: [String], preferred: String? = nil) -> String? {
    // Nodes may carry what others gave them, in whatever form.
    let taken = used.compactMap { IPv4Network(clearingHostBits: $0) }
    func isFree(_ range: IPv4Network) -> Bool { !taken.contains { $0.overlaps(range) } }
    if let preferred, let range = IPv4Network(clearingHostBits: preferred), isFree(range) { return preferred }
    for index in 0..<count {
      if let range = whole.subnet(index, prefix: nodePrefix), isFree(range) { return range.description }
    }
    return nil
  }
}
