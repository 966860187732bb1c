import JSONDocument
import KubernetesAPI

/// VolumeAttachments.
struct VolumeAttachmentKind: KindRules {
  typealias Object = StorageV1.VolumeAttachment

  let storagePath = "volumeattachments"
  let allowsUnconditionalUpdate = false
  let returnsDeletedObject = true

  func prepareForCreate(_ attachment: inout StorageV1.VolumeAttachment) {
    attachment.status = StorageV1.VolumeAttachmentStatus()
  }

  func prepareForUpdate(_ attachment: inout StorageV1.VolumeAttachment, from old: StorageV1.VolumeAttachment) {
    attachment.status = old.status
  }

  func validate(_ attachment: StorageV1.VolumeAttachment, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let spec = attachment.spec
    if spec.attacher.isEmpty { errors.append(.required(path.child("attacher"))) }
    let source = path.child("source")
    let name = source.child("persistentVolumeName")
    let one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName"
    switch (spec.source.persistentVolumeName, spec.source.inlineVolumeSpec) {
    case (nil, nil): errors.append(.required(source, one))
    case (.some, .some): errors.append(.forbidden(source, one))
    case (""?, nil): errors.append(.required(name, "must specify non empty persistentVolumeName"))
    case (.some, nil): break
    case (nil, let volume?): validate(volume, source.child("inlineVolumeSpec"), into: &errors)
    }
    for problem in NameRules.dnsSubdomain(spec.nodeName) {
      errors.append(.invalid(path.child("nodeName"), spec.nodeName, problem))
    }
  }

  /// Attachments of the beta version may still lie in a store.
  func validateCreate(_ attachment: StorageV1.VolumeAttachment, into errors: inout [FieldError]) {
    NameRules.csiDriver(attachment.spec.attacher, FieldPath("spec.attacher"), into: &errors)
    guard let volume = attachment.spec.source.persistentVolumeName else { return }
    for problem in NameRules.dnsSubdomain(volume) {
      errors.append(.invalid(FieldPath("spec.source.persistentVolumeName"), volume, problem))
    }
  }

  /// A volume without an object of its own: one of a CSI driver, without what only such an object needs.
  private func validate(_ volume: CoreV1.PersistentVolumeSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let place = "in the context of inline volumes"
    for (name, isSet) in [
      ("claimRef", volume.claimRef != nil), ("capacity", !volume.capacity.isEmpty),
      ("storageClassName", !volume.storageClassName.isEmpty),
    ] where isSet { errors.append(.forbidden(path.child(name), "may not be specified \(place)")) }
    if volume.accessModes.isEmpty { errors.append(.required(path.child("accessModes"))) }
    if let csi = volume.csi {
      NameRules.csiDriver(csi.driver, path.child("csi", "driver"), into: &errors)
      if csi.volumeHandle.isEmpty { errors.append(.required(path.child("csi", "volumeHandle"))) }
    } else {
      errors.append(.required(path.child("csi"), "has to be specified \(place)"))
    }
    if !["", "Retain"].contains(volume.persistentVolumeReclaimPolicy) {
      errors.append(.forbidden(path.child("persistentVolumeReclaimPolicy"), "may only be Retain \(place)"))
    }
    if let mode = volume.volumeMode, mode != "Filesystem" {
      errors.append(
        .forbidden(path.child("volumeMode"), "may not specify volumeMode other than Filesystem \(place)"))
    }
  }

  func validateUpdate(
    _ attachment: StorageV1.VolumeAttachment, from old: StorageV1.VolumeAttachment, into errors: inout [FieldError]
  ) {
    if attachment.spec != old.spec { errors.append(.immutable(FieldPath("spec"), attachment.spec.jsonBytes)) }
  }

  /// Of the metadata a status update changes nothing but what the server counts.
  func object(
    _ current: StorageV1.VolumeAttachment, withStatusOf sent: StorageV1.VolumeAttachment
  ) -> StorageV1.VolumeAttachment {
    var result = current
    result.status = sent.status
    // Only with a gate that is off in this version (`MutableCSINodeAllocatableCount`).
    if current.status.attachError?.errorCode == nil { result.status.attachError?.errorCode = nil }
    if current.status.detachError?.errorCode == nil { result.status.detachError?.errorCode = nil }
    return result
  }

  func validateStatusUpdate(
    _ attachment: StorageV1.VolumeAttachment, from old: StorageV1.VolumeAttachment, into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let status = attachment.status
    let size = status.attachmentMetadata.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
    if size > StorageRules.sizeLimit {
      errors.append(.tooLong(path.child("attachmentMetadata"), limit: StorageRules.sizeLimit))
    }
    for (name, error) in [("attachError", status.attachError), ("detachError", status.detachError)] {
      guard let error else { continue }
      if error.message.utf8.count > 1024 { errors.append(.tooLong(path.child(name, "message"), limit: 1024)) }
      if let code = error.errorCode, code < 0 {
        errors.append(
          .invalid(path.child(name, "errorCode"), code, "must be between 0 and 2147483647, inclusive"))
      }
    }
  }

  func cells(_ attachment: StorageV1.VolumeAttachment, now: Int64) -> [JSONValue] {
    [
      .string(attachment.metadata.name), .string(attachment.spec.attacher),
      .string(attachment.spec.source.persistentVolumeName ?? ""), .string(attachment.spec.nodeName),
      .bool(attachment.status.attached), TableCells.age(attachment.metadata, now),
    ]
  }
}
