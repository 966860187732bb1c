import KubernetesAPI

/// DefaultIngressClass: an ingress that names no class gets the cluster's default one.
struct DefaultIngressClass: MutatingPlugin {
  private static let defaultAnnotation = "ingressclass.kubernetes.io/is-default-class"
  /// The older way to name a class.
  private static let classAnnotation = "kubernetes.io/ingress.class"

  func admit(
    _ ingress: inout NetworkingV1.Ingress, old: NetworkingV1.Ingress?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty, ingress.spec.ingressClassName == nil,
      ingress.metadata.annotations[Self.classAnnotation] == nil
    else { return }
    let defaults = try facts.list(NetworkingV1.IngressClass.self).filter {
      $0.metadata.annotations[Self.defaultAnnotation] == "true"
    }
    if let usual = DefaultObject.newest(of: defaults) { ingress.spec.ingressClassName = usual.metadata.name }
  }
}
