import Addresses

/// Chooses service addresses and node ports.
///
/// What is taken is a key in the store, one for each address and port, created in the same transaction as the service
/// that holds it and removed with it. So two front-ends that choose the same one at the same time cannot both have it,
/// and nothing leaks. The cache of these keys is only a hint that makes a clash unlikely.
struct ServiceAllocator: Sendable {
  let addresses: IPv4Network
  let ports: ClosedRange<Int>
  /// Whether somebody has the key already, as far as the cache knows.
  let isTaken: @Sendable (String) -> Bool
  let random: @Sendable () -> UInt64
  private let prefix: String

  /// - Throws: `badRequest` when the range is no IPv4 CIDR with room for services.
  init(
    configuration: RegistryConfiguration, isTaken: @escaping @Sendable (String) -> Bool,
    random: @escaping @Sendable () -> UInt64
  ) throws(APIError) {
    guard let addresses = IPv4Network(configuration.serviceCIDR), (8...30).contains(addresses.prefix) else {
      throw .badRequest("the service CIDR \(configuration.serviceCIDR) is not an IPv4 range between /8 and /30")
    }
    self.addresses = addresses
    self.ports = configuration.nodePorts
    self.isTaken = isTaken
    self.random = random
    self.prefix = Self.prefix(configuration)
  }

  /// What the keys of all claims begin with.
  static func prefix(_ configuration: RegistryConfiguration) -> String { configuration.prefix + "ranges/" }

  func key(address: String) -> String { prefix + "serviceips/" + address }

  /// Ports are claimed for each protocol: TCP and UDP 30053 may both be in use, by different services.
  func key(port: Int32, protocol: String) -> String { "\(prefix)servicenodeports/\(`protocol`)/\(port)" }

  /// Whether an address that a client asks for may be a service's: in the range, and neither its first nor its last.
  func permits(_ address: IPv4Address) -> Bool {
    addresses.contains(address) && address != addresses.address && address != addresses[addresses.size - 1]
  }

  func permits(_ address: IPValue) -> Bool {
    address.family == .ipv4 && permits(IPv4Address(value: UInt32(truncatingIfNeeded: address.number)))
  }

  /// An address that nobody has, as far as is known; nil when there is none left.
  ///
  /// The lower sixteenth of the range (16 to 256 addresses) is used last, so that it is likely to be free for those who
  /// ask for an address by name; the first address is the `kubernetes` service's and never chosen.
  func chooseAddress(avoiding taken: Set<String>) -> String? {
    let last = addresses.size - 2
    let band = min(max(addresses.size / 16, 16), 256)
    let split = last > band ? band : 1
    return pick(split...last, taken) ?? (split > 2 ? pick(2...(split - 1), taken) : nil)
  }

  private func pick(_ offsets: ClosedRange<Int>, _ taken: Set<String>) -> String? {
    search(offsets) { offset in
      guard offset > 1, let address = addresses[offset]?.description else { return nil }
      let key = key(address: address)
      return taken.contains(key) || isTaken(key) ? nil : address
    }
  }

  /// A port that nobody has, as far as is known; nil when there is none left.
  func choosePort(protocol: String, avoiding taken: Set<String>) -> Int32? {
    search(ports) { port in
      let key = key(port: Int32(port), protocol: `protocol`)
      return taken.contains(key) || isTaken(key) ? nil : Int32(port)
    }
  }

  /// Looks through the whole range from a random place on.
  private func search<T>(_ range: ClosedRange<Int>, _ accept: (Int) -> T?) -> T? {
    let start = Int(random() % UInt64(range.count))
    for step in 0..<range.count {
      if let found = accept(range.lowerBound + (start + step) % range.count) { return found }
    }
    return nil
  }
}
