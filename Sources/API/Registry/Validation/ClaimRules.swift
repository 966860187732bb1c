import JSONDocument
import KubernetesAPI

/// What holds for claims on storage, also inside of pods.
enum ClaimRules {
  static let accessModes = ["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"]
  static let volumeModes = ["Block", "Filesystem"]

  static func validate(
    _ spec: CoreV1.PersistentVolumeClaimSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if spec.accessModes.isEmpty {
      errors.append(.required(path.child("accessModes"), "at least 1 access mode is required"))
    }
    SelectorRules.validate(spec.selector, path.child("selector"), into: &errors)
    modes(spec.accessModes, path.child("accessModes"), into: &errors)
    let storage = path.child("resources").key("storage")
    if let amount = spec.resources.requests["storage"] {
      ResourceRules.amount(amount, of: "storage", storage, into: &errors)
      ValueRules.positive(amount, storage, into: &errors)
    } else {
      errors.append(.required(storage))
    }
    if let name = spec.storageClassName {
      ValueRules.optionalName(name, path.child("storageClassName"), NameRules.dnsSubdomain, into: &errors)
    }
    ValueRules.optionalChoice(spec.volumeMode, of: volumeModes, path.child("volumeMode"), into: &errors)
    if let source = spec.dataSource {
      self.source(source.apiGroup, source.kind, source.name, path.child("dataSource"), into: &errors)
    }
    if let source = spec.dataSourceRef {
      self.source(source.apiGroup, source.kind, source.name, path.child("dataSourceRef"), into: &errors)
    }
    if let one = spec.dataSource, let other = spec.dataSourceRef,
      one.apiGroup ?? "" != other.apiGroup ?? "" || one.kind != other.kind || one.name != other.name
    {
      errors.append(.invalid(path, rendered: "\"\(path.child("dataSource"))\"", "must match dataSourceRef"))
    }
  }

  /// The modes of a claim or a volume.
  static func modes(_ modes: [String], _ path: FieldPath, into errors: inout [FieldError]) {
    for mode in modes where !accessModes.contains(mode) {
      errors.append(.notSupported(path, mode, supported: accessModes))
    }
    if modes.contains("ReadWriteOncePod"), modes.contains(where: { $0 != "ReadWriteOncePod" }) {
      errors.append(.forbidden(path, "may not use ReadWriteOncePod with other access modes"))
    }
  }

  private static func source(
    _ group: String?, _ kind: String, _ name: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    ValueRules.required(name, path.child("name"), into: &errors)
    ValueRules.required(kind, path.child("kind"), into: &errors)
    if group ?? "" == "", kind != "PersistentVolumeClaim" { errors.append(.invalid(path, kind, "")) }
    if let group {
      ValueRules.optionalName(group, path.child("apiGroup"), NameRules.dnsSubdomain, into: &errors)
    }
  }

  /// What is left of the data sources that a client gives: those that no feature knows are dropped, and the older of
  /// the two fields and the newer one are filled in from each other.
  static func normalize(_ spec: inout CoreV1.PersistentVolumeClaimSpec) {
    if let source = spec.dataSource {
      let isClaim = source.kind == "PersistentVolumeClaim" && source.apiGroup ?? "" == ""
      let isSnapshot = source.kind == "VolumeSnapshot" && source.apiGroup == "snapshot.storage.k8s.io"
      if !isClaim, !isSnapshot { spec.dataSource = nil }
    }
    // Sources in other namespaces are behind a feature gate that is closed.
    spec.dataSourceRef?.namespace = nil
    if let source = spec.dataSource, spec.dataSourceRef == nil {
      spec.dataSourceRef = CoreV1.TypedObjectReference(
        apiGroup: source.apiGroup, kind: source.kind, name: source.name)
    } else if let source = spec.dataSourceRef, spec.dataSource == nil {
      spec.dataSource = CoreV1.TypedLocalObjectReference(
        apiGroup: source.apiGroup, kind: source.kind, name: source.name)
    }
  }
}
