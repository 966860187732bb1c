import JSONDocument
import NIOCore
import Registry

/// Where a request through a proxy goes.
struct ProxyTarget: Sendable, Equatable {
  var host: String
  var port: Int
  /// How the other side is spoken to.
  var security: Security

  enum Security: Sendable, Equatable {
    case none
    /// TLS whose certificate nobody can check: pods are reached by address, and no name belongs to that.
    case unverified
    /// Mutual TLS with a kubelet.
    case kubelet
  }

  var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
  var scheme: String { security == .none ? "http" : "https" }
}

/// `[SCHEME:]NAME[:PORT]`, as proxies' paths name their targets.
struct ProxyName: Sendable, Equatable {
  /// "" or `http`, `https`.
  var scheme: String
  var name: String
  /// A number or a port's name; "" for the default.
  var port: String

  /// Nil: not of that form.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: (scheme, name, port) = ("", parts[0], "")
    case 2: (scheme, name, port) = ("", parts[0], parts[1])
    case 3: (scheme, name, port) = (parts[0], parts[1], parts[2])
    default: return nil
    }
    guard ["", "http", "https"].contains(scheme), !name.isEmpty else { return nil }
  }
}

/// Finds the address behind a proxy's name, in the caches and objects of the registry.
struct ProxyTargets: Sendable {
  let registry: ResourceRegistry
  /// The address of a node's kubelet.
  let kubelet: @Sendable (_ node: String) async throws -> (host: String, port: Int)
  /// Whether an address may be proxied to. Who may write statuses must not turn the front-end into a way to what
  /// listens for the front-end's own host only.
  let mayReach: @Sendable (_ address: String) -> Bool

  func find(_ info: RequestInfo) async throws -> ProxyTarget {
    let kind = String(info.resource.dropLast())
    guard let name = ProxyName(info.name) else {
      throw APIError.badRequest("invalid \(kind) request \(FieldError.quoted(info.name))")
    }
    switch info.resource {
    case "pods": return try await pod(name, info.namespace)
    case "services": return try await service(name, info.namespace, asked: info.name)
    default: return try await node(name)
    }
  }

  private func get(_ plural: String, namespace: String, name: String) async throws -> JSONValue {
    guard let resource = registry.resource(group: "", version: "v1", plural: plural) else {
      throw APIError.noSuchPath()
    }
    return try JSONValue(
      jsonBytes: try await registry.get(resource, namespace: namespace, name: name).json)
  }

  private func target(_ name: ProxyName, _ address: String, port: Int) throws(APIError) -> ProxyTarget {
    guard mayReach(address) else { throw .badRequest("address not allowed") }
    return ProxyTarget(host: address, port: port, security: name.scheme == "https" ? .unverified : .none)
  }

  // MARK: Pods

  private func pod(_ name: ProxyName, _ namespace: String) async throws -> ProxyTarget {
    let pod = try await get("pods", namespace: namespace, name: name.name)
    let port: Int
    if name.port.isEmpty {
      // The first port that the pod declares, else the scheme's own.
      let declared = (pod["spec"]?["containers"]?.arrayValue ?? []).lazy
        .compactMap { $0["ports"]?.arrayValue?.first?["containerPort"]?.intValue }.first
      port = declared.map { Int($0) } ?? (name.scheme == "https" ? 443 : 80)
    } else {
      port = try number(name.port)
    }
    return try target(name, pod["status"]?["podIP"]?.stringValue ?? "", port: port)
  }

  private func number(_ text: String) throws(APIError) -> Int {
    guard let port = Int(text), (1...65535).contains(port) else {
      throw .badRequest("invalid port \(FieldError.quoted(text)): must be a number from 1 to 65535")
    }
    return port
  }

  // MARK: Services

