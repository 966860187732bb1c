package import KubernetesAPI

/// What a user may do in a namespace, as a list: the answer to a SelfSubjectRulesReview (`kubectl auth can-i --list`).
package enum RuleListing {
  /// - Parameter problem: what kept rules from being found; "" for nothing. With it the list is incomplete.
  package static func status(
    _ rules: [RbacV1.PolicyRule], problem: String = "", isIncomplete: Bool = false
  ) -> AuthorizationV1.SubjectRulesReviewStatus {
    var status = AuthorizationV1.SubjectRulesReviewStatus()
    for rule in rules {
      if !rule.resources.isEmpty {
        status.resourceRules.append(
          AuthorizationV1.ResourceRule(
            verbs: rule.verbs, apiGroups: rule.apiGroups, resources: rule.resources, resourceNames: rule.resourceNames))
      }
      if !rule.nonResourceURLs.isEmpty {
        status.nonResourceRules.append(
          AuthorizationV1.NonResourceRule(verbs: rule.verbs, nonResourceURLs: rule.nonResourceURLs))
      }
    }
    status.incomplete = isIncomplete || !problem.isEmpty
    status.evaluationError = problem
    return status
  }
}
