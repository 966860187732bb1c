import KubernetesAPI

/// What holds for annotations that mean something on pods.
enum PodAnnotationRules {
  /// The hash of a kubelet's own pod, in the object that stands for it.
  static let mirror = "kubernetes.io/config.mirror"
  private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"

  static func validate(
    _ annotations: [String: String], _ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if annotations[mirror] != nil, spec.nodeName.isEmpty {
      errors.append(.invalid(path.key(mirror), "", "must set spec.nodeName if mirror pod annotation is set"))
    }
    if let text = annotations[deletionCost], !isNumber(text) {
      errors.append(.invalid(path.key(deletionCost), text, "must be a 32bit integer"))
    }
  }

  /// A 32-bit number in its only notation: no sign but a minus, no zeros before it.
  private static func isNumber(_ text: String) -> Bool {
    guard let number = Int32(text) else { return false }
    return String(number) == text
  }

  static func validateUpdate(
    _ annotations: [String: String], from old: [String: String], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard annotations[mirror] != old[mirror] else { return }
    errors.append(
      .forbidden(
        path.key(mirror),
        old[mirror] == nil ? "may not add mirror pod annotation" : "may not remove or update mirror pod annotation"))
  }
}
