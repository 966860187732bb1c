import Addresses

/// What holds for IP addresses.
enum AddressRules {
  static func isAddress(_ text: String) -> Bool { IPv4Address(text) != nil || IPv6Address(text) != nil }

  /// An endpoint's address must be one, and none that means something else on each node, as Kubernetes has it: a
  /// service could else be made to lead to a node's own ports.
  static func endpoint(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if let problem = problem(ofEndpoint: text) { errors.append(.invalid(path, text, problem)) }
  }

  /// What keeps an address from being an endpoint's; nil: nothing.
  static func problem(ofEndpoint text: String) -> String? {
    if let address = IPv4Address(text) { return problem(address) }
    guard let address = IPv6Address(text) else {
      return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
    }
    return address.embedded.map(problem) ?? problem(address)
  }

  private static let unspecified = "may not be unspecified (0.0.0.0 or ::)"
  private static let loopback = "may not be in the loopback range (127.0.0.0/8, ::1/128)"
  private static let linkLocal = "may not be in the link-local range (169.254.0.0/16, fe80::/10)"
  private static let linkLocalMulticast = "may not be in the link-local multicast range (224.0.0.0/24, ff02::/16)"

  private static func problem(_ address: IPv4Address) -> String? {
    switch address.value {
    case 0: unspecified
    case let value where value >> 24 == 127: loopback
    case let value where value >> 16 == 0xa9fe: linkLocal
    case let value where value >> 8 == 0xe00000: linkLocalMulticast
    default: nil
    }
  }

  private static func problem(_ address: IPv6Address) -> String? {
    let groups = address.groups
    if groups.dropLast().allSatisfy({ $0 == 0 }) {
      if groups[7] == 0 { return unspecified }
      if groups[7] == 1 { return loopback }
    }
    if groups[0] & 0xffc0 == 0xfe80 { return linkLocal }
    // Whatever the flags say, as Go's net package has it: the scope makes it link-local.
    return groups[0] & 0xff0f == 0xff02 ? linkLocalMulticast : nil
  }
}

extension ResourceRegistry {
  /// Why no Endpoints and no EndpointSlice may hold an address; nil: they may.
  package static func problem(ofEndpointAddress text: String) -> String? { AddressRules.problem(ofEndpoint: text) }
}
