import KubernetesAPI
import PodRules

/// PersistentVolumeClaimResize: a claim may only grow once it is bound, and where its class says so.
struct ClaimResize: ValidatingPlugin {
  var kinds: [any KubernetesObject.Type] { [CoreV1.PersistentVolumeClaim.self] }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard request.operation == .update, request.subresource.isEmpty,
      let claim = object as? CoreV1.PersistentVolumeClaim, let old = old as? CoreV1.PersistentVolumeClaim,
      let wanted = claim.spec.resources.requests["storage"], let before = old.spec.resources.requests["storage"],
      wanted > before
    else { return }
    guard old.status.phase == "Bound" else {
      throw request.refusal("Only bound persistent volume claims can be expanded")
    }
    guard try mayGrow(claim, old, facts) else {
      throw request.refusal(
        "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support "
          + "resize")
    }
  }

  private func mayGrow(
    _ claim: CoreV1.PersistentVolumeClaim, _ old: CoreV1.PersistentVolumeClaim, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) -> Bool {
    let name = claim.className
    guard !name.isEmpty, name == old.className else { return false }
    return try facts.find(StorageV1.StorageClass.self, name: name)?.allowVolumeExpansion == true
  }
}
