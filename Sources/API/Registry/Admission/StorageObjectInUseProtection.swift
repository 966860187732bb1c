import KubernetesAPI

// StorageObjectInUseProtection: a claim stays until no pod uses it, a volume until no claim is bound to it. The
// controllers of the same purpose take the finalizers off again.

struct ClaimProtection: MutatingPlugin {
  static let finalizer = "kubernetes.io/pvc-protection"

  func admit(
    _ claim: inout CoreV1.PersistentVolumeClaim, old: CoreV1.PersistentVolumeClaim?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty else { return }
    claim.metadata.addFinalizer(Self.finalizer)
  }
}

struct VolumeProtection: MutatingPlugin {
  static let finalizer = "kubernetes.io/pv-protection"

  func admit(
    _ volume: inout CoreV1.PersistentVolume, old: CoreV1.PersistentVolume?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty else { return }
    volume.metadata.addFinalizer(Self.finalizer)
  }
}

extension MetaV1.ObjectMeta {
  fileprivate mutating func addFinalizer(_ finalizer: String) {
    if !finalizers.contains(finalizer) { finalizers.append(finalizer) }
  }
}
