import JSONDocument
import KubernetesAPI

/// StorageClasses.
struct StorageClassKind: KindRules {
  typealias Object = StorageV1.StorageClass
  static let defaultAnnotations = [
    "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class",
  ]

  let storagePath = "storageclasses"
  let returnsDeletedObject = true

  func validate(_ one: StorageV1.StorageClass, into errors: inout [FieldError]) {
    let provisioner = FieldPath("provisioner")
    if one.provisioner.isEmpty {
      errors.append(.required(provisioner))
    } else {
      for problem in NameRules.qualifiedName(one.provisioner.lowercased()) {
        errors.append(.invalid(provisioner, one.provisioner, problem))
      }
    }
    validate(one.parameters, into: &errors)
    if let policy = one.reclaimPolicy, !policy.isEmpty, !["Delete", "Retain"].contains(policy) {
      errors.append(.notSupported(FieldPath("reclaimPolicy"), policy, supported: ["Delete", "Retain"]))
    }
    let modes = ["Immediate", "WaitForFirstConsumer"]
    if let mode = one.volumeBindingMode {
      if !modes.contains(mode) {
        errors.append(.notSupported(FieldPath("volumeBindingMode"), mode, supported: modes))
      }
    } else {
      errors.append(.required(FieldPath("volumeBindingMode")))
    }
    validate(one.allowedTopologies, into: &errors)
  }

  private func validate(_ parameters: [String: String], into errors: inout [FieldError]) {
    let path = FieldPath("parameters")
    if parameters.count > 512 {
      errors.append(.tooLong(path, limit: 512))
      return
    }
    if parameters[""] != nil { errors.append(.invalid(path, "", "field can not be empty.")) }
    let size = parameters.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if size > StorageRules.sizeLimit { errors.append(.tooLong(path, limit: StorageRules.sizeLimit)) }
  }

  private func validate(_ terms: [CoreV1.TopologySelectorTerm], into errors: inout [FieldError]) {
    let path = FieldPath("allowedTopologies")
    var seen: Set<[String: Set<String>]> = []
    for (index, term) in terms.enumerated() {
      let path = path.index(index).child("matchLabelExpressions")
      var values: [String: Set<String>] = [:]
      for (index, expression) in term.matchLabelExpressions.enumerated() {
        let path = path.index(index)
        if expression.values.isEmpty { errors.append(.required(path.child("values"))) }
        var known: Set<String> = []
        for (index, value) in expression.values.enumerated() where !known.insert(value).inserted {
          errors.append(.duplicate(path.child("values").index(index), value))
        }
        for problem in NameRules.qualifiedName(expression.key) {
          errors.append(.invalid(path.child("key"), expression.key, problem))
        }
        if values.updateValue(known, forKey: expression.key) != nil {
          errors.append(.duplicate(path.child("key"), expression.key))
        }
      }
      if !seen.insert(values).inserted { errors.append(.duplicate(path, "")) }
    }
  }

  func validateUpdate(
    _ one: StorageV1.StorageClass, from old: StorageV1.StorageClass, into errors: inout [FieldError]
  ) {
    for (name, differs) in [
      ("parameters", one.parameters != old.parameters), ("provisioner", one.provisioner != old.provisioner),
      ("reclaimPolicy", one.reclaimPolicy != old.reclaimPolicy),
    ] where differs { errors.append(.forbidden(FieldPath(name), "updates to \(name) are forbidden.")) }
    if one.volumeBindingMode != old.volumeBindingMode {
      errors.append(.immutable(FieldPath("volumeBindingMode"), one.volumeBindingMode))
    }
  }

  func cells(_ one: StorageV1.StorageClass, now: Int64) -> [JSONValue] {
    let isDefault = Self.defaultAnnotations.contains { one.metadata.annotations[$0] == "true" }
    return [
      .string(one.metadata.name + (isDefault ? " (default)" : "")), .string(one.provisioner),
      .string(one.reclaimPolicy ?? "Delete"), .string(one.volumeBindingMode ?? "Immediate"),
      .bool(one.allowVolumeExpansion ?? false), TableCells.age(one.metadata, now),
    ]
  }
}

/// What several kinds of storage have in common.
enum StorageRules {
  /// The limit of all keys and values of a map together.
  static let sizeLimit = 256 << 10

  static func notNegative(_ quantity: Quantity?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let quantity, quantity < Quantity(0) else { return }
    errors.append(.invalid(path, quantity.text, "must be greater than or equal to 0"))
  }
}
