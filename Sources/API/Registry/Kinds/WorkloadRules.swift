import JSONDocument
import KubernetesAPI

/// What holds for all kinds that make pods from a template.
enum WorkloadRules {
  static func validate(
    replicas: Int32?, minReadySeconds: Int32, selector: MetaV1.LabelSelector?, template: CoreV1.PodTemplateSpec,
    kind: String, into errors: inout [FieldError]
  ) {
    let path = FieldPath("spec")
    notNegative(replicas ?? 0, path.child("replicas"), into: &errors)
    notNegative(minReadySeconds, path.child("minReadySeconds"), into: &errors)
    if let selector {
      validate(selector, path.child("selector"), into: &errors)
      if selector.isEmpty {
        errors.append(.invalid(path.child("selector"), rendered: "{}", "empty selector is invalid for \(kind)"))
      }
    } else {
      errors.append(.required(path.child("selector")))
    }
    let labels = path.child("template", "metadata").child("labels")
    MetadataRules.labels(template.metadata.labels, labels, into: &errors)
    if let selector, !selector.isEmpty, !selector.matches(template.metadata.labels) {
      errors.append(
        .invalid(
          labels, rendered: render(template.metadata.labels), "`selector` does not match template `labels`"))
    }
    MetadataRules.annotations(
      template.metadata.annotations, path.child("template", "metadata").child("annotations"), into: &errors)
    let spec = path.child("template", "spec")
    PodSpecRules.validate(template.spec, spec, into: &errors)
    if template.spec.restartPolicy != "Always" {
      errors.append(
        .notSupported(spec.child("restartPolicy"), template.spec.restartPolicy, supported: ["Always"]))
    }
    if template.spec.activeDeadlineSeconds != nil {
      errors.append(
        .forbidden(spec.child("activeDeadlineSeconds"), "activeDeadlineSeconds in \(kind) is not Supported"))
    }
  }

  static func notNegative(_ value: some BinaryInteger, _ path: FieldPath, into errors: inout [FieldError]) {
    if value < 0 { errors.append(.invalid(path, value, "must be greater than or equal to 0")) }
  }

  static func immutable(
    _ new: MetaV1.LabelSelector?, _ old: MetaV1.LabelSelector?, into errors: inout [FieldError]
  ) {
    guard new != old else { return }
    let rendered = new.map { String(decoding: $0.jsonBytes, as: UTF8.self) } ?? "null"
    errors.append(.invalid(FieldPath("spec.selector"), rendered: rendered, "field is immutable"))
  }

  private static func validate(
    _ selector: MetaV1.LabelSelector, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    MetadataRules.labels(selector.matchLabels, path.child("matchLabels"), into: &errors)
    for (index, expression) in selector.matchExpressions.enumerated() {
      let path = path.child("matchExpressions").index(index)
      for problem in NameRules.qualifiedName(expression.key) {
        errors.append(.invalid(path.child("key"), expression.key, problem))
      }
      switch expression.operator {
      case "In", "NotIn":
        if expression.values.isEmpty {
          errors.append(
            .required(path.child("values"), "must be specified when `operator` is 'In' or 'NotIn'"))
        }
        for (index, value) in expression.values.enumerated() {
          for problem in NameRules.labelValue(value) {
            errors.append(.invalid(path.child("values").index(index), value, problem))
          }
        }
      case "Exists", "DoesNotExist":
        if !expression.values.isEmpty {
          errors.append(
            .forbidden(path.child("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
        }
      default:
        errors.append(.invalid(path.child("operator"), expression.operator, "not a valid selector operator"))
      }
    }
  }

  private static func render(_ labels: [String: String]) -> String {
    JSONValue.object(JSONObject(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })).description
  }
}

/// A kind whose number of pods the `scale` subresource reads and sets.
protocol ScalableRules: KindRules {
  func scale(of object: Object) -> (wanted: Int32, actual: Int32, selector: String)
  func setReplicas(_ replicas: Int32, of object: inout Object)
}
