package import ClusterConfig

/// A node whose pods this host must reach.
package struct RemoteNode: Hashable, Sendable {
  package var name: String
  /// Where the node itself is reached.
  package var address: IPv4Address
  package var podRange: IPv4Network

  package init(name: String, address: IPv4Address, podRange: IPv4Network) {
    self.name = name
    self.address = address
    self.podRange = podRange
  }
}

/// A route in the kernel's table.
package struct Route: Hashable, Sendable {
  package var destination: IPv4Network
  package var gateway: IPv4Address

  package init(destination: IPv4Network, gateway: IPv4Address) {
    self.destination = destination
    self.gateway = gateway
  }
}

package enum RouteChange: Hashable, Sendable {
  /// Sets the route, whether or not there is another to the same destination.
  case replace(Route)
  case remove(Route)
}

/// What has to be done so that every other node's pods are reached through that node, and nothing is left of nodes that
/// are gone. Pure: nodes and present routes in, changes out.
///
/// Routes of Apus carry the number `RoutePlanner.routeProtocol`, so that nobody else's are ever touched.
package struct RoutePlanner: Sendable {
  /// Marks the routes that Apus made, in the kernel's "protocol" field: one of the numbers that the kernel and
  /// /etc/iproute2/rt_protos leave to users.
  package static let routeProtocol = 142

  /// A node whose entry cannot become a route, and why.
  package struct Refusal: Hashable, Sendable {
    package var node: String
    package var reason: String
  }

  package struct Plan: Hashable, Sendable {
    package var changes: [RouteChange]
    package var refusals: [Refusal]
  }

  private let own: IPv4Network?
  private let clusterPods: IPv4Network

  /// - Parameters:
  ///   - own: this node's pod range; it lies on the bridge and gets no route. `nil`: the host has no pods.
  ///   - clusterPods: the range of all pods. A node's entry outside of it is refused: it could take the host's other
  ///     traffic away.
  package init(own: IPv4Network?, clusterPods: IPv4Network) {
    self.own = own
    self.clusterPods = clusterPods
  }

  /// - Parameter present: the routes marked as Apus', and no others.
  package func plan(nodes: [RemoteNode], present: [Route]) -> Plan {
    var wanted: [Route] = []
    var takenBy: [(range: IPv4Network, node: String)] = []
    var refusals: [Refusal] = []
    // In the order of names, so that of two nodes with clashing ranges every host chooses the same.
    for node in nodes.sorted(by: { $0.name < $1.name }) {
      if let own, node.podRange.overlaps(own) {
        refusals.append(Refusal(node: node.name, reason: "its pod range \(node.podRange) overlaps this node's \(own)"))
      } else if !clusterPods.contains(node.podRange.address) || node.podRange.prefix < clusterPods.prefix {
        refusals.append(Refusal(node: node.name, reason: "its pod range \(node.podRange) is outside of \(clusterPods)"))
      } else if clusterPods.contains(node.address) {
        refusals.append(Refusal(node: node.name, reason: "its address \(node.address) is inside of the pods' range"))
      } else if node.address.isLoopback {
        refusals.append(Refusal(node: node.name, reason: "its address \(node.address) is a loopback one"))
      } else if let other = takenBy.first(where: { $0.range.overlaps(node.podRange) }) {
        refusals.append(Refusal(node: node.name, reason: "its pod range \(node.podRange) overlaps \(other.node)'s"))
      } else {
        takenBy.append((node.podRange, node.name))
        wanted.append(Route(destination: node.podRange, gateway: node.address))
      }
    }
    let existing = Set(present)
    let destinations = Set(wanted.map(\.destination))
    var changes = wanted.filter { !existing.contains($0) }.map(RouteChange.replace)
    // `replace` takes the place of an old gateway to the same destination: only other destinations are stale.
    let stale = existing.filter { !destinations.contains($0.destination) }
    changes += stale.sorted { ($0.destination.address, $0.gateway) < ($1.destination.address, $1.gateway) }
      .map(RouteChange.remove)
    return Plan(changes: changes, refusals: refusals)
  }
}

extension RouteChange {
  /// The arguments for `ip`.
  package var arguments: [String] {
    let (verb, route) =
      switch self {
      case .replace(let route): ("replace", route)
      case .remove(let route): ("del", route)
      }
    return [
      "-4", "route", verb, "\(route.destination)", "via", "\(route.gateway)", "proto", "\(RoutePlanner.routeProtocol)",
    ]
  }
}

extension Route {
  /// Reads `ip -4 route show proto N`: one route a line. Lines of another form (no gateway) are left out.
  package static func parse(_ listing: String) -> [Route] {
    listing.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let first = words.first, let via = words.firstIndex(of: "via"), via + 1 < words.endIndex,
        let gateway = IPv4Address(words[via + 1])
      else { return nil }
      let text = first.contains("/") ? String(first) : "\(first)/32"
      return IPv4Network(text).map { Route(destination: $0, gateway: gateway) }
    }
  }
}
