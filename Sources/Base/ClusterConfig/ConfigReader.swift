import Yams

extension ClusterConfig {
  /// The largest file that is read, in bytes.
  package static let largestFile = 1 << 20

  /// Reads a cluster's file and checks it as a whole.
  ///
  /// - Parameter file: the name that stands in errors.
  /// - Throws: ``ConfigError`` with everything that is wrong: unknown keys, values out of range, a host twice,
  ///   no store or too many, overlapping ranges. What is allowed and not well is in ``warnings``.
  package init(yaml: String, file: String) throws(ConfigError) {
    guard yaml.utf8.count <= Self.largestFile else {
      throw ConfigError(file: file, problems: [.init(message: "larger than \(Self.largestFile) bytes")])
    }
    let node: Node?
    do {
      node = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw ConfigError(file: file, problems: [Self.problem(of: error)])
    } catch {
      throw ConfigError(file: file, problems: [.init(message: "not YAML: \(error)")])
    }
    guard let node else {
      throw ConfigError(file: file, problems: [.init(message: "the file is empty: it needs `name` and `hosts`")])
    }
    let findings = YAMLFields.Findings()
    let config = Self.read(YAMLFields(node: node, path: "", findings: findings))
    guard findings.problems.isEmpty else { throw ConfigError(file: file, problems: findings.problems) }
    self = config
  }

