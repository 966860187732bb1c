import JSONDocument
import KubernetesAPI

/// ResourceQuotas.
struct ResourceQuotaKind: KindRules {
  typealias Object = CoreV1.ResourceQuota
  static let scopes = [
    "Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity",
    "VolumeAttributesClass",
  ]

  let storagePath = "resourcequotas"
  let returnsDeletedObject = true

  func prepareForCreate(_ quota: inout CoreV1.ResourceQuota) { quota.status = CoreV1.ResourceQuotaStatus() }

  func prepareForUpdate(_ quota: inout CoreV1.ResourceQuota, from old: CoreV1.ResourceQuota) {
    quota.status = old.status
  }

  func validate(_ quota: CoreV1.ResourceQuota, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    amounts(quota.spec.hard, path.child("hard"), into: &errors)
    scopes(quota.spec, path.child("scopes"), into: &errors)
    selector(quota.spec, path.child("scopeSelector"), into: &errors)
  }

  private func amounts(_ amounts: [String: Quantity], _ path: FieldPath, into errors: inout [FieldError]) {
    for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) {
      let path = path.key(name)
      ResourceRules.quotaResource(name, path, into: &errors)
      ResourceRules.amount(amount, of: name, path, into: &errors)
    }
  }

  private func scopes(_ spec: CoreV1.ResourceQuotaSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let rendered = JSONValue.array(spec.scopes.map { .string($0) }).description
    for scope in spec.scopes {
      if !Self.scopes.contains(scope) {
        errors.append(.invalid(path, rendered: rendered, "unsupported scope"))
      }
      for name in spec.hard.keys.sorted() where !Self.may(scope, limit: name) {
        errors.append(.invalid(path, rendered: rendered, "unsupported scope applied to resource"))
      }
    }
    if Self.conflict(spec.scopes) { errors.append(.invalid(path, rendered: rendered, "conflicting scopes")) }
  }

  private func selector(_ spec: CoreV1.ResourceQuotaSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let selector = spec.scopeSelector else { return }
    let rendered = String(decoding: selector.jsonBytes, as: UTF8.self)
    let terms = path.child("matchExpressions")
    for term in selector.matchExpressions {
      if !Self.scopes.contains(term.scopeName) {
        errors.append(.invalid(terms.child("scopeName"), term.scopeName, "unsupported scope"))
      }
      for name in spec.hard.keys.sorted() where !Self.may(term.scopeName, limit: name) {
        errors.append(.invalid(terms, rendered: rendered, "unsupported scope applied to resource"))
      }
      let simple = ["BestEffort", "NotBestEffort", "Terminating", "NotTerminating", "CrossNamespacePodAffinity"]
      if simple.contains(term.scopeName), term.operator != "Exists" {
        errors.append(
          .invalid(
            terms.child("operator"), term.operator,
            "must be 'Exist' only operator is allowed when scope is any of ResourceQuotaScopeTerminating, "
              + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
              + "ResourceQuotaScopeCrossNamespacePodAffinity"))
      }
      switch term.operator {
      case "In", "NotIn":
        if term.values.isEmpty {
          errors.append(
            .required(
              terms.child("values"),
              "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"))
        }
      case "Exists", "DoesNotExist":
        if !term.values.isEmpty {
          errors.append(
            .invalid(
              terms.child("values"), rendered: JSONValue.array(term.values.map { .string($0) }).description,
              "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector"))
        }
      default:
        errors.append(.invalid(terms.child("operator"), term.operator, "not a valid selector operator"))
      }
    }
    if Self.conflict(selector.matchExpressions.map(\.scopeName)) {
      errors.append(.invalid(path, rendered: rendered, "conflicting scopes"))
    }
  }

  private static func conflict(_ scopes: [String]) -> Bool {
    [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")].contains {
      scopes.contains($0.0) && scopes.contains($0.1)
    }
  }

  /// Whether a scope makes sense for a resource that every quota knows.
  private static func may(_ scope: String, limit name: String) -> Bool {
    guard ResourceRules.isStandardQuotaResource(name) else { return true }
    switch scope {
    case "BestEffort": return name == "pods"
    case "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity":
      return [
        "pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory",
      ].contains(name)
    case "VolumeAttributesClass": return ["persistentvolumeclaims", "requests.storage"].contains(name)
    default: return true
    }
  }

  func validateUpdate(
    _ quota: CoreV1.ResourceQuota, from old: CoreV1.ResourceQuota, into errors: inout [FieldError]
  ) {
    guard Set(quota.spec.scopes) != Set(old.spec.scopes) else { return }
    errors.append(
      .invalid(
        FieldPath("spec.scopes"), rendered: JSONValue.array(quota.spec.scopes.map { .string($0) }).description,
        "field is immutable"))
  }

  func object(_ current: CoreV1.ResourceQuota, withStatusOf sent: CoreV1.ResourceQuota) -> CoreV1.ResourceQuota {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ quota: CoreV1.ResourceQuota, from old: CoreV1.ResourceQuota, into errors: inout [FieldError]
  ) {
    StatusRules.requireVersion(quota.metadata, into: &errors)
    amounts(quota.status.hard, FieldPath("status.hard"), into: &errors)
    amounts(quota.status.used, FieldPath("status.used"), into: &errors)
  }

  func cells(_ quota: CoreV1.ResourceQuota, now: Int64) -> [JSONValue] {
    var requests: [String] = []
    var limits: [String] = []
    for (name, hard) in quota.status.hard.sorted(by: { $0.key < $1.key }) {
      let text = "\(name): \(quota.status.used[name]?.text ?? "0")/\(hard.text)"
      if name.hasPrefix("limits.") { limits.append(text) } else { requests.append(text) }
    }
    return [
      .string(quota.metadata.name), .string(requests.joined(separator: ", ")),
      .string(limits.joined(separator: ", ")), TableCells.age(quota.metadata, now),
    ]
  }
}
