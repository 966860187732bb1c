import JSONDocument
import KubernetesAPI

/// CSIDrivers.
struct CSIDriverKind: KindRules {
  typealias Object = StorageV1.CSIDriver
  /// Kubernetes' errors spell the field `attachRequired` so.
  private static let attachRequired = "attachedRequired"

  let storagePath = "csidrivers"
  let allowsUnconditionalUpdate = false
  let returnsDeletedObject = true
  let countsGenerations = true

  /// Only with a gate that is off in this version (`MutableCSINodeAllocatableCount`).
  func prepareForCreate(_ driver: inout StorageV1.CSIDriver) { driver.spec.nodeAllocatableUpdatePeriodSeconds = nil }

  func prepareForUpdate(_ driver: inout StorageV1.CSIDriver, from old: StorageV1.CSIDriver) {
    if old.spec.nodeAllocatableUpdatePeriodSeconds == nil { driver.spec.nodeAllocatableUpdatePeriodSeconds = nil }
  }

  func wantsDiffer(_ driver: StorageV1.CSIDriver, _ old: StorageV1.CSIDriver) -> Bool { driver.spec != old.spec }

  func validate(_ driver: StorageV1.CSIDriver, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let spec = driver.spec
    for (name, isMissing) in [
      (Self.attachRequired, spec.attachRequired == nil), ("podInfoOnMount", spec.podInfoOnMount == nil),
      ("storageCapacity", spec.storageCapacity == nil),
    ] where isMissing { errors.append(.required(path.child(name))) }
    let policies = ["File", "None", "ReadWriteOnceWithFSType"]
    if let policy = spec.fsGroupPolicy, !policies.contains(policy) {
      errors.append(.notSupported(path.child("fsGroupPolicy"), policy, supported: policies))
    }
    validate(spec.tokenRequests, path.child("tokenRequests"), into: &errors)
    let modes = ["Persistent", "Ephemeral"]
    for mode in spec.volumeLifecycleModes where !modes.contains(mode) {
      errors.append(.notSupported(path.child("volumeLifecycleModes"), mode, supported: modes))
    }
    if spec.seLinuxMount == nil { errors.append(.required(path.child("seLinuxMount"))) }
  }

  private func validate(_ requests: [StorageV1.TokenRequest], _ path: FieldPath, into errors: inout [FieldError]) {
    var audiences: Set<String> = []
    for (index, request) in requests.enumerated() {
      let path = path.index(index)
      guard audiences.insert(request.audience).inserted else {
        errors.append(.duplicate(path.child("audience"), request.audience))
        continue
      }
      guard let seconds = request.expirationSeconds else { continue }
      let place = path.child("expirationSeconds")
      if seconds < 600 { errors.append(.invalid(place, seconds, "may not specify a duration less than 10 minutes")) }
      if seconds > 1 << 32 {
        errors.append(.invalid(place, seconds, "may not specify a duration larger than 2^32 seconds"))
      }
    }
  }

  func validateUpdate(_ driver: StorageV1.CSIDriver, from old: StorageV1.CSIDriver, into errors: inout [FieldError]) {
    if driver.spec.attachRequired != old.spec.attachRequired {
      errors.append(
        .immutable(
          FieldPath("spec").child(Self.attachRequired), driver.spec.attachRequired.map { Array("\($0)".utf8) }))
    }
    if driver.spec.volumeLifecycleModes != old.spec.volumeLifecycleModes {
      errors.append(
        .invalid(
          FieldPath("spec.volumeLifecycleModes"), texts: driver.spec.volumeLifecycleModes, "field is immutable"))
    }
  }

  func cells(_ driver: StorageV1.CSIDriver, now: Int64) -> [JSONValue] {
    let spec = driver.spec
    return [
      .string(driver.metadata.name), .bool(spec.attachRequired ?? true), .bool(spec.podInfoOnMount ?? false),
      .bool(spec.storageCapacity ?? false),
      TableCells.text(spec.tokenRequests.map(\.audience).joined(separator: ","), or: "<unset>"),
      .bool(spec.requiresRepublish ?? false), TableCells.text(spec.volumeLifecycleModes.joined(separator: ",")),
      TableCells.age(driver.metadata, now),
    ]
  }
}
