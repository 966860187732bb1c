import JSONDocument
import KubernetesAPI

/// Ingresses.
struct IngressKind: KindRules {
  typealias Object = NetworkingV1.Ingress

  let storagePath = "ingress"
  let countsGenerations = true

  func prepareForCreate(_ ingress: inout NetworkingV1.Ingress) { ingress.status = NetworkingV1.IngressStatus() }

  func prepareForUpdate(_ ingress: inout NetworkingV1.Ingress, from old: NetworkingV1.Ingress) {
    ingress.status = old.status
  }

  func wantsDiffer(_ ingress: NetworkingV1.Ingress, _ old: NetworkingV1.Ingress) -> Bool { ingress.spec != old.spec }

  // MARK: Validation

  /// Only a create is refused for it: ingresses with both may exist.
  func validateCreate(_ ingress: NetworkingV1.Ingress, into errors: inout [FieldError]) {
    let key = "kubernetes.io/ingress.class"
    if let named = ingress.metadata.annotations[key], let name = ingress.spec.ingressClassName, named != name {
      errors.append(
        .invalid(
          FieldPath("annotations").child(key), named, "must match `ingressClassName` when both are specified"))
    }
  }

  func validate(_ ingress: NetworkingV1.Ingress, into errors: inout [FieldError]) {
    let spec = ingress.spec
    let path = FieldPath("spec")
    if spec.rules.isEmpty, spec.defaultBackend == nil {
      errors.append(.invalid(path, rendered: "null", "either `defaultBackend` or `rules` must be specified"))
    }
    if let backend = spec.defaultBackend { validate(backend, path.child("defaultBackend"), into: &errors) }
    for (index, rule) in spec.rules.enumerated() {
      let path = path.child("rules").index(index)
      if !rule.host.isEmpty {
        let problems = rule.host.contains("*") ? NameRules.wildcardSubdomain(rule.host) : hostProblems(rule.host)
        for problem in problems { errors.append(.invalid(path.child("host"), rule.host, problem)) }
      }
      guard let http = rule.http else { continue }
      let paths = path.child("http").child("paths")
      if http.paths.isEmpty { errors.append(.required(paths)) }
      for (index, one) in http.paths.enumerated() { validate(one, paths.index(index), into: &errors) }
    }
    for (index, tls) in spec.tls.enumerated() {
      validate(tls, path.child("tls").index(index), into: &errors)
    }
    if let name = spec.ingressClassName {
      for problem in NameRules.dnsSubdomain(name) {
        errors.append(.invalid(path.child("ingressClassName"), name, problem))
      }
    }
  }

  private func hostProblems(_ host: String) -> [String] {
    (IPValue(host) == nil ? [] : ["must be a DNS name, not an IP address"]) + NameRules.dnsSubdomain(host)
  }

  private func validate(_ tls: NetworkingV1.IngressTLS, _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, host) in tls.hosts.enumerated() {
      let problems = host.contains("*") ? NameRules.wildcardSubdomain(host) : NameRules.dnsSubdomain(host)
      for problem in problems { errors.append(.invalid(path.child("hosts").index(index), host, problem)) }
    }
    guard !tls.secretName.isEmpty else { return }
    for problem in NameRules.dnsSubdomain(tls.secretName) {
      errors.append(.invalid(path.child("secretName"), tls.secretName, problem))
    }
  }

  private func validate(_ one: NetworkingV1.HTTPIngressPath, _ place: FieldPath, into errors: inout [FieldError]) {
    let path = place.child("path")
    func absolute() {
      if !one.path.hasPrefix("/") { errors.append(.invalid(path, one.path, "must be an absolute path")) }
    }
    switch one.pathType {
    case nil:
      errors.append(.required(place.child("pathType"), "pathType must be specified"))
      return
    case "Exact", "Prefix":
      absolute()
      for sequence in ["//", "/./", "/../", "%2f", "%2F"] where one.path.contains(sequence) {
        errors.append(.invalid(path, one.path, "must not contain '\(sequence)'"))
      }
      for suffix in ["/..", "/."] where one.path.hasSuffix(suffix) {
        errors.append(.invalid(path, one.path, "cannot end with '\(suffix)'"))
      }
    case "ImplementationSpecific": if !one.path.isEmpty { absolute() }
    case let type?:
      errors.append(
        .notSupported(place.child("pathType"), type, supported: ["Exact", "ImplementationSpecific", "Prefix"]))
    }
    validate(one.backend, place.child("backend"), into: &errors)
  }

  private func validate(_ backend: NetworkingV1.IngressBackend, _ path: FieldPath, into errors: inout [FieldError]) {
    switch (backend.resource, backend.service) {
    case (nil, nil): errors.append(.invalid(path, "", "resource or service backend is required"))
    case (.some, .some): errors.append(.invalid(path, "", "cannot set both resource and service backends"))
    case (let resource?, nil):
      ReferenceRules.validate(
        group: resource.apiGroup, kind: resource.kind, name: resource.name, path.child("resource"), into: &errors)
    case (nil, let service?):
      let place = path.child("service")
      if service.name.isEmpty { errors.append(.required(place.child("name"))) }
      for problem in service.name.isEmpty ? [] : NameRules.dns1035Label(service.name) {
        errors.append(.invalid(place.child("name"), service.name, problem))
      }
      switch (service.port.name.isEmpty, service.port.number) {
      case (true, 0): errors.append(.required(path, "port name or number is required"))
      case (true, let number):
        for problem in NameRules.portNumber(Int(number)) {
          errors.append(.invalid(place.child("port", "number"), number, problem))
        }
      case (false, 0):
        for problem in NameRules.portName(service.port.name) {
          errors.append(.invalid(place.child("port", "name"), service.port.name, problem))
        }
      case (false, _): errors.append(.invalid(path, "", "cannot set both port name & port number"))
      }
    }
  }

  // MARK: Status

  func object(_ current: NetworkingV1.Ingress, withStatusOf sent: NetworkingV1.Ingress) -> NetworkingV1.Ingress {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ ingress: NetworkingV1.Ingress, from old: NetworkingV1.Ingress, into errors: inout [FieldError]
  ) {
    for (index, entry) in ingress.status.loadBalancer.ingress.enumerated() {
      let path = FieldPath("status.loadBalancer.ingress").index(index)
      if !entry.ip.isEmpty { IPRules.address(entry.ip, path.child("ip"), into: &errors) }
      for problem in entry.hostname.isEmpty ? [] : NameRules.hostName(entry.hostname) {
        errors.append(.invalid(path.child("hostname"), entry.hostname, problem))
      }
    }
  }

  // MARK: Table

  func cells(_ ingress: NetworkingV1.Ingress, now: Int64) -> [JSONValue] {
    let addresses = ingress.status.loadBalancer.ingress.map { $0.ip.isEmpty ? $0.hostname : $0.ip }
    return [
      .string(ingress.metadata.name), .string(ingress.spec.ingressClassName ?? "<none>"),
      .string(hosts(ingress.spec.rules)), .string(addresses.filter { !$0.isEmpty }.joined(separator: ",")),
      .string(ingress.spec.tls.isEmpty ? "80" : "80, 443"), TableCells.age(ingress.metadata, now),
    ]
  }

  /// The first three hosts, and how many rules more there are.
  private func hosts(_ rules: [NetworkingV1.IngressRule]) -> String {
    let named = rules.map(\.host).filter { !$0.isEmpty }
    if named.isEmpty { return "*" }
    let shown = named.prefix(3).joined(separator: ",")
    return named.count >= 3 && rules.count > 3 ? "\(shown) + \(rules.count - 3) more..." : shown
  }
}