  private func service(_ name: ProxyName, _ namespace: String, asked: String) async throws -> ProxyTarget {
    let service = try await get("services", namespace: namespace, name: name.name)
    var portName = name.port
    if let wanted = Int64(name.port) {
      let ports = service["spec"]?["ports"]?.arrayValue ?? []
      guard let port = ports.first(where: { $0["port"]?.intValue == wanted }) else {
        throw APIError.serviceUnavailable(
          "no service port \(wanted) found for service \(FieldError.quoted(name.name))")
      }
      portName = port["name"]?.stringValue ?? ""
    }
    let candidates = try await endpoints(of: name.name, namespace, port: portName)
    // An endpoint counts only if it is a pod that has this address: whoever may write endpoints could otherwise point
    // the front-end anywhere.
    for (address, port, pod) in candidates.shuffled() {
      guard let object = try? await get("pods", namespace: namespace, name: pod) else { continue }
      let addresses = (object["status"]?["podIPs"]?.arrayValue ?? []).compactMap { $0["ip"]?.stringValue }
      guard addresses.contains(address) || object["status"]?["podIP"]?.stringValue == address else { continue }
      return try target(name, address, port: port)
    }
    throw APIError.serviceUnavailable("no endpoints available for service \(FieldError.quoted(asked))")
  }

  /// The ready endpoints with a port of that name, and the pods that they say they are.
  private func endpoints(
    of service: String, _ namespace: String, port: String
  ) async throws -> [(address: String, port: Int, pod: String)] {
    guard let slices = registry.resource(group: "discovery.k8s.io", version: "v1", plural: "endpointslices") else {
      return []
    }
    let list = try await registry.list(
      slices, namespace: namespace,
      options: ListOptions(labelSelector: "kubernetes.io/service-name=\(service)"))
    var found: [(address: String, port: Int, pod: String)] = []
    for object in list.objects {
      let slice = try JSONValue(jsonBytes: object.json)
      guard
        let number = (slice["ports"]?.arrayValue ?? [])
          .first(where: { ($0["name"]?.stringValue ?? "") == port && $0["protocol"]?.stringValue ?? "TCP" == "TCP" })?[
            "port"]?.intValue
      else { continue }
      for endpoint in slice["endpoints"]?.arrayValue ?? [] where endpoint["conditions"]?["ready"]?.boolValue ?? true {
        guard endpoint["targetRef"]?["kind"]?.stringValue == "Pod",
          endpoint["targetRef"]?["namespace"]?.stringValue ?? namespace == namespace,
          let pod = endpoint["targetRef"]?["name"]?.stringValue,
          let address = endpoint["addresses"]?.arrayValue?.first?.stringValue
        else { continue }
        found.append((address, Int(number), pod))
      }
    }
    return found
  }

  // MARK: Nodes

  private func node(_ name: ProxyName) async throws -> ProxyTarget {
    let place = try await kubelet(name.name)
    if name.port.isEmpty || Int(name.port) == place.port {
      return ProxyTarget(host: place.host, port: place.port, security: .kubelet)
    }
    return try target(name, place.host, port: try number(name.port))
  }

  // MARK: Addresses

  /// Not this host's own (127.0.0.0/8, ::1, 0.0.0.0/8, ::), none of a link's own, no group's.
  @Sendable static func isForeign(_ address: String) -> Bool {
    guard let parsed = try? SocketAddress(ipAddress: address, port: 0) else { return false }
    switch parsed {
    case .v4(let v4):
      let bits = UInt32(bigEndian: v4.address.sin_addr.s_addr)
      return bits >> 24 != 127 && bits >> 24 != 0 && bits >> 16 != 0xa9fe && bits >> 28 != 0xe
    case .v6(let v6):
      return withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
        let isLinkLocal = bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80
        // What begins with ten zero bytes: ::, ::1, and IPv4 in disguise.
        return bytes[0] != 0xff && !isLinkLocal && bytes.prefix(10).contains { $0 != 0 }
      }
    default: return false
    }
  }
}
