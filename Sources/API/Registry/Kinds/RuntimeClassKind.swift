import JSONDocument
import KubernetesAPI

/// RuntimeClasses.
struct RuntimeClassKind: KindRules {
  typealias Object = NodeV1.RuntimeClass

  let storagePath = "runtimeclasses"
  let allowsCreateOnUpdate = true
  let allowsUnconditionalUpdate = false

  func validate(_ one: NodeV1.RuntimeClass, into errors: inout [FieldError]) {
    for problem in NameRules.dnsLabel(one.handler) {
      errors.append(.invalid(FieldPath("handler"), one.handler, problem))
    }
    if let overhead = one.overhead {
      ResourceRules.validate(
        CoreV1.ResourceRequirements(limits: overhead.podFixed), FieldPath("overhead"), into: &errors)
    }
    guard let scheduling = one.scheduling else { return }
    let path = FieldPath("scheduling")
    MetadataRules.labels(scheduling.nodeSelector, path.child("nodeSelector"), into: &errors)
    for (index, toleration) in scheduling.tolerations.enumerated() {
      TolerationRules.validate(toleration, path.child("tolerations").index(index), into: &errors)
    }
  }

  func validateUpdate(_ one: NodeV1.RuntimeClass, from old: NodeV1.RuntimeClass, into errors: inout [FieldError]) {
    if one.handler != old.handler { errors.append(.immutable(FieldPath("handler"), one.handler)) }
  }

  func cells(_ one: NodeV1.RuntimeClass, now: Int64) -> [JSONValue] {
    [.string(one.metadata.name), .string(one.handler), TableCells.age(one.metadata, now)]
  }
}
