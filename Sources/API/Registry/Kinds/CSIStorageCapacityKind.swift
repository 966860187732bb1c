import JSONDocument
import KubernetesAPI

/// CSIStorageCapacities.
struct CSIStorageCapacityKind: KindRules {
  typealias Object = StorageV1.CSIStorageCapacity

  let storagePath = "csistoragecapacities"
  let allowsUnconditionalUpdate = false

  func validate(_ capacity: StorageV1.CSIStorageCapacity, into errors: inout [FieldError]) {
    if let selector = capacity.nodeTopology {
      SelectorRules.validate(selector, FieldPath("nodeTopology"), into: &errors)
    }
    for problem in NameRules.dnsSubdomain(capacity.storageClassName) {
      errors.append(.invalid(FieldPath("storageClassName"), capacity.storageClassName, problem))
    }
    StorageRules.notNegative(capacity.capacity, FieldPath("capacity"), into: &errors)
  }

  func validateUpdate(
    _ capacity: StorageV1.CSIStorageCapacity, from old: StorageV1.CSIStorageCapacity,
    into errors: inout [FieldError]
  ) {
    if capacity.nodeTopology != old.nodeTopology {
      errors.append(.immutable(FieldPath("nodeTopology"), capacity.nodeTopology?.jsonBytes))
    }
    if capacity.storageClassName != old.storageClassName {
      errors.append(.immutable(FieldPath("storageClassName"), capacity.storageClassName))
    }
  }

  func cells(_ capacity: StorageV1.CSIStorageCapacity, now: Int64) -> [JSONValue] {
    [
      .string(capacity.metadata.name), .string(capacity.storageClassName),
      .string(capacity.capacity?.canonical ?? "<unset>"),
    ]
  }
}