  private static func problem(of error: YamlError) -> ConfigError.Problem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      .init(line: mark.line, message: "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let duplicates, let context):
      .init(line: context.mark.line, message: "the key \(duplicates.joined(separator: ", ")) stands twice")
    default: .init(message: "not YAML: \(error)")
    }
  }

  private static func read(_ root: YAMLFields) -> ClusterConfig {
    root.expectKeys(["name", "network", "ports", "timing", "runtime", "store", "hosts"])
    var config = ClusterConfig(name: "", hosts: [])
    if let name = root.child("name") {
      config.name = name.value("a DNS label (a-z, 0-9, -)", { isLabel($0) ? $0 : nil }) ?? ""
    } else {
      root.report("missing: the cluster's name", field: "name")
    }
    if let network = root.child("network") { config.network = readNetwork(network) }
    if let ports = root.child("ports") { config.ports = readPorts(ports) }
    if let timing = root.child("timing") { config.timing = readTiming(timing) }
    if let runtime = root.child("runtime") { config.runtime = readRuntime(runtime) }
    if let store = root.child("store") { config.store = readStore(store) }
    if let hosts = root.child("hosts") {
      config.hosts = readHosts(hosts, network: config.network)
    } else {
      root.report("missing: the list of hosts", field: "hosts")
    }
    if config.network.services.overlaps(config.network.pods) {
      root.report("services \(config.network.services) and pods \(config.network.pods) overlap", field: "network")
    }
    checkPorts(config, root)
    checkNodes(config, root)
    return config
  }

  private static func readHosts(_ list: YAMLFields, network: Network) -> [Host] {
    var hosts: [Host] = []
    var names: [String: Int] = [:]
    var addresses: [IPv4Address: Int] = [:]
    for fields in list.elements() {
      fields.expectKeys(["name", "address", "roles"])
      let line = fields.node.mark?.line ?? 0
      let name = fields.child("name")?.value("a DNS label (a-z, 0-9, -)", { isLabel($0) ? $0 : nil })
      let address = fields.child("address")?.value("an IPv4 address", { IPv4Address($0) })
      if fields.child("name") == nil { fields.report("missing: the host's name", field: "name") }
      if fields.child("address") == nil { fields.report("missing: the host's address", field: "address") }
      let roles = readRoles(fields)
      guard let name, let address else { continue }
      if let first = names.updateValue(line, forKey: name) {
        fields.report(
          "the host “\(name)” stands twice, first on line \(first): give each host a name of its own", field: "name")
      }
      if let first = addresses.updateValue(line, forKey: address) {
        fields.report("\(address) belongs to the host on line \(first) already", field: "address")
      }
      for (what, range) in [("services", network.services), ("pods", network.pods)] where range.contains(address) {
        fields.report("\(address) lies in the range of the \(what), \(range)", field: "address")
      }
      hosts.append(Host(name: name, address: address, roles: roles))
    }
    let stores = hosts.filter { $0.roles.contains(.store) }.count
    if stores == 0 {
      list.report("no host has the role store")
    } else if stores > mostStores {
      list.report(
        "\(stores) hosts have the role store: there may be \(mostStores) at most, for each write goes to all of them")
    }
    return hosts
  }

  private static func readRoles(_ host: YAMLFields) -> [Role] {
    guard let list = host.child("roles") else {
      host.report("missing: what the host does", field: "roles")
      return []
    }
    let known = Role.allCases.map(\.rawValue).joined(separator: ", ")
    var roles: [Role] = []
    for element in list.elements() {
      guard let role = element.value("a role; known: \(known)", { Role(rawValue: $0) }) else { continue }
      if roles.contains(role) { element.report("the role stands twice") } else { roles.append(role) }
    }
    return roles
  }

  private static func readNetwork(_ fields: YAMLFields) -> Network {
    fields.expectKeys(["services", "pods", "nodePrefix", "nodePorts", "domain"])
    var network = Network()
    let range = "an IPv4 range such as 10.96.0.0/16 with zero host bits"
    fields.read("services", into: &network.services, range, { IPv4Network($0) })
    fields.read("pods", into: &network.pods, range, { IPv4Network($0) })
    fields.read("nodePrefix", into: &network.nodePrefix, "a prefix length from 8 to 30") {
      Int($0).flatMap { (8...30).contains($0) ? $0 : nil }
    }
    fields.read("nodePorts", into: &network.nodePorts, "a range of ports such as 30000-32767") { text in
      let ends = text.split(separator: "-").compactMap { UInt16($0) }
      return ends.count == 2 && ends[0] > 0 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
    fields.read("domain", into: &network.domain, "a DNS name") { text in
      text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { isLabel(String($0)) } ? text : nil
    }
    if network.nodePrefix < network.pods.prefix {
      fields.report("a node's range is larger than all pods' \(network.pods)", field: "nodePrefix")
    }
    if network.services.prefix > 30 { fields.report("too small: four addresses at least", field: "services") }
    return network
  }

  private static func readPorts(_ fields: YAMLFields) -> Ports {
    var ports = Ports()
    let names: [(String, WritableKeyPath<Ports, UInt16>)] = [
      ("storeClient", \.storeClient), ("storePeer", \.storePeer), ("storeMetrics", \.storeMetrics),
      ("apiserver", \.apiserver), ("balancer", \.balancer), ("kubelet", \.kubelet),
      ("controllerManager", \.controllerManager), ("scheduler", \.scheduler), ("proxy", \.proxy),
    ]
    fields.expectKeys(names.map(\.0))
    for (name, field) in names {
      fields.read(name, into: &ports[keyPath: field], "a port from 1 to 65535") {
        UInt16($0).flatMap { $0 > 0 ? $0 : nil }
      }
    }
    return ports
  }

  private static func readTiming(_ fields: YAMLFields) -> Timing {
    var timing = Timing()
    let names: [(String, WritableKeyPath<Timing, Duration>)] = [
      ("heartbeat", \.heartbeat), ("election", \.election), ("nodeLeaseRenew", \.nodeLeaseRenew),
      ("nodeMonitorGrace", \.nodeMonitorGrace), ("defaultNotReadyToleration", \.defaultNotReadyToleration),
      ("leaderLease", \.leaderLease), ("leaderRenew", \.leaderRenew),
    ]
    fields.expectKeys(names.map(\.0))
    for (name, field) in names {
      fields.read(name, into: &timing[keyPath: field], "a duration such as 100ms or 5s", duration(_:))
    }
    func atLeast(_ factor: Int, _ long: Duration, _ short: Duration, _ message: String, _ field: String) {
      if long < short * factor { fields.report("\(message): \(long) against \(short)", field: field) }
    }
    atLeast(5, timing.election, timing.heartbeat, "must be five heartbeats at least", "election")
    atLeast(2, timing.nodeMonitorGrace, timing.nodeLeaseRenew, "must be two renewals at least", "nodeMonitorGrace")
    atLeast(2, timing.leaderLease, timing.leaderRenew, "must be two renewals at least", "leaderLease")
    return timing
  }

  private static func readRuntime(_ fields: YAMLFields) -> Runtime {
    fields.expectKeys(["kind", "socket", "images", "pauseImage"])
    var runtime = Runtime()
    let socket = fields.child("socket")?.value("an absolute path", { $0.hasPrefix("/") ? $0 : nil })
    switch fields.child("kind")?.value(
      "managed, socket or hollow", { ["managed", "socket", "hollow"].contains($0) ? $0 : nil })
    {
    case "socket":
      if let socket {
        runtime.kind = .socket(socket)
      } else {
        fields.report("missing: the runtime's socket", field: "socket")
      }
    case "hollow": runtime.kind = .hollow
    default: if socket != nil { fields.report("needs `kind: socket`", field: "socket") }
    }
    if let images = fields.child("images") { runtime.images = images.elements().compactMap(\.text) }
    fields.read("pauseImage", into: &runtime.pauseImage, "an image's name") { $0.isEmpty ? nil : $0 }
    return runtime
  }

  private static func checkPorts(_ config: ClusterConfig, _ root: YAMLFields) {
    for host in config.hosts {
      var taken: [UInt16: String] = [:]
      func take(_ port: UInt16, _ what: String) {
        if let other = taken.updateValue(what, forKey: port) {
          root.report("\(what) and \(other) both want port \(port) of \(host.name)", field: "ports")
        }
      }
      if host.roles.contains(.store) {
        take(config.ports.storeClient, "storeClient")
        take(config.ports.storePeer, "storePeer")
        take(config.ports.storeMetrics, "storeMetrics")
      }
      if host.roles.contains(.apiserver) { take(config.ports.apiserver, "apiserver") }
      if host.roles.contains(.kubelet) { take(config.ports.kubelet, "kubelet") }
      // The balancer listens on 127.0.0.1: it meets the others only on a host with that address.
      if host.address == IPv4Address(127, 0, 0, 1) { take(config.ports.balancer, "balancer") }
    }
  }

  /// Pods on a bridge cannot reach their node, nor the front-ends, at an address of the node's own loopback.
  private static func checkNodes(_ config: ClusterConfig, _ root: YAMLFields) {
    let loopback = IPv4Network(address: IPv4Address(127, 0, 0, 0), prefix: 8)
    guard config.runtime.kind != .hollow, config.hosts.contains(where: { $0.roles.contains(.kubelet) }) else { return }
    for host in config.hosts where loopback.contains(host.address) {
      root.report(
        "\(host.name) has \(host.address), which the pods of this cluster cannot reach: give the machine's own address",
        field: "hosts")
    }
  }

  static func isLabel(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func alphanumeric(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    guard (1...63).contains(bytes.count), let first = bytes.first, let last = bytes.last else { return false }
    return alphanumeric(first) && alphanumeric(last) && bytes.allSatisfy { alphanumeric($0) || $0 == 45 }
  }

  /// Reads `250ms`, `5s`, `2m`.
  static func duration(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count > 0, count <= 86_400_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": return .milliseconds(count)
    case "s": return .seconds(count)
    case "m": return .seconds(count * 60)
    default: return nil
    }
  }
}
