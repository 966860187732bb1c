import JSONDocument

/// Defaults of storage.k8s.io/v1.
enum StorageDefaults {
  static let kinds: KindDefaults.Group = ["StorageClass": storageClass, "CSIDriver": driver]

  private static func storageClass(_ storageClass: inout JSONValue) {
    storageClass.setDefault("reclaimPolicy", "Delete")
    storageClass.setDefault("volumeBindingMode", "Immediate")
  }

  private static func driver(_ driver: inout JSONValue) {
    driver.update("spec") { spec in
      guard case .object = spec else { return }
      spec.setDefault("attachRequired", true)
      for name in ["podInfoOnMount", "storageCapacity", "requiresRepublish", "seLinuxMount"] {
        spec.setDefault(name, false)
      }
      spec.setDefault("fsGroupPolicy", "ReadWriteOnceWithFSType")
      if (spec["volumeLifecycleModes"]?.arrayValue ?? []).isEmpty { spec["volumeLifecycleModes"] = ["Persistent"] }
    }
  }
}
