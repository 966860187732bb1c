package import KubernetesAPI

/// Cluster roles that are put together from others by their labels (`admin`, `edit` and `view` are).
package enum RoleAggregation {
  /// The rules that an aggregated role has to have: those of every role that one of its selectors matches, in order of
  /// the roles' names, each once. A role never takes from itself.
  ///
  /// - Returns: nil for a role that is not aggregated, and where nothing is to be changed.
  package static func rules(
    of role: RbacV1.ClusterRole, from roles: some Sequence<RbacV1.ClusterRole>
  ) -> [RbacV1.PolicyRule]? {
    guard let aggregation = role.aggregationRule else { return nil }
    let sources = roles.filter { other in
      other.metadata.name != role.metadata.name
        && aggregation.clusterRoleSelectors.contains { $0.matches(other.metadata.labels) }
    }
    var rules: [RbacV1.PolicyRule] = []
    for source in sources.sorted(by: { $0.metadata.name < $1.metadata.name }) {
      for rule in source.rules where !rules.contains(rule) { rules.append(rule) }
    }
    return rules == role.rules ? nil : rules
  }
}
