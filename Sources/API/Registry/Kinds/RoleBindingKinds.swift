import JSONDocument
import KubernetesAPI

/// RoleBindings: who has a role in a namespace.
struct RoleBindingKind: KindRules {
  typealias Object = RbacV1.RoleBinding

  let storagePath = "rolebindings"
  let allowsCreateOnUpdate = true

  func problems(inName name: String) -> [String] { NameRules.pathSegment(name) }

  func validate(_ binding: RbacV1.RoleBinding, into errors: inout [FieldError]) {
    BindingRules.validate(binding.roleRef, kinds: ["Role", "ClusterRole"], into: &errors)
    BindingRules.validate(binding.subjects, isNamespaced: true, into: &errors)
  }

  func validateUpdate(_ binding: RbacV1.RoleBinding, from old: RbacV1.RoleBinding, into errors: inout [FieldError]) {
    BindingRules.validate(binding.roleRef, from: old.roleRef, into: &errors)
  }

  func cells(_ binding: RbacV1.RoleBinding, now: Int64) -> [JSONValue] {
    BindingRules.cells(binding.metadata, binding.roleRef, binding.subjects, now)
  }
}

/// ClusterRoleBindings: who has a cluster role everywhere.
struct ClusterRoleBindingKind: KindRules {
  typealias Object = RbacV1.ClusterRoleBinding

  let storagePath = "clusterrolebindings"
  let allowsCreateOnUpdate = true

  func problems(inName name: String) -> [String] { NameRules.pathSegment(name) }

  func validate(_ binding: RbacV1.ClusterRoleBinding, into errors: inout [FieldError]) {
    BindingRules.validate(binding.roleRef, kinds: ["ClusterRole"], into: &errors)
    BindingRules.validate(binding.subjects, isNamespaced: false, into: &errors)
  }

  func validateUpdate(
    _ binding: RbacV1.ClusterRoleBinding, from old: RbacV1.ClusterRoleBinding, into errors: inout [FieldError]
  ) {
    BindingRules.validate(binding.roleRef, from: old.roleRef, into: &errors)
  }

  func cells(_ binding: RbacV1.ClusterRoleBinding, now: Int64) -> [JSONValue] {
    BindingRules.cells(binding.metadata, binding.roleRef, binding.subjects, now)
  }
}

/// What holds for bindings of both scopes.
enum BindingRules {
  static let group = "rbac.authorization.k8s.io"

  static func validate(_ role: RbacV1.RoleRef, kinds: [String], into errors: inout [FieldError]) {
    let path = FieldPath("roleRef")
    if role.apiGroup != group {
      errors.append(.notSupported(path.child("apiGroup"), role.apiGroup, supported: [group]))
    }
    if !kinds.contains(role.kind) {
      errors.append(.notSupported(path.child("kind"), role.kind, supported: kinds))
    }
    ReferenceRules.segment(role.name, path.child("name"), into: &errors)
  }

  /// Who may change whom a binding is for may not thereby hand out another role.
  static func validate(_ role: RbacV1.RoleRef, from old: RbacV1.RoleRef, into errors: inout [FieldError]) {
    guard role != old else { return }
    errors.append(
      .invalid(
        FieldPath("roleRef"), rendered: String(decoding: role.jsonBytes, as: UTF8.self), "cannot change roleRef"))
  }

  static func validate(_ subjects: [RbacV1.Subject], isNamespaced: Bool, into errors: inout [FieldError]) {
    for (index, subject) in subjects.enumerated() {
      let path = FieldPath("subjects").index(index)
      if subject.name.isEmpty { errors.append(.required(path.child("name"))) }
      switch subject.kind {
      case "ServiceAccount":
        for problem in subject.name.isEmpty ? [] : NameRules.dnsSubdomain(subject.name) {
          errors.append(.invalid(path.child("name"), subject.name, problem))
        }
        if !subject.apiGroup.isEmpty {
          errors.append(.notSupported(path.child("apiGroup"), subject.apiGroup, supported: [""]))
        }
        if !isNamespaced, subject.namespace.isEmpty { errors.append(.required(path.child("namespace"))) }
      case "User", "Group":
        if subject.name.isEmpty {
          errors.append(
            .invalid(path.child("name"), "", "\(subject.kind.lowercased()) name cannot be empty"))
        }
        if subject.apiGroup != group {
          errors.append(.notSupported(path.child("apiGroup"), subject.apiGroup, supported: [group]))
        }
      default:
        errors.append(
          .notSupported(path.child("kind"), subject.kind, supported: ["ServiceAccount", "User", "Group"]))
      }
    }
  }

  static func cells(
    _ metadata: MetaV1.ObjectMeta, _ role: RbacV1.RoleRef, _ subjects: [RbacV1.Subject], _ now: Int64
  ) -> [JSONValue] {
    func names(_ kind: String) -> JSONValue {
      let chosen = subjects.filter { $0.kind == kind }
      return .string(
        chosen.map { kind == "ServiceAccount" && !$0.namespace.isEmpty ? "\($0.namespace)/\($0.name)" : $0.name }
          .joined(separator: ", "))
    }
    return [
      .string(metadata.name), .string("\(role.kind)/\(role.name)"), TableCells.age(metadata, now), names("User"),
      names("Group"), names("ServiceAccount"),
    ]
  }
}
