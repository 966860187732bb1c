import KubernetesAPI

/// What holds for the parts of a horizontal pod autoscaler.
enum ScalingRules {
  static let metricTypes = ["ContainerResource", "External", "Object", "Pods", "Resource"]
  static let longestWindow: Int32 = 3600
  static let longestPeriod: Int32 = 1800

  static func reference(
    _ reference: AutoscalingV2.CrossVersionObjectReference, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    ValueRules.requiredName(reference.kind, path.child("kind"), NameRules.pathSegment, into: &errors)
    ValueRules.requiredName(reference.name, path.child("name"), NameRules.pathSegment, into: &errors)
  }

  // MARK: Metrics

  static func metric(_ spec: AutoscalingV2.MetricSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    if spec.type.isEmpty {
      errors.append(.required(path.child("type"), "must specify a metric source type"))
    } else if !metricTypes.contains(spec.type) {
      errors.append(.notSupported(path.child("type"), spec.type, supported: metricTypes))
    }
    let present = [
      ("object", spec.object != nil), ("external", spec.external != nil), ("pods", spec.pods != nil),
      ("resource", spec.resource != nil), ("containerResource", spec.containerResource != nil),
    ].filter(\.1).map(\.0)
    if let first = present.first { source(first, spec, path.child(first), into: &errors) }
    guard metricTypes.contains(spec.type) else { return }
    let expected = spec.type.prefix(1).lowercased() + spec.type.dropFirst()
    if !present.contains(expected) {
      errors.append(.required(path.child(expected), "must populate information for the given metric source"))
    }
    if present.count > 1 {
      for name in present.sorted() where name != expected {
        errors.append(.forbidden(path.child(name), "must populate the given metric source only"))
      }
    }
  }

  /// A metric that may be looked at whole or for each pod.
  private static func amount(_ target: AutoscalingV2.MetricTarget, _ path: FieldPath, into errors: inout [FieldError]) {
    guard target.value == nil, target.averageValue == nil else { return }
    errors.append(
      .required(path.child("averageValue"), "must set either a target value for metric or a per-pod target"))
  }

  private static func source(
    _ name: String, _ spec: AutoscalingV2.MetricSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let target = path.child("target")
    if let source = spec.object, name == "object" {
      reference(source.describedObject, path.child("describedObject"), into: &errors)
      identifier(source.metric, path.child("metric"), into: &errors)
      self.target(source.target, target, into: &errors)
      amount(source.target, target, into: &errors)
    } else if let source = spec.external, name == "external" {
      identifier(source.metric, path.child("metric"), into: &errors)
      self.target(source.target, target, into: &errors)
      amount(source.target, target, into: &errors)
      if source.target.value != nil, source.target.averageValue != nil {
        errors.append(
          .forbidden(
            target.child("value"), "may not set both a target value for metric and a per-pod target"))
      }
    } else if let source = spec.pods, name == "pods" {
      identifier(source.metric, path.child("metric"), into: &errors)
      self.target(source.target, target, into: &errors)
      if source.target.averageValue.map({ $0 <= Quantity(0) }) ?? true {
        errors.append(
          .required(target.child("averageValue"), "must specify a positive target averageValue"))
      }
    } else if let source = spec.resource, name == "resource" {
      resource(source.name, source.target, path, into: &errors)
    } else if let source = spec.containerResource, name == "containerResource" {
      if source.container.isEmpty { errors.append(.required(path.child("container"), "must specify a container")) }
      resource(source.name, source.target, path, into: &errors)
    }
  }

  private static func resource(
    _ name: String, _ target: AutoscalingV2.MetricTarget, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if name.isEmpty { errors.append(.required(path.child("name"), "must specify a resource name")) }
    let path = path.child("target")
    self.target(target, path, into: &errors)
    if target.averageUtilization == nil, target.averageValue == nil {
      errors.append(
        .required(
          path.child("averageUtilization"), "must set either a target raw value or a target utilization"))
    }
    if target.averageUtilization != nil, target.averageValue != nil {
      errors.append(
        .forbidden(path.child("averageValue"), "may not set both a target raw value and a target utilization"))
    }
  }

  private static func identifier(
    _ metric: AutoscalingV2.MetricIdentifier, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if metric.name.isEmpty {
      errors.append(.required(path.child("name"), "must specify a metric name"))
    } else {
      ValueRules.name(metric.name, path.child("name"), NameRules.pathSegment, into: &errors)
    }
  }

  private static func target(
    _ target: AutoscalingV2.MetricTarget, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if target.type.isEmpty {
      errors.append(.required(path.child("type"), "must specify a metric target type"))
    } else if !["Utilization", "Value", "AverageValue"].contains(target.type) {
      errors.append(
        .invalid(path.child("type"), target.type, "must be either Utilization, Value, or AverageValue"))
    }
    if let utilization = target.averageUtilization, utilization < 1 {
      errors.append(.invalid(path.child("averageUtilization"), utilization, "must be greater than 0"))
    }
    for (name, value) in [("value", target.value), ("averageValue", target.averageValue)] {
      if let value, value <= Quantity(0) {
        errors.append(.invalid(path.child(name), value.text, "must be positive"))
      }
    }
  }

  // MARK: Behaviour

  static func rules(
    _ rules: AutoscalingV2.HPAScalingRules?, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let rules else { return }
    if let seconds = rules.stabilizationWindowSeconds {
      let path = path.child("stabilizationWindowSeconds")
      if seconds < 0 { errors.append(.invalid(path, seconds, "must be greater than or equal to zero")) }
      if seconds > longestWindow {
        errors.append(.invalid(path, seconds, "must be less than or equal to \(longestWindow)"))
      }
    }
    ValueRules.optionalChoice(
      rules.selectPolicy, of: ["Disabled", "Max", "Min"], path.child("selectPolicy"), into: &errors)
    let policies = path.child("policies")
    if rules.policies.isEmpty { errors.append(.required(policies, "must specify at least one Policy")) }
    for (index, policy) in rules.policies.enumerated() {
      let path = policies.index(index)
      if !["Percent", "Pods"].contains(policy.type) {
        errors.append(.notSupported(path.child("type"), policy.type, supported: ["Percent", "Pods"]))
      }
      ValueRules.positive(policy.value, path.child("value"), into: &errors)
      ValueRules.positive(policy.periodSeconds, path.child("periodSeconds"), into: &errors)
      if policy.periodSeconds > longestPeriod {
        errors.append(
          .invalid(
            path.child("periodSeconds"), policy.periodSeconds, "must be less than or equal to \(longestPeriod)"))
      }
    }
  }
}
