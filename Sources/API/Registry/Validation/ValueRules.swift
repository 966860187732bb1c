import KubernetesAPI

/// What holds for single values wherever they occur, in Kubernetes' wording.
enum ValueRules {
  static func notNegative(_ value: some BinaryInteger, _ path: FieldPath, into errors: inout [FieldError]) {
    if value < 0 { errors.append(.invalid(path, value, "must be greater than or equal to 0")) }
  }

  /// The same for a value that may be absent.
  static func notNegative(_ value: (some BinaryInteger)?, _ path: FieldPath, into errors: inout [FieldError]) {
    if let value { notNegative(value, path, into: &errors) }
  }

  static func positive(_ value: some BinaryInteger, _ path: FieldPath, into errors: inout [FieldError]) {
    if value <= 0 { errors.append(.invalid(path, value, "must be greater than zero")) }
  }

  static func within(
    _ range: ClosedRange<Int64>, _ value: some BinaryInteger, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard !range.contains(Int64(value)) else { return }
    errors.append(
      .invalid(path, value, "must be between \(range.lowerBound) and \(range.upperBound), inclusive"))
  }

  /// One of a few words; none is an error of its own.
  static func choice(
    _ value: String, of supported: [String], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if value.isEmpty {
      errors.append(.required(path))
    } else if !supported.contains(value) {
      errors.append(.notSupported(path, value, supported: supported))
    }
  }

  /// One of a few words, or nothing at all. An empty word is none of them.
  static func optionalChoice(
    _ value: String?, of supported: [String], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let value, !supported.contains(value) else { return }
    errors.append(.notSupported(path, value, supported: supported))
  }

  static func required(_ value: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if value.isEmpty { errors.append(.required(path)) }
  }

  /// A text that has to follow a rule of `NameRules`.
  static func name(
    _ text: String, _ path: FieldPath, _ rule: (String) -> [String], into errors: inout [FieldError]
  ) {
    for problem in rule(text) { errors.append(.invalid(path, text, problem)) }
  }

  /// The same, where the text has to be there.
  static func requiredName(
    _ text: String, _ path: FieldPath, _ rule: (String) -> [String], into errors: inout [FieldError]
  ) {
    if text.isEmpty {
      errors.append(.required(path))
    } else {
      name(text, path, rule, into: &errors)
    }
  }

  /// The same, where the text may be left out.
  static func optionalName(
    _ text: String, _ path: FieldPath, _ rule: (String) -> [String], into errors: inout [FieldError]
  ) {
    if !text.isEmpty { name(text, path, rule, into: &errors) }
  }

  static func address(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    guard !AddressRules.isAddress(text) else { return }
    errors.append(.invalid(path, text, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"))
  }

  /// A field that may not change once it is set.
  static func immutable<T: Equatable>(
    _ new: T, _ old: T, _ path: FieldPath, rendered: (T) -> String, into errors: inout [FieldError]
  ) {
    if new != old { errors.append(.invalid(path, rendered: rendered(new), "field is immutable")) }
  }

  // MARK: Amounts

  /// A count, or a percentage such as `25%`.
  static func countOrPercentage(_ amount: IntOrString, _ path: FieldPath, into errors: inout [FieldError]) {
    switch amount {
    case .int(let count): notNegative(count, path, into: &errors)
    case .string(let text):
      if percentage(text) == nil {
        errors.append(
          .invalid(
            path, text,
            "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%', "
              + " or '93%', regex used for validation is '[0-9]+%')"))
      }
    }
  }

  /// A percentage of more than everything makes no sense where something is taken away.
  static func atMostEverything(_ amount: IntOrString, _ path: FieldPath, into errors: inout [FieldError]) {
    guard case .string(let text) = amount, let percent = percentage(text), percent > 100 else { return }
    errors.append(.invalid(path, text, "must not be greater than 100%"))
  }

  /// The number before the sign; nil: it is no percentage.
  static func percentage(_ text: String) -> Int? {
    guard text.hasSuffix("%"), text.count > 1, text.dropLast().utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text.dropLast()) ?? .max
  }

  /// Whether a count or a percentage comes to nothing.
  static func isZero(_ amount: IntOrString?) -> Bool {
    switch amount {
    case nil: true
    case .int(let count)?: count == 0
    case .string(let text)?: percentage(text) == 0
    }
  }

  static func notNegative(_ amount: Quantity, _ path: FieldPath, into errors: inout [FieldError]) {
    if amount < Quantity(0) { errors.append(.invalid(path, amount.text, "must be greater than or equal to 0")) }
  }

  static func positive(_ amount: Quantity, _ path: FieldPath, into errors: inout [FieldError]) {
    if amount <= Quantity(0) { errors.append(.invalid(path, amount.text, "must be greater than zero")) }
  }

  // MARK: Paths

  /// A path below a folder that stays there.
  static func descendingPath(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if text.hasPrefix("/") { errors.append(.invalid(path, text, "must be a relative path")) }
    noStepsBack(text, path, into: &errors)
  }

  /// The same, where names that begin with two dots are the volume's own.
  static func descendingUnreservedPath(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    descendingPath(text, path, into: &errors)
    if text.hasPrefix(".."), !text.hasPrefix("../") {
      errors.append(.invalid(path, text, "must not start with '..'"))
    }
  }

  static func noStepsBack(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if text.split(separator: "/").contains("..") { errors.append(.invalid(path, text, "must not contain '..'")) }
  }
}

/// What holds for selectors of labels.
enum SelectorRules {
  static func validate(
    _ selector: MetaV1.LabelSelector?, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let selector else { return }
    MetadataRules.labels(selector.matchLabels, path.child("matchLabels"), into: &errors)
    for (index, expression) in selector.matchExpressions.enumerated() {
      let path = path.child("matchExpressions").index(index)
      switch expression.operator {
      case "In", "NotIn":
        if expression.values.isEmpty {
          errors.append(
            .required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
        }
      case "Exists", "DoesNotExist":
        if !expression.values.isEmpty {
          errors.append(
            .forbidden(path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
        }
      default:
        errors.append(.invalid(path.child("operator"), expression.operator, "not a valid selector operator"))
      }
      ValueRules.name(expression.key, path.child("key"), NameRules.qualifiedName, into: &errors)
      for (index, value) in expression.values.enumerated() {
        ValueRules.name(value, path.child("values").index(index), NameRules.labelValue, into: &errors)
      }
    }
  }

  static func rendered(_ selector: MetaV1.LabelSelector?) -> String {
    selector.map { String(decoding: $0.jsonBytes, as: UTF8.self) } ?? "null"
  }
}
