package import KubernetesAPI

/// Brings what is stored up to what the default policy wants, at the front-end's start.
///
/// It only adds: rules and subjects that are missing, labels and annotations of the policy. What an operator added
/// stays. An object that says `rbac.authorization.kubernetes.io/autoupdate: "false"` is left alone. A binding whose
/// role is another than the policy's has to be made anew, since a binding's role cannot change.
package enum PolicyReconciliation {
  /// What is to be done with one object.
  package enum Step<Object: Sendable & Equatable>: Sendable, Equatable {
    case create(Object)
    /// The stored object with what was missing; to be written with its resource version.
    case update(Object)
    /// Delete the stored object, then create this one in its place.
    case recreate(Object)
  }

  /// - Parameter stored: nil if there is no such object.
  /// - Returns: nil where nothing is to be done.
  package static func step(_ wanted: RbacV1.ClusterRole, stored: RbacV1.ClusterRole?) -> Step<RbacV1.ClusterRole>? {
    guard let stored else { return .create(wanted) }
    guard updatesItself(stored.metadata) else { return nil }
    var changed = stored
    merge(&changed.metadata, wanted.metadata)
    if let aggregation = wanted.aggregationRule {
      // The rules of an aggregated role are its controller's.
      let have = stored.aggregationRule?.clusterRoleSelectors ?? []
      let missing = aggregation.clusterRoleSelectors.filter { !have.contains($0) }
      if stored.aggregationRule == nil || !missing.isEmpty {
        changed.aggregationRule = .init(clusterRoleSelectors: have + missing)
      }
    } else {
      changed.rules += missing(wanted.rules, stored.rules)
    }
    return changed == stored ? nil : .update(changed)
  }

  package static func step(_ wanted: RbacV1.Role, stored: RbacV1.Role?) -> Step<RbacV1.Role>? {
    guard let stored else { return .create(wanted) }
    guard updatesItself(stored.metadata) else { return nil }
    var changed = stored
    merge(&changed.metadata, wanted.metadata)
    changed.rules += missing(wanted.rules, stored.rules)
    return changed == stored ? nil : .update(changed)
  }

  package static func step(
    _ wanted: RbacV1.ClusterRoleBinding, stored: RbacV1.ClusterRoleBinding?
  ) -> Step<RbacV1.ClusterRoleBinding>? {
    step(wanted, stored, \.roleRef, \.subjects)
  }

  package static func step(_ wanted: RbacV1.RoleBinding, stored: RbacV1.RoleBinding?) -> Step<RbacV1.RoleBinding>? {
    step(wanted, stored, \.roleRef, \.subjects)
  }

  private static func step<Binding: KubernetesObject>(
    _ wanted: Binding, _ stored: Binding?, _ role: KeyPath<Binding, RbacV1.RoleRef>,
    _ subjects: WritableKeyPath<Binding, [RbacV1.Subject]>
  ) -> Step<Binding>? {
    guard let stored else { return .create(wanted) }
    guard updatesItself(stored.metadata) else { return nil }
    if stored[keyPath: role] != wanted[keyPath: role] { return .recreate(wanted) }
    var changed = stored
    merge(&changed.metadata, wanted.metadata)
    changed[keyPath: subjects] += missing(wanted[keyPath: subjects], stored[keyPath: subjects])
    return changed == stored ? nil : .update(changed)
  }

  private static func updatesItself(_ metadata: MetaV1.ObjectMeta) -> Bool {
    metadata.annotations[DefaultPolicy.autoUpdateAnnotation] != "false"
  }

  /// The policy's labels and annotations are put back; others stay.
  private static func merge(_ metadata: inout MetaV1.ObjectMeta, _ wanted: MetaV1.ObjectMeta) {
    metadata.labels.merge(wanted.labels) { $1 }
    metadata.annotations.merge(wanted.annotations) { $1 }
  }

  /// The rules that those at hand do not cover. A rule with more combinations than are looked at is taken whole.
  private static func missing(
    _ wanted: [RbacV1.PolicyRule], _ have: [RbacV1.PolicyRule]
  ) -> [RbacV1.PolicyRule] {
    wanted.filter { Escalation.missing([$0], from: have)?.isEmpty != true }
  }

  private static func missing(_ wanted: [RbacV1.Subject], _ have: [RbacV1.Subject]) -> [RbacV1.Subject] {
    // `apiGroup` may be left out by whoever wrote the stored one.
    wanted.filter { subject in
      !have.contains { $0.kind == subject.kind && $0.name == subject.name && $0.namespace == subject.namespace }
    }
  }
}
