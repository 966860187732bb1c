import KubernetesAPI

/// RuntimeClass: what a pod's runtime costs by itself, and on which nodes it is, comes from the class that the pod
/// names.
struct RuntimeClassAdmission: MutatingPlugin, ValidatingPlugin {
  var kinds: [any KubernetesObject.Type] { [CoreV1.Pod.self] }

  func admit(
    _ pod: inout CoreV1.Pod, old: CoreV1.Pod?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty,
      let runtime = try runtimeClass(of: pod, request, facts)
    else { return }
    if let overhead = runtime.overhead?.podFixed {
      if !pod.spec.overhead.isEmpty, pod.spec.overhead != overhead { throw Self.mismatch(request) }
      pod.spec.overhead = overhead
    }
    guard let scheduling = runtime.scheduling else { return }
    for (key, value) in scheduling.nodeSelector.sorted(by: { $0.key < $1.key }) {
      if let given = pod.spec.nodeSelector[key], given != value {
        throw request.refusal(
          "conflict: runtimeClass.scheduling.nodeSelector[\(key)] = \(value); pod.spec.nodeSelector[\(key)] = \(given)")
      }
      pod.spec.nodeSelector[key] = value
    }
    for toleration in scheduling.tolerations where !pod.spec.tolerations.contains(toleration) {
      pod.spec.tolerations.append(toleration)
    }
  }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard let pod = object as? CoreV1.Pod, request.operation == .create, request.subresource.isEmpty else { return }
    if let overhead = try runtimeClass(of: pod, request, facts)?.overhead?.podFixed {
      if pod.spec.overhead != overhead { throw Self.mismatch(request) }
    } else if !pod.spec.overhead.isEmpty {
      throw request.refusal("pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead")
    }
  }

  private static func mismatch(_ request: AdmissionRequest) -> AdmissionRefusal {
    request.refusal("pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead")
  }

  private func runtimeClass(
    of pod: CoreV1.Pod, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) -> NodeV1.RuntimeClass? {
    guard let name = pod.spec.runtimeClassName, !name.isEmpty else { return nil }
    guard let found = try facts.find(NodeV1.RuntimeClass.self, name: name) else {
      throw request.refusal("pod rejected: RuntimeClass \(FieldError.quoted(name)) not found")
    }
    return found
  }
}
