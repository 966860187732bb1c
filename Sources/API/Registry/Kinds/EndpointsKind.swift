import JSONDocument
import KubernetesAPI

/// Endpoints, the older form of a service's addresses.
struct EndpointsKind: KindRules {
  typealias Object = CoreV1.Endpoints

  let storagePath = "services/endpoints"
  let allowsCreateOnUpdate = true

  func validate(_ endpoints: CoreV1.Endpoints, into errors: inout [FieldError]) {
    for (index, subset) in endpoints.subsets.enumerated() {
      let path = FieldPath("subsets").index(index)
      if subset.addresses.isEmpty, subset.notReadyAddresses.isEmpty {
        errors.append(.required(path, "must specify `addresses` or `notReadyAddresses`"))
      }
      for (name, addresses) in [("addresses", subset.addresses), ("notReadyAddresses", subset.notReadyAddresses)] {
        for (index, address) in addresses.enumerated() {
          let path = path.child(name).index(index)
          AddressRules.endpoint(address.ip, path.child("ip"), into: &errors)
          ValueRules.optionalName(address.hostname, path.child("hostname"), NameRules.dnsLabel, into: &errors)
          if let node = address.nodeName {
            ValueRules.name(node, path.child("nodeName"), NameRules.dnsSubdomain, into: &errors)
          }
        }
      }
      for (index, port) in subset.ports.enumerated() {
        let path = path.child("ports").index(index)
        if port.name.isEmpty {
          if subset.ports.count > 1 { errors.append(.required(path.child("name"))) }
        } else {
          for problem in NameRules.dnsLabel(port.name) {
            errors.append(.invalid(path.child("name"), port.name, problem))
          }
        }
        for problem in NameRules.portNumber(Int(port.port)) {
          errors.append(.invalid(path.child("port"), port.port, problem))
        }
        PortRules.protocol(port.protocol, path.child("protocol"), into: &errors)
        if let name = port.appProtocol {
          ValueRules.name(name, path.child("appProtocol"), NameRules.qualifiedName, into: &errors)
        }
      }
    }
  }

  func cells(_ endpoints: CoreV1.Endpoints, now: Int64) -> [JSONValue] {
    [.string(endpoints.metadata.name), .string(summary(endpoints.subsets)), TableCells.age(endpoints.metadata, now)]
  }

  /// The first three addresses, and how many more there are.
  private func summary(_ subsets: [CoreV1.EndpointSubset]) -> String {
    var all: [String] = []
    for subset in subsets {
      for address in subset.addresses {
        if subset.ports.isEmpty { all.append(address.ip) }
        for port in subset.ports { all.append("\(address.ip):\(port.port)") }
      }
    }
    if all.isEmpty { return "<none>" }
    let shown = all.prefix(3).joined(separator: ",")
    return all.count > 3 ? "\(shown) + \(all.count - 3) more..." : shown
  }
}
