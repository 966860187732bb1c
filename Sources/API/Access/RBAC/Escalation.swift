package import KubernetesAPI

/// Whether rules are covered by others: nobody may grant, by a role or a binding, what they do not hold.
package enum Escalation {
  /// A grant of more combinations than this is refused rather than looked at: a role of a megabyte that names a
  /// thousand verbs, groups and resources each means 10⁹ of them.
  package static let combinationLimit = 100_000

  /// How often a single combination is compared with a held rule before the grant is refused as well: who holds
  /// thousands of rules (of one name each, say) and grants as many combinations means 10⁹ comparisons.
  static let comparisonLimit = 20_000_000

  /// What of `wanted` the `held` rules do not cover, in single combinations, joined where only verbs differ and in a
  /// fixed order; empty: nothing is missing.
  ///
  /// - Returns: nil when there are more combinations than `combinationLimit`, or too many to be compared with all that
  ///   is held.
  package static func missing(
    _ wanted: [RbacV1.PolicyRule], from held: [RbacV1.PolicyRule]
  ) -> [RbacV1.PolicyRule]? {
    var missing: [RbacV1.PolicyRule] = []
    var budget = combinationLimit
    var comparisons = 0
    for rule in wanted {
      // The usual case needs no taking apart: one rule covers the whole.
      if held.contains(where: { $0.covers(rule) }) { continue }
      guard let count = rule.combinations, count <= budget else { return nil }
      budget -= count
      // No overflow: neither is more than what fits into one request or one store.
      comparisons += count * held.count
      guard comparisons <= comparisonLimit else { return nil }
      for single in rule.singles where !held.contains(where: { $0.covers(single) }) { missing.append(single) }
    }
    // Each rule's text is made once, not at each comparison.
    return compact(missing).map { (text: $0.compactText, rule: $0) }.sorted { $0.text < $1.text }.map(\.rule)
  }

  /// Joins single rules that differ in their verbs only; repeated ones fall together.
  private static func compact(_ rules: [RbacV1.PolicyRule]) -> [RbacV1.PolicyRule] {
    var positions: [RuleKey: Int] = [:]
    // Asked instead of the growing lists: a role may name tens of thousands of verbs.
    var known: [Set<String>] = []
    var result: [RbacV1.PolicyRule] = []
    for rule in rules {
      let key = RuleKey(
        group: rule.apiGroups.first, resource: rule.resources.first, name: rule.resourceNames.first,
        path: rule.nonResourceURLs.first)
      if let position = positions[key] {
        for verb in rule.verbs where known[position].insert(verb).inserted { result[position].verbs.append(verb) }
      } else {
        positions[key] = result.count
        known.append(Set(rule.verbs))
        result.append(rule)
      }
    }
    return result
  }

  private struct RuleKey: Hashable {
    var group: String?
    var resource: String?
    var name: String?
    var path: String?
  }
}

extension RbacV1.PolicyRule {
  /// Whether everything that `other` allows, this rule allows too. For a rule of single entries the answer is exact
  /// with respect to this one rule; for others it may be false where several rules together would do.
  func covers(_ other: RbacV1.PolicyRule) -> Bool {
    guard Self.covers(verbs, other.verbs) else { return false }
    let hasResources = !other.resources.isEmpty || !other.apiGroups.isEmpty
    if hasResources {
      guard Self.covers(apiGroups, other.apiGroups),
        other.resources.allSatisfy({ wanted in resources.contains { Self.resource($0, covers: wanted) } })
      else { return false }
      if !resourceNames.isEmpty {
        guard !other.resourceNames.isEmpty, other.resourceNames.allSatisfy(resourceNames.contains) else { return false }
      }
    }
    return other.nonResourceURLs.allSatisfy { wanted in nonResourceURLs.contains { Self.path($0, covers: wanted) } }
  }

  private static func covers(_ held: [String], _ wanted: [String]) -> Bool {
    held.contains(any) || wanted.allSatisfy(held.contains)
  }

  /// `*` covers all, `*/scale` every `…/scale`; otherwise only the same.
  private static func resource(_ held: String, covers wanted: String) -> Bool {
    if held == any || held == wanted { return true }
    guard held.hasPrefix("*/"), let slash = wanted.firstIndex(of: "/") else { return false }
    return held.dropFirst(2) == wanted[wanted.index(after: slash)...]
  }

  /// Into how many single rules it comes apart; nil: beyond counting.
  var combinations: Int? {
    let (groups, tooMany) = apiGroups.count.multipliedReportingOverflow(by: resources.count)
    let (named, tooManyNamed) = groups.multipliedReportingOverflow(by: max(resourceNames.count, 1))
    let (sum, tooManySummed) = named.addingReportingOverflow(nonResourceURLs.count)
    let (all, tooManyAll) = sum.multipliedReportingOverflow(by: verbs.count)
    return tooMany || tooManyNamed || tooManySummed || tooManyAll ? nil : all
  }

  /// The rule as rules of one verb on one resource (of one name) or one path each.
  var singles: [RbacV1.PolicyRule] {
    var result: [RbacV1.PolicyRule] = []
    for group in apiGroups {
      for resource in resources {
        for verb in verbs {
          if resourceNames.isEmpty {
            result.append(.init(verbs: [verb], apiGroups: [group], resources: [resource]))
          }
          for name in resourceNames {
            result.append(.init(verbs: [verb], apiGroups: [group], resources: [resource], resourceNames: [name]))
          }
        }
      }
    }
    for path in nonResourceURLs {
      for verb in verbs { result.append(.init(verbs: [verb], nonResourceURLs: [path])) }
    }
    return result
  }

  /// `{APIGroups:[""], Resources:["pods"], Verbs:["get" "list"]}`, as messages show a rule.
  package var compactText: String {
    func list(_ name: String, _ values: [String]) -> String? {
      values.isEmpty ? nil : "\(name):[\(values.map { Denial.quoted($0) }.joined(separator: " "))]"
    }
    let parts = [
      list("APIGroups", apiGroups), list("Resources", resources), list("NonResourceURLs", nonResourceURLs),
      list("ResourceNames", resourceNames), list("Verbs", verbs),
    ]
    return "{\(parts.compactMap { $0 }.joined(separator: ", "))}"
  }
}
