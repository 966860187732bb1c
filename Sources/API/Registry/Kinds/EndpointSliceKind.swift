import Addresses
import JSONDocument
import KubernetesAPI

/// EndpointSlices.
struct EndpointSliceKind: KindRules {
  typealias Object = DiscoveryV1.EndpointSlice
  static let addressTypes = ["FQDN", "IPv4", "IPv6"]

  let storagePath = "endpointslices"
  let countsGenerations = true

  func wantsDiffer(_ slice: DiscoveryV1.EndpointSlice, _ old: DiscoveryV1.EndpointSlice) -> Bool {
    slice.endpoints != old.endpoints || slice.ports != old.ports || slice.metadata.labels != old.metadata.labels
  }

  func prepareForCreate(_ slice: inout DiscoveryV1.EndpointSlice) { dropOldFields(&slice) }

  func prepareForUpdate(_ slice: inout DiscoveryV1.EndpointSlice, from old: DiscoveryV1.EndpointSlice) {
    if slice.endpoints != old.endpoints { dropOldFields(&slice) }
  }

  /// The topology of the beta version cannot be written any more, and hints for nodes not yet (the gate
  /// `PreferSameTrafficDistribution` is off in this version).
  private func dropOldFields(_ slice: inout DiscoveryV1.EndpointSlice) {
    for index in slice.endpoints.indices {
      slice.endpoints[index].deprecatedTopology = [:]
      slice.endpoints[index].hints?.forNodes = []
    }
  }

  func validate(_ slice: DiscoveryV1.EndpointSlice, into errors: inout [FieldError]) {
    if slice.addressType.isEmpty {
      errors.append(.required(FieldPath("addressType")))
    } else if !Self.addressTypes.contains(slice.addressType) {
      errors.append(.notSupported(FieldPath("addressType"), slice.addressType, supported: Self.addressTypes))
    }
    if slice.endpoints.count > 1000 {
      errors.append(.tooMany(FieldPath("endpoints"), count: slice.endpoints.count, limit: 1000))
    }
    for (index, endpoint) in slice.endpoints.enumerated() {
      validate(endpoint, slice.addressType, FieldPath("endpoints").index(index), into: &errors)
    }
    if slice.ports.count > 100 { errors.append(.tooMany(FieldPath("ports"), count: slice.ports.count, limit: 100)) }
    var names: Set<String> = []
    for (index, port) in slice.ports.enumerated() {
      let path = FieldPath("ports").index(index)
      let name = port.name ?? ""
      ValueRules.optionalName(name, path.child("name"), NameRules.dnsLabel, into: &errors)
      if !names.insert(name).inserted { errors.append(.duplicate(path.child("name"), name)) }
      PortRules.protocol(port.protocol ?? "", path.child("protocol"), into: &errors)
      if let name = port.appProtocol {
        ValueRules.name(name, path.child("appProtocol"), NameRules.qualifiedName, into: &errors)
      }
      if let number = port.port {
        for problem in NameRules.portNumber(Int(number)) {
          errors.append(.invalid(path.child("port"), number, problem))
        }
      }
    }
  }

  private func validate(
    _ endpoint: DiscoveryV1.Endpoint, _ type: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let addresses = path.child("addresses")
    if endpoint.addresses.isEmpty { errors.append(.required(addresses, "must contain at least 1 address")) }
    if endpoint.addresses.count > 100 {
      errors.append(.tooMany(addresses, count: endpoint.addresses.count, limit: 100))
    }
    for (index, address) in endpoint.addresses.enumerated() {
      check(address, type, addresses.index(index), into: &errors)
    }
    if let name = endpoint.nodeName {
      ValueRules.name(name, path.child("nodeName"), NameRules.dnsSubdomain, into: &errors)
    }
    if let name = endpoint.hostname {
      ValueRules.name(name, path.child("hostname"), NameRules.dnsLabel, into: &errors)
    }
    let zones = path.child("hints", "forZones")
    let hints = endpoint.hints?.forZones ?? []
    if hints.count > 8 { errors.append(.tooMany(zones, count: hints.count, limit: 8)) }
    var seen: Set<String> = []
    for (index, hint) in hints.enumerated() {
      let path = zones.index(index).child("name")
      if !seen.insert(hint.name).inserted { errors.append(.duplicate(path, hint.name)) }
      ValueRules.name(hint.name, path, NameRules.labelValue, into: &errors)
    }
  }

  private func check(_ address: String, _ type: String, _ path: FieldPath, into errors: inout [FieldError]) {
    switch type {
    case "IPv4" where IPv4Address(address) == nil:
      errors.append(.invalid(path, address, "must be a valid IPv4 address"))
    // An IPv4 address in IPv6 clothes is an IPv4 address.
    case "IPv6" where IPv6Address(address).map { $0.embedded != nil } ?? true:
      errors.append(.invalid(path, address, "must be a valid IPv6 address"))
    case "IPv4", "IPv6": AddressRules.endpoint(address, path, into: &errors)
    case "FQDN": NameRules.fullyQualifiedName(address, path, into: &errors)
    default: break
    }
  }

  func validateUpdate(
    _ slice: DiscoveryV1.EndpointSlice, from old: DiscoveryV1.EndpointSlice, into errors: inout [FieldError]
  ) {
    if slice.addressType != old.addressType {
      errors.append(.invalid(FieldPath("addressType"), slice.addressType, "field is immutable"))
    }
  }

  func cells(_ slice: DiscoveryV1.EndpointSlice, now: Int64) -> [JSONValue] {
    let ports = slice.ports.map { $0.port.map { "\($0)" } ?? "*" }
    let addresses = slice.endpoints.flatMap(\.addresses)
    return [
      .string(slice.metadata.name), .string(slice.addressType), .string(shorten(ports, "<unset>")),
      .string(shorten(addresses, "<unset>")), TableCells.age(slice.metadata, now),
    ]
  }

  private func shorten(_ items: [String], _ absent: String) -> String {
    if items.isEmpty { return absent }
    let shown = items.prefix(3).joined(separator: ",")
    return items.count > 3 ? "\(shown) + \(items.count - 3) more..." : shown
  }
}
