import JSONDocument
import KubernetesAPI

/// Roles: what may be done in one namespace.
struct RoleKind: KindRules {
  typealias Object = RbacV1.Role

  let storagePath = "roles"
  let allowsCreateOnUpdate = true

  func problems(inName name: String) -> [String] { NameRules.pathSegment(name) }

  func validate(_ role: RbacV1.Role, into errors: inout [FieldError]) {
    PolicyRules.validate(role.rules, isNamespaced: true, into: &errors)
  }

  func cells(_ role: RbacV1.Role, now: Int64) -> [JSONValue] { TableCells.created(role.metadata) }
}

/// ClusterRoles: what may be done anywhere. The rules of one that aggregates are filled in by a controller.
struct ClusterRoleKind: KindRules {
  typealias Object = RbacV1.ClusterRole

  let storagePath = "clusterroles"
  let allowsCreateOnUpdate = true

  func problems(inName name: String) -> [String] { NameRules.pathSegment(name) }

  func validate(_ role: RbacV1.ClusterRole, into errors: inout [FieldError]) {
    PolicyRules.validate(role.rules, isNamespaced: false, into: &errors)
    guard let aggregation = role.aggregationRule else { return }
    let path = FieldPath("aggregationRule.clusterRoleSelectors")
    if aggregation.clusterRoleSelectors.isEmpty {
      errors.append(.required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil"))
    }
    for (index, selector) in aggregation.clusterRoleSelectors.enumerated() {
      SelectorRules.validate(selector, path.index(index), into: &errors)
    }
  }

  func cells(_ role: RbacV1.ClusterRole, now: Int64) -> [JSONValue] { TableCells.created(role.metadata) }
}

/// What holds for the rules of roles of both scopes.
enum PolicyRules {
  static func validate(_ rules: [RbacV1.PolicyRule], isNamespaced: Bool, into errors: inout [FieldError]) {
    for (index, rule) in rules.enumerated() {
      let path = FieldPath("rules").index(index)
      if rule.verbs.isEmpty {
        errors.append(.required(path.child("verbs"), "verbs must contain at least one value"))
      }
      if rule.nonResourceURLs.isEmpty {
        if rule.apiGroups.isEmpty {
          errors.append(.required(path.child("apiGroups"), "resource rules must supply at least one api group"))
        }
        if rule.resources.isEmpty {
          errors.append(.required(path.child("resources"), "resource rules must supply at least one resource"))
        }
        continue
      }
      let place = path.child("nonResourceURLs")
      if isNamespaced {
        errors.append(
          .invalid(place, texts: rule.nonResourceURLs, "namespaced rules cannot apply to non-resource URLs"))
      }
      if !rule.apiGroups.isEmpty || !rule.resources.isEmpty || !rule.resourceNames.isEmpty {
        errors.append(
          .invalid(
            place, texts: rule.nonResourceURLs,
            "rules cannot apply to both regular resources and non-resource URLs"))
      }
    }
  }
}
