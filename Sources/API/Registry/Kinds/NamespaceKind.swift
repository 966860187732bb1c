import JSONDocument
import KubernetesAPI

/// Namespaces. A deleted one is `Terminating` until its `spec.finalizers` are empty, which the namespace controller
/// says through the `finalize` subresource once it has emptied the namespace.
struct NamespaceKind: KindRules {
  typealias Object = CoreV1.Namespace
  static let finalizer = "kubernetes"
  /// Namespaces that the cluster itself needs.
  static let permanent = ["default", "kube-system", "kube-public"]

  let storagePath = "namespaces"
  let selectableFields = [SelectableField("status.phase")]
  let returnsDeletedObject = true

  func problems(inName name: String) -> [String] { NameRules.dnsLabel(name) }

  func prepareForCreate(_ namespace: inout CoreV1.Namespace) {
    namespace.status = CoreV1.NamespaceStatus(phase: "Active")
    if !namespace.spec.finalizers.contains(Self.finalizer) { namespace.spec.finalizers.append(Self.finalizer) }
  }

  /// The name may have been generated.
  func completeCreate(_ namespace: inout CoreV1.Namespace) { label(&namespace) }

  func prepareForUpdate(_ namespace: inout CoreV1.Namespace, from old: CoreV1.Namespace) {
    namespace.spec = old.spec
    namespace.status = old.status
    label(&namespace)
  }

  /// Every namespace can be selected by its name.
  private func label(_ namespace: inout CoreV1.Namespace) {
    namespace.metadata.labels["kubernetes.io/metadata.name"] = namespace.metadata.name
  }

  func validate(_ namespace: CoreV1.Namespace, into errors: inout [FieldError]) {
    for (index, finalizer) in namespace.spec.finalizers.enumerated() {
      MetadataRules.finalizer(finalizer, FieldPath("spec.finalizers").index(index), into: &errors)
    }
  }

  func object(_ current: CoreV1.Namespace, withStatusOf sent: CoreV1.Namespace) -> CoreV1.Namespace {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(
    _ namespace: CoreV1.Namespace, from old: CoreV1.Namespace, into errors: inout [FieldError]
  ) {
    let wanted = namespace.metadata.deletionTimestamp == nil ? "Active" : "Terminating"
    if namespace.status.phase != wanted {
      errors.append(
        .invalid(
          // Kubernetes spells the field so here.
          FieldPath("status.Phase"), namespace.status.phase,
          "may only be '\(wanted)' if `deletionTimestamp` is \(wanted == "Active" ? "empty" : "not empty")"))
    }
  }

  func reasonToKeep(_ namespace: CoreV1.Namespace) -> String? {
    Self.permanent.contains(namespace.metadata.name) ? "this namespace may not be deleted" : nil
  }

  func markDeleted(_ namespace: inout CoreV1.Namespace) { namespace.status.phase = "Terminating" }

  func isHeld(_ namespace: CoreV1.Namespace) -> Bool { !namespace.spec.finalizers.isEmpty }

  func cells(_ namespace: CoreV1.Namespace, now: Int64) -> [JSONValue] {
    [
      .string(namespace.metadata.name), .string(namespace.status.phase), TableCells.age(namespace.metadata, now),
    ]
  }
}
