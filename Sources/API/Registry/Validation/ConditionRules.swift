import KubernetesAPI

/// What holds for conditions in the form that all newer kinds have.
enum ConditionRules {
  static func validate(_ conditions: [MetaV1.Condition], _ path: FieldPath, into errors: inout [FieldError]) {
    var seen: Set<String> = []
    for (index, condition) in conditions.enumerated() {
      let path = path.index(index)
      ValueRules.requiredName(condition.type, path.child("type"), NameRules.qualifiedName, into: &errors)
      if !seen.insert(condition.type).inserted { errors.append(.duplicate(path.child("type"), condition.type)) }
      if !["True", "False", "Unknown"].contains(condition.status) {
        errors.append(
          .notSupported(path.child("status"), condition.status, supported: ["False", "True", "Unknown"]))
      }
      ValueRules.notNegative(condition.observedGeneration, path.child("observedGeneration"), into: &errors)
      if condition.lastTransitionTime == nil {
        errors.append(.required(path.child("lastTransitionTime"), "must be set"))
      }
      if condition.reason.isEmpty {
        errors.append(.required(path.child("reason"), "must be set"))
      } else if !isReason(condition.reason) {
        errors.append(
          .invalid(
            path.child("reason"), condition.reason,
            "a condition reason must start with alphabetic character, optionally followed by a string of "
              + "alphanumeric characters or '_,:', and must end with an alphanumeric character or '_' (e.g. "
              + "'my_name',  or 'MY_NAME',  or 'MyName',  or 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used "
              + "for validation is '[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?')"))
      }
      if condition.reason.utf8.count > 1024 { errors.append(.tooLong(path.child("reason"), limit: 1024)) }
      if condition.message.utf8.count > 32 << 10 {
        errors.append(.tooLong(path.child("message"), limit: 32 << 10))
      }
    }
  }

  private static func isReason(_ text: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) }
    func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "_") }
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isLetter(first) && isWord(last)
      && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }
  }
}
