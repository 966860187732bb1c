import KubernetesAPI
import PodRules

/// DefaultStorageClass: a claim that names no class gets the cluster's default one. `""` names none on purpose.
struct DefaultStorageClass: MutatingPlugin {
  func admit(
    _ claim: inout CoreV1.PersistentVolumeClaim, old: CoreV1.PersistentVolumeClaim?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty, claim.spec.storageClassName == nil,
      claim.className.isEmpty
    else { return }
    let defaults = try facts.list(StorageV1.StorageClass.self).filter { one in
      StorageClassKind.defaultAnnotations.contains { one.metadata.annotations[$0] == "true" }
    }
    if let usual = DefaultObject.newest(of: defaults) { claim.spec.storageClassName = usual.metadata.name }
  }
}

/// Which of several objects that all say to be the default is taken.
enum DefaultObject {
  /// The newest; of those of one second the first by name.
  static func newest<T: KubernetesObject>(of objects: [T]) -> T? {
    func age(_ object: T) -> Int64 { object.metadata.creationTimestamp?.secondsSinceEpoch ?? 0 }
    return objects.min { (age($1), $0.metadata.name) < (age($0), $1.metadata.name) }
  }
}
