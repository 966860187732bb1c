import JSONDocument
import KubernetesAPI

/// IngressClasses.
struct IngressClassKind: KindRules {
  typealias Object = NetworkingV1.IngressClass

  let storagePath = "ingressclasses"
  let countsGenerations = true

  func wantsDiffer(_ one: NetworkingV1.IngressClass, _ old: NetworkingV1.IngressClass) -> Bool {
    one.spec != old.spec
  }

  func validate(_ one: NetworkingV1.IngressClass, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let controller = path.child("controller")
    if one.spec.controller.isEmpty {
      errors.append(.required(controller))
    } else {
      if one.spec.controller.utf8.count > 250 { errors.append(.tooLong(controller, limit: 250)) }
      NameRules.domainPrefixedPath(one.spec.controller, controller, into: &errors)
    }
    guard let parameters = one.spec.parameters else { return }
    let place = path.child("parameters")
    ReferenceRules.validate(
      group: parameters.apiGroup, kind: parameters.kind, name: parameters.name, place, into: &errors)
    switch parameters.scope {
    case nil: errors.append(.required(place.child("scope")))
    case "Namespace":
      if let namespace = parameters.namespace {
        for problem in NameRules.dnsLabel(namespace) {
          errors.append(.invalid(place.child("namespace"), namespace, problem))
        }
      } else {
        errors.append(.required(place.child("namespace"), "`parameters.scope` is set to 'Namespace'"))
      }
    case "Cluster":
      if parameters.namespace != nil {
        errors.append(.forbidden(place.child("namespace"), "`parameters.scope` is set to 'Cluster'"))
      }
    case let scope?:
      errors.append(.notSupported(place.child("scope"), scope, supported: ["Cluster", "Namespace"]))
    }
  }

  func validateUpdate(
    _ one: NetworkingV1.IngressClass, from old: NetworkingV1.IngressClass, into errors: inout [FieldError]
  ) {
    if one.spec.controller != old.spec.controller {
      errors.append(.invalid(FieldPath("spec.controller"), one.spec.controller, "field is immutable"))
    }
  }

  func cells(_ one: NetworkingV1.IngressClass, now: Int64) -> [JSONValue] {
    var parameters = "<none>"
    if let reference = one.spec.parameters {
      parameters = reference.kind + (reference.apiGroup.map { ".\($0)" } ?? "") + "/\(reference.name)"
    }
    return [
      .string(one.metadata.name), .string(one.spec.controller), .string(parameters),
      TableCells.age(one.metadata, now),
    ]
  }
}
