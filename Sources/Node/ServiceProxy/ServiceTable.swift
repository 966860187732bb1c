package import ClusterConfig
package import KubernetesAPI

/// An address and port that clients connect to.
package struct Frontend: Hashable, Sendable {
  /// Nil for a node port: any address of the node.
  package var address: IPv4Address?
  package var port: UInt16

  package init(address: IPv4Address?, port: UInt16) {
    self.address = address
    self.port = port
  }
}

/// What services exist and where their connections go, as computed from the API's objects. Pure.
///
/// TCP over IPv4; a Service without selector or endpoints is in the table with none, so that its address refuses
/// connections instead of leading elsewhere.
package struct ServiceTable: Hashable, Sendable {
  /// A port of a Service by name, for messages.
  package struct Entry: Hashable, Sendable {
    package var service: String
    package var endpoints: [Endpoint]
  }

  package private(set) var entries: [Frontend: Entry] = [:]

  private static let neverEndpoints = [
    IPv4Network(address: .init(0, 0, 0, 0), prefix: 8), IPv4Network(address: .init(127, 0, 0, 0), prefix: 8),
    IPv4Network(address: .init(169, 254, 0, 0), prefix: 16), IPv4Network(address: .init(224, 0, 0, 0), prefix: 4),
  ]

  package init() {}

  /// - Parameter serviceRange: addresses in it are no endpoints: a connection to one would come back to the proxy.
  ///   Neither are loopback, link-local and multicast addresses, which would lead to the node's own ports.
  package init(
    services: [CoreV1.Service], slices: [DiscoveryV1.EndpointSlice], node: String, serviceRange: IPv4Network? = nil
  ) {
    let refused = Self.neverEndpoints + [serviceRange].compactMap { $0 }
    var slicesByService: [String: [DiscoveryV1.EndpointSlice]] = [:]
    for slice in slices {
      guard slice.addressType == "IPv4", let name = slice.metadata.labels["kubernetes.io/service-name"] else {
        continue
      }
      slicesByService["\(slice.metadata.namespace)/\(name)", default: []].append(slice)
    }
    for service in services {
      let key = "\(service.metadata.namespace)/\(service.metadata.name)"
      add(service, key: key, slices: slicesByService[key] ?? [], node: node, refused: refused)
    }
  }

  private mutating func add(
    _ service: CoreV1.Service, key: String, slices: [DiscoveryV1.EndpointSlice], node: String, refused: [IPv4Network]
  ) {
    let addresses = service.spec.clusterIPs.isEmpty ? [service.spec.clusterIP] : service.spec.clusterIPs
    guard service.spec.type != "ExternalName", !addresses.contains("None") else { return }
    for port in service.spec.ports where port.protocol.isEmpty || port.protocol == "TCP" {
      guard let number = UInt16(exactly: port.port) else { continue }
      let all = Self.endpoints(of: slices, port: port.name, refused: refused)
      let label = port.name.isEmpty ? key : "\(key):\(port.name)"
      let local = all.filter { $0.node == node }.map(\.endpoint)
      let everywhere = all.map(\.endpoint)
      let inside = service.spec.internalTrafficPolicy == "Local" ? local : everywhere
      for address in addresses.compactMap({ IPv4Address($0) }) {
        entries[Frontend(address: address, port: number)] = Entry(service: label, endpoints: inside)
      }
      guard let nodePort = UInt16(exactly: port.nodePort), nodePort != 0 else { continue }
      let outside = service.spec.externalTrafficPolicy == "Local" ? local : everywhere
      entries[Frontend(address: nil, port: nodePort)] = Entry(service: label, endpoints: outside)
    }
  }

  /// Ready endpoints; while there are none, those that serve although they are about to end (KEP-1669).
  private static func endpoints(
    of slices: [DiscoveryV1.EndpointSlice], port name: String, refused: [IPv4Network]
  ) -> [(endpoint: Endpoint, node: String)] {
    var ready: [Endpoint: String] = [:]
    var serving: [Endpoint: String] = [:]
    for slice in slices {
      guard let port = slice.ports.first(where: { ($0.name ?? "") == name && ($0.protocol ?? "TCP") == "TCP" }),
        let number = port.port.flatMap({ UInt16(exactly: $0) })
      else { continue }
      for endpoint in slice.endpoints {
        for address in endpoint.addresses.compactMap({ IPv4Address($0) })
        where !refused.contains(where: { $0.contains(address) }) {
          let target = Endpoint(address: address, port: number)
          if endpoint.conditions.ready ?? true { ready[target] = endpoint.nodeName ?? "" }
          if endpoint.conditions.serving ?? false { serving[target] = endpoint.nodeName ?? "" }
        }
      }
    }
    let chosen = ready.isEmpty ? serving : ready
    return chosen.sorted { ($0.key.address, $0.key.port) < ($1.key.address, $1.key.port) }.map { ($0.key, $0.value) }
  }
}
