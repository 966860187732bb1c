import JSONDocument
import KubernetesAPI

/// CSINodes: which drivers a node has; named like the node.
struct CSINodeKind: KindRules {
  typealias Object = StorageV1.CSINode

  let storagePath = "csinodes"
  let allowsUnconditionalUpdate = false
  let returnsDeletedObject = true

  func validate(_ node: StorageV1.CSINode, into errors: inout [FieldError]) {
    var names: Set<String> = []
    for (index, driver) in node.spec.drivers.enumerated() {
      let path = FieldPath("spec.drivers").index(index)
      NameRules.csiDriver(driver.name, path.child("name"), into: &errors)
      if driver.nodeID.isEmpty { errors.append(.required(path.child("nodeID"))) }
      if driver.nodeID.utf8.count > 192 {
        errors.append(.invalid(path.child("nodeID"), driver.nodeID, "must be 192 characters or less"))
      }
      if let count = driver.allocatable?.count, count < 0 {
        errors.append(
          .invalid(path.child("allocatable", "count"), count, "must be greater than or equal to 0"))
      }
      if !names.insert(driver.name).inserted { errors.append(.duplicate(path.child("name"), driver.name)) }
      validate(driver.topologyKeys, path, into: &errors)
    }
  }

  private func validate(_ keys: [String], _ path: FieldPath, into errors: inout [FieldError]) {
    var seen: Set<String> = []
    for key in keys {
      if key.isEmpty { errors.append(.required(path)) }
      if !seen.insert(key).inserted { errors.append(.duplicate(path, key)) }
      for problem in NameRules.qualifiedName(key) { errors.append(.invalid(path, key, problem)) }
    }
  }

  /// A driver may come and go, but not change.
  func validateUpdate(_ node: StorageV1.CSINode, from old: StorageV1.CSINode, into errors: inout [FieldError]) {
    for driver in node.spec.drivers {
      for before in old.spec.drivers where before.name == driver.name && before != driver {
        errors.append(.immutable(FieldPath("spec.drivers"), driver.jsonBytes))
      }
    }
  }

  func cells(_ node: StorageV1.CSINode, now: Int64) -> [JSONValue] {
    [.string(node.metadata.name), TableCells.count(node.spec.drivers.count), TableCells.age(node.metadata, now)]
  }
}
