import KubernetesAPI

/// What holds for the names of resources (`cpu`, `example.com/gpu`) and for amounts of them.
enum ResourceRules {
  private static let containerResources: Set<String> = ["cpu", "memory", "ephemeral-storage"]
  private static let quotaResources: Set<String> = [
    "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage",
    "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas",
    "services", "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps", "services.nodeports",
    "services.loadbalancers",
  ]
  private static let countedResources: Set<String> = [
    "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims",
    "services.nodeports", "services.loadbalancers",
  ]

  // MARK: Names

  /// Any resource.
  static func resource(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.name(name, path, NameRules.qualifiedName, into: &errors)
    if !name.contains("/"), !isStandardQuotaResource(name), name != "storage" {
      errors.append(.invalid(path, name, "must be a standard resource type or fully qualified"))
    }
  }

  /// What a container may ask for.
  static func containerResource(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    resource(name, path, into: &errors)
    if !name.contains("/") {
      if !containerResources.contains(name), !isHugePages(name) {
        errors.append(.invalid(path, name, "must be a standard resource for containers"))
      }
    } else if !isNative(name), !isExtended(name) {
      errors.append(.invalid(path, name, "doesn't follow extended resource name standard"))
    }
  }

  /// What a quota may limit.
  static func quotaResource(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    resource(name, path, into: &errors)
    if !name.contains("/"), !isStandardQuotaResource(name) {
      errors.append(.invalid(path, name, "must be a standard resource for quota"))
    }
  }

  static func isStandardQuotaResource(_ name: String) -> Bool {
    quotaResources.contains(name) || isHugePages(name) || name.hasPrefix("requests.hugepages-")
  }

  static func isHugePages(_ name: String) -> Bool { name.hasPrefix("hugepages-") }

  /// Whether a resource is Kubernetes' own.
  static func isNative(_ name: String) -> Bool { !name.contains("/") || name.contains("kubernetes.io/") }

  /// Whether a resource is somebody else's, such as a device's.
  static func isExtended(_ name: String) -> Bool {
    !isNative(name) && !name.hasPrefix("requests.") && NameRules.qualifiedName("requests.\(name)").isEmpty
  }

  /// Whether requests may be lower than limits.
  static func allowsOvercommit(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

  // MARK: Amounts

  static func amount(_ amount: Quantity, of name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.notNegative(amount, path, into: &errors)
    if countedResources.contains(name) || isExtended(name), Quantity(amount.value) != amount {
      errors.append(.invalid(path, amount.text, "must be an integer"))
    }
  }

  /// The limits and requests of a container, or of a pod as a whole.
  static func validate(
    _ resources: CoreV1.ResourceRequirements, _ path: FieldPath, claims: Set<String> = [],
    into errors: inout [FieldError]
  ) {
    var usesHugePages = false
    var usesOthers = false
    func note(_ name: String) {
      usesHugePages = usesHugePages || isHugePages(name)
      usesOthers = usesOthers || name == "cpu" || name == "memory"
    }
    let limits = path.child("limits")
    let requests = path.child("requests")
    for (name, amount) in resources.limits.sorted(by: { $0.key < $1.key }) {
      containerResource(name, limits.key(name), into: &errors)
      self.amount(amount, of: name, limits.key(name), into: &errors)
      hugePages(amount, of: name, limits.key(name), into: &errors)
      note(name)
    }
    for (name, amount) in resources.requests.sorted(by: { $0.key < $1.key }) {
      containerResource(name, requests.key(name), into: &errors)
      self.amount(amount, of: name, requests.key(name), into: &errors)
      hugePages(amount, of: name, requests.key(name), into: &errors)
      note(name)
      if let limit = resources.limits[name] {
        if amount > limit {
          errors.append(
            .invalid(requests, amount.text, "must be less than or equal to \(name) limit of \(limit.text)"))
        } else if amount != limit, !allowsOvercommit(name) {
          errors.append(.invalid(requests, amount.text, "must be equal to \(name) limit of \(limit.text)"))
        }
      } else if !allowsOvercommit(name) {
        errors.append(.required(limits, "Limit must be set for non overcommitable resources"))
      }
    }
    if usesHugePages, !usesOthers { errors.append(.forbidden(path, "HugePages require cpu or memory")) }
    var seen: Set<String> = []
    for (index, claim) in resources.claims.enumerated() {
      let path = path.child("claims").index(index)
      if claim.name.isEmpty {
        errors.append(.required(path))
      } else if !seen.insert(claim.name + "/" + claim.request).inserted {
        errors.append(.duplicate(path, claim.request.isEmpty ? claim.name : "\(claim.name)/\(claim.request)"))
      } else if !claims.contains(claim.name) {
        errors.append(.notFound(path, claim.name))
      }
    }
  }

  /// Huge pages come whole: the page's size stands in the name.
  private static func hugePages(
    _ amount: Quantity, of name: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard isHugePages(name) else { return }
    let size = Quantity(String(name.dropFirst("hugepages-".count)))?.value ?? 0
    if size <= 0 || amount.value % size != 0 {
      errors.append(
        .invalid(path, amount.text, "\(amount.text) is not positive integer multiple of \(name)"))
    }
  }
}
