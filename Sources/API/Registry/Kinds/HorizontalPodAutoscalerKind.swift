import JSONDocument
import KubernetesAPI

/// HorizontalPodAutoscalers, stored as `autoscaling/v2`.
struct HorizontalPodAutoscalerKind: KindRules {
  typealias Object = AutoscalingV2.HorizontalPodAutoscaler

  let storagePath = "horizontalpodautoscalers"

  func prepareForCreate(_ scaler: inout Object) {
    scaler.status = AutoscalingV2.HorizontalPodAutoscalerStatus()
    dropAlpha(&scaler)
  }

  func prepareForUpdate(_ scaler: inout Object, from old: Object) {
    scaler.status = old.status
    dropAlpha(&scaler)
  }

  /// `tolerance` is behind a feature gate that is closed.
  private func dropAlpha(_ scaler: inout Object) {
    scaler.spec.behavior?.scaleUp?.tolerance = nil
    scaler.spec.behavior?.scaleDown?.tolerance = nil
  }

  func validate(_ scaler: Object, into errors: inout [FieldError]) {
    let spec = scaler.spec
    let path = FieldPath("spec")
    if let least = spec.minReplicas, least < 1 {
      errors.append(.invalid(path.child("minReplicas"), least, "must be greater than or equal to 1"))
    }
    if spec.maxReplicas < 1 {
      errors.append(.invalid(path.child("maxReplicas"), spec.maxReplicas, "must be greater than 0"))
    }
    if let least = spec.minReplicas, spec.maxReplicas < least {
      errors.append(
        .invalid(
          path.child("maxReplicas"), spec.maxReplicas, "must be greater than or equal to `minReplicas`"))
    }
    ScalingRules.reference(spec.scaleTargetRef, path.child("scaleTargetRef"), into: &errors)
    for (index, metric) in spec.metrics.enumerated() {
      ScalingRules.metric(metric, path.child("metrics").index(index), into: &errors)
    }
    if let behavior = spec.behavior {
      let path = path.child("behavior")
      ScalingRules.rules(behavior.scaleUp, path.child("scaleUp"), into: &errors)
      ScalingRules.rules(behavior.scaleDown, path.child("scaleDown"), into: &errors)
    }
  }

  func object(_ current: Object, withStatusOf sent: Object) -> Object {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(_ scaler: Object, from old: Object, into errors: inout [FieldError]) {
    let path = FieldPath("status")
    ValueRules.notNegative(scaler.status.currentReplicas, path.child("currentReplicas"), into: &errors)
    ValueRules.notNegative(scaler.status.desiredReplicas, path.child("desiredReplicas"), into: &errors)
  }

  func cells(_ scaler: Object, now: Int64) -> [JSONValue] {
    let spec = scaler.spec
    return [
      .string(scaler.metadata.name), .string("\(spec.scaleTargetRef.kind)/\(spec.scaleTargetRef.name)"),
      .string(targets(spec.metrics, scaler.status.currentMetrics)),
      .string(spec.minReplicas.map { "\($0)" } ?? "<unset>"), TableCells.count(spec.maxReplicas),
      TableCells.count(scaler.status.currentReplicas), TableCells.age(scaler.metadata, now),
    ]
  }

  // MARK: Targets

  /// `cpu: 40%/80%, 12/30 + 1 more...`
  private func targets(_ metrics: [AutoscalingV2.MetricSpec], _ current: [AutoscalingV2.MetricStatus]) -> String {
    if metrics.isEmpty { return "<none>" }
    let texts = metrics.enumerated().map { index, metric in
      target(metric, current.indices.contains(index) ? current[index] : nil)
    }
    let shown = texts.prefix(2).joined(separator: ", ")
    return texts.count > 2 ? "\(shown) + \(texts.count - 2) more..." : shown
  }

  private func target(_ metric: AutoscalingV2.MetricSpec, _ status: AutoscalingV2.MetricStatus?) -> String {
    func plain(_ target: AutoscalingV2.MetricTarget, _ current: AutoscalingV2.MetricValueStatus?) -> String {
      if let average = target.averageValue {
        return "\(current?.averageValue?.text ?? "<unknown>")/\(average.text) (avg)"
      }
      return "\(current?.value?.text ?? "<unknown>")/\(target.value?.text ?? "<unknown>")"
    }
    func resource(
      _ name: String, _ target: AutoscalingV2.MetricTarget, _ current: AutoscalingV2.MetricValueStatus?
    ) -> String {
      if let average = target.averageValue {
        return "\(name): \(current?.averageValue?.text ?? "<unknown>")/\(average.text)"
      }
      let now = current?.averageUtilization.map { "\($0)%" } ?? "<unknown>"
      return "\(name): \(now)/\(target.averageUtilization.map { "\($0)%" } ?? "<auto>")"
    }
    switch metric.type {
    case "External": return metric.external.map { plain($0.target, status?.external?.current) } ?? "<unknown>"
    case "Pods":
      let now = status?.pods?.current.averageValue?.text ?? "<unknown>"
      return "\(now)/\(metric.pods?.target.averageValue?.text ?? "<unknown>")"
    case "Object": return metric.object.map { plain($0.target, status?.object?.current) } ?? "<unknown>"
    case "Resource":
      return metric.resource.map { resource($0.name, $0.target, status?.resource?.current) } ?? "<unknown>"
    case "ContainerResource":
      return metric.containerResource.map { resource($0.name, $0.target, status?.containerResource?.current) }
        ?? "<unknown>"
    default: return "<unknown type>"
    }
  }
}
