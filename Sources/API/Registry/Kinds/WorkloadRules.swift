import JSONDocument
import KubernetesAPI

/// What holds for all kinds that make pods from a template.
enum WorkloadRules {
  /// A deployment's or a replica set's wanted state, their own fields aside.
  static func validate(
    replicas: Int32?, minReadySeconds: Int32, selector: MetaV1.LabelSelector?, template: CoreV1.PodTemplateSpec,
    into errors: inout [FieldError]
  ) {
    let path = FieldPath("spec")
    ValueRules.notNegative(replicas ?? 0, path.child("replicas"), into: &errors)
    ValueRules.notNegative(minReadySeconds, path.child("minReadySeconds"), into: &errors)
    // Kubernetes speaks of deployments and of replica sets in each other's errors.
    self.selector(selector, kind: "deployment", into: &errors)
    if !(selector?.isEmpty ?? false), !(selector?.matches(template.metadata.labels) ?? false) {
      errors.append(mismatch(template.metadata.labels, path.child("template")))
    }
    self.template(template, path.child("template"), into: &errors)
    runsForever(template.spec, path.child("template"), kind: "ReplicaSet", into: &errors)
  }

  /// A selector that has to be there and must not match everything.
  static func selector(_ selector: MetaV1.LabelSelector?, kind: String, into errors: inout [FieldError]) {
    let path = FieldPath("spec.selector")
    guard let selector else {
      errors.append(.required(path))
      return
    }
    SelectorRules.validate(selector, path, into: &errors)
    if selector.isEmpty {
      errors.append(.invalid(path, rendered: "{}", "empty selector is invalid for \(kind)"))
    }
  }

  /// The template of pods, its labels and annotations.
  static func template(_ template: CoreV1.PodTemplateSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    // Kubernetes names these without the metadata around them.
    MetadataRules.labels(template.metadata.labels, path.child("labels"), into: &errors)
    let annotations = template.metadata.annotations
    MetadataRules.annotations(annotations, path.child("annotations"), into: &errors)
    PodAnnotationRules.validate(annotations, template.spec, path.child("annotations"), into: &errors)
    PodSpecRules.validate(template.spec, path.child("spec"), inTemplate: true, into: &errors)
    if !template.spec.ephemeralContainers.isEmpty {
      errors.append(
        .forbidden(path.child("spec", "ephemeralContainers"), "ephemeral containers not allowed in pod template"))
    }
  }

  /// What is kept running neither ends nor has a deadline.
  static func runsForever(
    _ spec: CoreV1.PodSpec, _ template: FieldPath, kind: String, into errors: inout [FieldError]
  ) {
    let path = template.child("spec")
    if spec.restartPolicy != "Always" {
      errors.append(.notSupported(path.child("restartPolicy"), spec.restartPolicy, supported: ["Always"]))
    }
    if spec.activeDeadlineSeconds != nil {
      errors.append(
        .forbidden(path.child("activeDeadlineSeconds"), "activeDeadlineSeconds in \(kind) is not Supported"))
    }
  }

  static func mismatch(_ labels: [String: String], _ template: FieldPath) -> FieldError {
    .invalid(
      template.child("metadata", "labels"), rendered: render(labels), "`selector` does not match template `labels`")
  }

  static func immutable(
    _ new: MetaV1.LabelSelector?, _ old: MetaV1.LabelSelector?, into errors: inout [FieldError]
  ) {
    guard new != old else { return }
    errors.append(
      .invalid(FieldPath("spec.selector"), rendered: SelectorRules.rendered(new), "field is immutable"))
  }

  /// What a replica set's or a replication controller's status says of pods.
  static func replicaCounts(
    replicas: Int32, fullyLabeled: Int32, ready: Int32, available: Int32, observedGeneration: Int64,
    into errors: inout [FieldError]
  ) {
    let path = FieldPath("status")
    let counts = [("fullyLabeledReplicas", fullyLabeled), ("readyReplicas", ready), ("availableReplicas", available)]
    ValueRules.notNegative(replicas, path.child("replicas"), into: &errors)
    for (name, count) in counts { ValueRules.notNegative(count, path.child(name), into: &errors) }
    ValueRules.notNegative(observedGeneration, path.child("observedGeneration"), into: &errors)
    StatusRules.notMore(counts, than: replicas, into: &errors)
    if available > ready {
      errors.append(
        .invalid(path.child("availableReplicas"), available, "cannot be greater than readyReplicas"))
    }
  }

  static func render(_ labels: [String: String]) -> String {
    JSONValue.object(JSONObject(labels.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })).description
  }
}

/// A kind whose number of pods the `scale` subresource reads and sets.
protocol ScalableRules: KindRules {
  func scale(of object: Object) -> (wanted: Int32, actual: Int32, selector: String)
  func setReplicas(_ replicas: Int32, of object: inout Object)
}
