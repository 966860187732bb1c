import JSONDocument
import KubernetesAPI

/// PersistentVolumes.
struct PersistentVolumeKind: KindRules {
  typealias Object = CoreV1.PersistentVolume

  let storagePath = "persistentvolumes"
  let returnsDeletedObject = true
  /// Seconds since 1970.
  let now: @Sendable () -> Int64

  func prepareForCreate(_ volume: inout Object) {
    volume.status = CoreV1.PersistentVolumeStatus(
      phase: "Pending", lastPhaseTransitionTime: Time(secondsSinceEpoch: now()))
    volume.spec.volumeAttributesClassName = nil
  }

  func prepareForUpdate(_ volume: inout Object, from old: Object) {
    volume.status = old.status
    if old.spec.volumeAttributesClassName == nil { volume.spec.volumeAttributesClassName = nil }
  }

  func validate(_ volume: Object, into errors: inout [FieldError]) {
    let spec = volume.spec
    let path = FieldPath("spec")
    if spec.accessModes.isEmpty { errors.append(.required(path.child("accessModes"))) }
    ClaimRules.modes(spec.accessModes, path.child("accessModes"), into: &errors)
    capacity(spec.capacity, path.child("capacity"), into: &errors)
    if !spec.persistentVolumeReclaimPolicy.isEmpty {
      ValueRules.choice(
        spec.persistentVolumeReclaimPolicy, of: ["Delete", "Recycle", "Retain"],
        path.child("persistentVolumeReclaimPolicy"), into: &errors)
    }
    if let affinity = spec.nodeAffinity {
      let path = path.child("nodeAffinity", "required")
      if let required = affinity.required {
        AffinityRules.nodeSelector(required, path, into: &errors)
      } else {
        errors.append(.required(path, "must specify required node constraints"))
      }
    }
    source(spec, path, into: &errors)
    if spec.hostPath?.path == "/", spec.persistentVolumeReclaimPolicy == "Recycle" {
      errors.append(
        .forbidden(
          path.child("persistentVolumeReclaimPolicy"), "may not be 'recycle' for a hostPath mount of '/'"))
    }
    ValueRules.optionalName(
      spec.storageClassName, path.child("storageClassName"), NameRules.dnsSubdomain, into: &errors)
    ValueRules.optionalChoice(
      spec.volumeMode, of: ClaimRules.volumeModes, path.child("volumeMode"), into: &errors)
  }

  private func capacity(_ capacity: [String: Quantity], _ path: FieldPath, into errors: inout [FieldError]) {
    if capacity.isEmpty { errors.append(.required(path)) }
    if capacity["storage"] == nil || capacity.count > 1 {
      let rendered = JSONValue.object(
        JSONObject(capacity.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value.text)) }))
      errors.append(.notSupported(path, rendered: rendered.description, supported: ["storage"]))
    }
    for (name, amount) in capacity.sorted(by: { $0.key < $1.key }) {
      if amount < Quantity(0) {
        errors.append(.invalid(path.key(name), amount.value, "must be a valid resource quantity"))
      }
      ValueRules.positive(amount, path.key(name), into: &errors)
    }
  }

  private func source(_ spec: CoreV1.PersistentVolumeSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let document = spec.json
    let sources = VolumeRules.sources(of: document)
    guard let first = sources.first else {
      errors.append(.required(path, "must specify a volume type"))
      return
    }
    for other in sources.dropFirst() {
      errors.append(.forbidden(path.child(other), "may not specify more than 1 volume type"))
    }
    VolumeSourceRules.validate(
      first, document[first] ?? .null, path.child(first), namespacedSecrets: true, into: &errors)
    if first == "local", spec.nodeAffinity == nil {
      errors.append(.required(path.child("nodeAffinity"), "Local volume requires node affinity"))
    }
  }

  func validateUpdate(_ volume: Object, from old: Object, into errors: inout [FieldError]) {
    var compared = volume.spec
    // By which secret a driver's volume grows may be said later, once.
    if let csi = old.spec.csi, csi.controllerExpandSecretRef == nil { compared.csi?.controllerExpandSecretRef = nil }
    let new = compared.json
    let before = old.spec.json
    if VolumeSourceRules.names.contains(where: { new[$0] != before[$0] }) {
      errors.append(
        .forbidden(
          FieldPath("spec.persistentvolumesource"), "spec.persistentvolumesource is immutable after creation"))
    }
    if volume.spec.volumeMode != old.spec.volumeMode {
      errors.append(
        .invalid(FieldPath("spec.volumeMode"), volume.spec.volumeMode ?? "", "field is immutable"))
    }
    if let affinity = old.spec.nodeAffinity, volume.spec.nodeAffinity != affinity {
      errors.append(
        .invalid(
          FieldPath("spec.nodeAffinity"), rendered: volume.spec.nodeAffinity?.json.description ?? "null",
          "field is immutable"))
    }
  }

  func object(_ current: Object, withStatusOf sent: Object) -> Object {
    var result = sent
    result.spec = current.spec
    let time = sent.status.lastPhaseTransitionTime
    if sent.status.phase != current.status.phase, time == nil || time == current.status.lastPhaseTransitionTime {
      result.status.lastPhaseTransitionTime = Time(secondsSinceEpoch: now())
    }
    return result
  }

  func validateStatusUpdate(_ volume: Object, from old: Object, into errors: inout [FieldError]) {
    StatusRules.requireVersion(volume.metadata, into: &errors)
  }

  func cells(_ volume: Object, now: Int64) -> [JSONValue] {
    let spec = volume.spec
    return [
      .string(volume.metadata.name), .string(spec.capacity["storage"]?.text ?? "0"),
      .string(VolumeCells.modes(spec.accessModes)), .string(spec.persistentVolumeReclaimPolicy),
      .string(volume.metadata.deletionTimestamp == nil ? volume.status.phase : "Terminating"),
      .string(spec.claimRef.map { "\($0.namespace)/\($0.name)" } ?? ""),
      .string(volume.metadata.annotations[VolumeCells.classAnnotation] ?? spec.storageClassName),
      .string(spec.volumeAttributesClassName ?? "<unset>"),
      .string(volume.status.reason), TableCells.age(volume.metadata, now), .string(spec.volumeMode ?? "<unset>"),
    ]
  }
}
