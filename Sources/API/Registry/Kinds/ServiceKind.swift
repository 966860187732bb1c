import JSONDocument
import KubernetesAPI

/// Services: their addresses and node ports are claims that exist exactly as long as the service.
struct ServiceKind: KindRules {
  typealias Object = CoreV1.Service
  static let types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]
  static let headless = "None"

  let allocator: ServiceAllocator
  let storagePath = "services/specs"
  let selectableFields = [SelectableField("spec.clusterIP"), SelectableField("spec.type")]
  let allowsCreateOnUpdate = true
  let returnsDeletedObject = true

  func problems(inName name: String) -> [String] { NameRules.dns1035Label(name) }

  func prepareForCreate(_ service: inout CoreV1.Service) {
    service.status = CoreV1.ServiceStatus()
    setFamilies(&service)
    alignAddresses(&service)
  }

  func prepareForUpdate(_ service: inout CoreV1.Service, from old: CoreV1.Service) {
    service.status = old.status
    if service.spec.type != "LoadBalancer" { service.status.loadBalancer = CoreV1.LoadBalancerStatus() }
    dropWhatTypeLacks(&service, old.spec)
    let isExternal = service.spec.type == "ExternalName"
    let keepsList = service.spec.clusterIPs == old.spec.clusterIPs
    if !isExternal, old.spec.type != "ExternalName", service.spec.clusterIP.isEmpty,
      service.spec.clusterIPs.isEmpty || keepsList
    {
      // Who leaves the address out has none to change.
      service.spec.clusterIP = old.spec.clusterIP
      service.spec.clusterIPs = old.spec.clusterIPs
    } else if service.spec.clusterIP != old.spec.clusterIP, keepsList {
      // Clients that only know the older field change it alone.
      service.spec.clusterIPs = service.spec.clusterIP.isEmpty ? [] : [service.spec.clusterIP]
    }
    setFamilies(&service, old)
    alignAddresses(&service)
    if service.spec.usesNodePorts {
      for index in service.spec.ports.indices where service.spec.ports[index].nodePort == 0 {
        let port = service.spec.ports[index]
        let before = old.spec.ports.first { $0.port == port.port && $0.protocol == port.protocol }
        // One that somebody gives to another port of the service is not kept for this one.
        guard let before, !service.spec.ports.contains(where: { $0.nodePort == before.nodePort }) else { continue }
        service.spec.ports[index].nodePort = before.nodePort
      }
    }
    if service.spec.needsHealthCheck, old.spec.needsHealthCheck, service.spec.healthCheckNodePort == 0 {
      service.spec.healthCheckNodePort = old.spec.healthCheckNodePort
    }
  }

  /// Where the type changes to one that has no use for a field, and the client just sent back what it had read, the
  /// field goes. One that the client changed stays, and is refused.
  private func dropWhatTypeLacks(_ service: inout CoreV1.Service, _ old: CoreV1.ServiceSpec) {
    var new = service.spec
    if new.type == "ExternalName", old.type != "ExternalName" {
      if new.clusterIPs == old.clusterIPs, new.clusterIP == old.clusterIP || new.clusterIP.isEmpty {
        new.clusterIP = ""
        new.clusterIPs = []
      }
      if new.ipFamilies == old.ipFamilies { new.ipFamilies = [] }
      if new.ipFamilyPolicy == old.ipFamilyPolicy { new.ipFamilyPolicy = nil }
    }
    if old.mayHaveNodePorts, !new.mayHaveNodePorts {
      for index in new.ports.indices {
        let port = new.ports[index]
        if old.ports.contains(where: { $0.nodePort == port.nodePort }) { new.ports[index].nodePort = 0 }
      }
    }
    if old.needsHealthCheck, !new.needsHealthCheck, new.healthCheckNodePort == old.healthCheckNodePort {
      new.healthCheckNodePort = 0
    }
    if old.type == "LoadBalancer", new.type != "LoadBalancer" {
      if new.allocateLoadBalancerNodePorts == old.allocateLoadBalancerNodePorts {
        new.allocateLoadBalancerNodePorts = nil
      }
      if new.loadBalancerClass == old.loadBalancerClass { new.loadBalancerClass = nil }
    }
    if old.isExternallyAccessible, !new.isExternallyAccessible, new.externalTrafficPolicy == old.externalTrafficPolicy {
      new.externalTrafficPolicy = ""
    }
    service.spec = new
  }

  /// - Parameter old: what the service was before; nil for a new one.
  private func setFamilies(_ service: inout CoreV1.Service, _ old: CoreV1.Service? = nil) {
    guard service.spec.type != "ExternalName" else { return }
    let isOpen = service.spec.isHeadlessWithoutSelector
    let before = old?.spec
    if service.spec.ipFamilyPolicy == nil {
      service.spec.ipFamilyPolicy = before?.ipFamilyPolicy ?? (isOpen ? "RequireDualStack" : "SingleStack")
    }
    let isSingle = service.spec.ipFamilyPolicy == "SingleStack"
    if service.spec.ipFamilies.isEmpty { service.spec.ipFamilies = before.map(\.ipFamilies) ?? [] }
    if service.spec.ipFamilies.isEmpty { service.spec.ipFamilies = ["IPv4"] }
    guard isOpen else { return }
    if isSingle, service.spec.ipFamilies == before?.ipFamilies, before?.ipFamilyPolicy != "SingleStack" {
      // Who asks for one family, and says nothing of which, gives the second one back.
      service.spec.ipFamilies = Array(service.spec.ipFamilies.prefix(1))
    } else if !isSingle, service.spec.ipFamilies.count == 1, (before?.ipFamilies.count ?? 0) < 2 {
      service.spec.ipFamilies.append(service.spec.ipFamilies[0] == "IPv4" ? "IPv6" : "IPv4")
    }
  }

  /// `clusterIP` is the first of `clusterIPs`; clients that know only the older field set it alone.
  private func alignAddresses(_ service: inout CoreV1.Service) {
    guard service.spec.clusterIPs.isEmpty, !service.spec.clusterIP.isEmpty else { return }
    service.spec.clusterIPs = [service.spec.clusterIP]
  }

  // MARK: Claims

  func claims(of service: CoreV1.Service) -> Set<String> {
    var claims: Set<String> = []
    if !service.spec.clusterIP.isEmpty, service.spec.clusterIP != Self.headless, service.spec.type != "ExternalName" {
      claims.insert(allocator.key(address: service.spec.clusterIP))
    }
    for port in service.spec.ports where port.nodePort != 0 {
      claims.insert(allocator.key(port: port.nodePort, protocol: port.protocol))
    }
    if service.spec.healthCheckNodePort != 0 {
      claims.insert(allocator.key(port: service.spec.healthCheckNodePort, protocol: "TCP"))
    }
    return claims
  }

  func allocate(
    _ service: inout CoreV1.Service, from old: CoreV1.Service?, avoiding taken: Set<String>
  ) throws(APIError) {
    if service.spec.type != "ExternalName", service.spec.clusterIP.isEmpty {
      guard let address = allocator.chooseAddress(avoiding: taken) else {
        throw .internalError("failed to allocate a serviceIP: range is full")
      }
      service.spec.clusterIP = address
      service.spec.clusterIPs = [address]
    }
    try allocateHealthCheckPort(&service, avoiding: taken)
    guard service.spec.usesNodePorts else { return }
    // What the service asks for by number, wherever it stands in the list, is not there to be picked.
    var mine = taken.union(claims(of: service))
    for index in service.spec.ports.indices where service.spec.ports[index].nodePort == 0 {
      let `protocol` = service.spec.ports[index].protocol
      // TCP and UDP of one port number share a node port where that is possible.
      let twin = service.spec.ports.first {
        $0.nodePort != 0 && $0.port == service.spec.ports[index].port && $0.protocol != `protocol`
      }?.nodePort
      if let twin, !allocator.isTaken(allocator.key(port: twin, protocol: `protocol`)),
        mine.insert(allocator.key(port: twin, protocol: `protocol`)).inserted
      {
        service.spec.ports[index].nodePort = twin
        continue
      }
      guard let port = allocator.choosePort(protocol: `protocol`, avoiding: mine) else {
        throw .internalError("failed to allocate a nodePort: range is full")
      }
      mine.insert(allocator.key(port: port, protocol: `protocol`))
      service.spec.ports[index].nodePort = port
    }
  }

  private func allocateHealthCheckPort(
    _ service: inout CoreV1.Service, avoiding taken: Set<String>
  ) throws(APIError) {
    guard service.spec.needsHealthCheck, service.spec.healthCheckNodePort == 0 else { return }
    guard let port = allocator.choosePort(protocol: "TCP", avoiding: taken.union(claims(of: service))) else {
      throw .internalError("failed to allocate a healthCheckNodePort: range is full")
    }
    service.spec.healthCheckNodePort = port
  }

  func claimConflict(_ key: String, in service: CoreV1.Service) -> FieldError {
    for (index, port) in service.spec.ports.enumerated()
    where port.nodePort != 0 && allocator.key(port: port.nodePort, protocol: port.protocol) == key {
      return .invalid(
        FieldPath("spec.ports").index(index).child("nodePort"), port.nodePort, "provided port is already allocated")
    }
    let health = service.spec.healthCheckNodePort
    if health != 0, allocator.key(port: health, protocol: "TCP") == key {
      return .invalid(FieldPath("spec.healthCheckNodePort"), health, "provided port is already allocated")
    }
    let address = service.spec.clusterIP
    return .invalid(
      FieldPath("spec.clusterIPs"), rendered: "[\(FieldError.quoted(address))]",
      "failed to allocate IP \(address): provided IP is already allocated")
  }

  func object(_ current: CoreV1.Service, withStatusOf sent: CoreV1.Service) -> CoreV1.Service {
    var result = sent
    result.spec = current.spec
    return result
  }

  // MARK: Table

  func cells(_ service: CoreV1.Service, now: Int64) -> [JSONValue] {
    let spec = service.spec
    let ports = spec.ports.map { port in
      port.nodePort > 0 ? "\(port.port):\(port.nodePort)/\(port.protocol)" : "\(port.port)/\(port.protocol)"
    }
    return [
      .string(service.metadata.name), .string(spec.type), TableCells.text(spec.clusterIP),
      .string(externalAddress(service)), TableCells.text(ports.joined(separator: ",")),
      TableCells.age(service.metadata, now), TableCells.labels(spec.selector),
    ]
  }

  private func externalAddress(_ service: CoreV1.Service) -> String {
    let given = service.spec.externalIPs
    switch service.spec.type {
    case "ExternalName": return service.spec.externalName
    case "LoadBalancer":
      let ingress = service.status.loadBalancer.ingress.map { $0.ip.isEmpty ? $0.hostname : $0.ip }
      let all = ingress + given
      return all.isEmpty ? "<pending>" : all.joined(separator: ",")
    default: return given.isEmpty ? "<none>" : given.joined(separator: ",")
    }
  }
}
