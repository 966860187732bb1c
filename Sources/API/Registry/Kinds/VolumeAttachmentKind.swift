import JSONDocument
import KubernetesAPI

/// VolumeAttachments.
struct VolumeAttachmentKind: KindRules {
  typealias Object = StorageV1.VolumeAttachment

  let storagePath = "volumeattachments"
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
    NameRules.csiDriver(spec.attacher, path.child("attacher"), into: &errors)
    let source = path.child("source")
    let name = source.child("persistentVolumeName")
    let one = "must specify exactly one of inlineVolumeSpec and persistentVolumeName"
    switch (spec.source.persistentVolumeName, spec.source.inlineVolumeSpec) {
    case (nil, nil): errors.append(.required(source, one))
    case (.some, .some): errors.append(.forbidden(source, one))
    case (""?, nil): errors.append(.required(name, "must specify non empty persistentVolumeName"))
    case (let volume?, nil):
      for problem in NameRules.dnsSubdomain(volume) { errors.append(.invalid(name, volume, problem)) }
    case (nil, let volume?): validate(volume, source.child("inlineVolumeSpec"), into: &errors)
    }
    for problem in NameRules.dnsSubdomain(spec.nodeName) {
      errors.append(.invalid(path.child("nodeName"), spec.nodeName, problem))
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
    return result
  }

  func validateStatusUpdate(
    _ attachment: StorageV1.VolumeAttachment, from old: StorageV1.VolumeAttachment, into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let status = attachment.status
    StorageRules.parameters(status.attachmentMetadata, path.child("attachmentMetadata"), into: &errors)
    for (name, error) in [("attachError", status.attachError), ("detachError", status.detachError)] {
      guard let error else { continue }
      if error.message.utf8.count > 1024 { errors.append(.tooLong(path.child(name, "message"), limit: 1024)) }
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
