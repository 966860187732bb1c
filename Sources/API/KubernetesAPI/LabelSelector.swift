/// One condition on labels or fields.
package struct LabelRequirement: Equatable, Sendable {
  package enum Operator: String, Sendable {
    /// The value is one of `values`.
    case `in`
    /// There is no such label, or its value is none of `values`.
    case notIn
    case exists
    case doesNotExist
    /// The value is an integer greater, or less, than the one value.
    case greaterThan, lessThan
  }

  package var key: String
  package var `operator`: Operator
  package var values: [String]

  package init(key: String, operator: Operator, values: [String] = []) {
    self.key = key
    self.operator = `operator`
    self.values = values
  }

  package func matches(_ labels: [String: String]) -> Bool {
    let value = labels[key]
    switch `operator` {
    case .in: return value.map { values.contains($0) } ?? false
    case .notIn: return value.map { !values.contains($0) } ?? true
    case .exists: return value != nil
    case .doesNotExist: return value == nil
    case .greaterThan, .lessThan:
      guard let value, let number = Int64(value), let bound = values.first.flatMap({ Int64($0) }) else { return false }
      return `operator` == .greaterThan ? number > bound : number < bound
    }
  }
}

/// A conjunction of conditions on labels; the empty one matches everything.
package struct LabelMatcher: Equatable, Sendable {
  package var requirements: [LabelRequirement]

  package init(_ requirements: [LabelRequirement] = []) { self.requirements = requirements }

  package var matchesEverything: Bool { requirements.isEmpty }

  package func matches(_ labels: [String: String]) -> Bool { requirements.allSatisfy { $0.matches(labels) } }
}

extension MetaV1.LabelSelector {
  /// Whether labels satisfy the selector. The empty selector matches everything; an unknown operator nothing. (Whether
  /// an absent selector matches all or nothing is for the kind that has it to say.)
  package func matches(_ labels: [String: String]) -> Bool { matcher?.matches(labels) ?? false }

  /// The selector's conditions; nil if an operator is unknown.
  package var matcher: LabelMatcher? {
    var requirements = matchLabels.sorted { $0.key < $1.key }.map {
      LabelRequirement(key: $0.key, operator: .in, values: [$0.value])
    }
    for expression in matchExpressions {
      let operators: [String: LabelRequirement.Operator] = [
        "In": .in, "NotIn": .notIn, "Exists": .exists, "DoesNotExist": .doesNotExist,
      ]
      guard let found = operators[expression.operator] else { return nil }
      requirements.append(LabelRequirement(key: expression.key, operator: found, values: expression.values))
    }
    return LabelMatcher(requirements)
  }

  /// Whether the selector has no condition.
  package var isEmpty: Bool { matchLabels.isEmpty && matchExpressions.isEmpty }
}
