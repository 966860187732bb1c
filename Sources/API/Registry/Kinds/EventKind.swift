import JSONDocument
import KubernetesAPI

/// Events, of both groups: they lie in the store as `v1`, and `events.k8s.io/v1` is a view of them.
struct EventKind: KindRules {
  typealias Object = CoreV1.Event

  let storagePath = "events"
  let allowsCreateOnUpdate = true
  let lifetime: Int64?

  init(lifetime: Int64) { self.lifetime = lifetime }

  var selectableFields: [SelectableField] {
    var fields = [
      SelectableField("reason"), SelectableField("type"), SelectableField("reportingComponent"),
      SelectableField("reportingController", path: ["reportingComponent"]),
      // Newer events have no source.
      SelectableField("source", path: ["source", "component"], substitute: "reportingComponent"),
    ]
    for name in ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"] {
      fields.append(SelectableField("involvedObject.\(name)"))
      fields.append(SelectableField("regarding.\(name)", path: ["involvedObject", name]))
    }
    return fields
  }

  // MARK: Validation

  func validate(_ event: CoreV1.Event, into errors: inout [FieldError]) {}

  func validate(
    _ event: CoreV1.Event, from old: CoreV1.Event?, as resource: ServedResource, into errors: inout [FieldError]
  ) {
    let isCore = resource.group.isEmpty
    validateCommon(event, controller: isCore ? "reportingComponent" : "reportingController", into: &errors)
    if !isCore { validateStrictly(event, from: old, into: &errors) }
  }

  /// What holds under both groups. Events of the older form have no `eventTime`.
  private func validateCommon(_ event: CoreV1.Event, controller name: String, into errors: inout [FieldError]) {
    let subject = event.involvedObject.namespace
    let place = FieldPath("involvedObject.namespace")
    let home = event.metadata.namespace
    func misplaced() { errors.append(.invalid(place, subject, "does not match event.namespace")) }
    guard event.eventTime != nil else {
      // Events about objects of the cluster's scope lie in `default`.
      if subject.isEmpty ? home != "default" : home != subject { misplaced() }
      return
    }
    if subject.isEmpty, !["default", "kube-system"].contains(home) { misplaced() }
    let controller = FieldPath(name)
    if event.reportingComponent.isEmpty { errors.append(.required(controller)) }
    for problem in NameRules.qualifiedName(event.reportingComponent) {
      errors.append(.invalid(controller, event.reportingComponent, problem))
    }
    for (name, text) in [
      ("reportingInstance", event.reportingInstance), ("action", event.action), ("reason", event.reason),
    ] {
      if text.isEmpty { errors.append(.required(FieldPath(name))) }
      if text.utf8.count > 128 { errors.append(.invalid(FieldPath(name), "", "can have at most 128 characters")) }
    }
    if event.message.utf8.count > 1024 {
      errors.append(.invalid(FieldPath("message"), "", "can have at most 1024 characters"))
    }
  }

  /// What only holds under `events.k8s.io`, which does not know the older form.
  private func validateStrictly(
    _ event: CoreV1.Event, from old: CoreV1.Event?, into errors: inout [FieldError]
  ) {
    if let series = event.series {
      if series.count < 2 { errors.append(.invalid(FieldPath("series.count"), "", "should be at least 2")) }
      if series.lastObservedTime == nil { errors.append(.required(FieldPath("series.lastObservedTime"))) }
    }
    guard let old else {
      validateNew(event, into: &errors)
      return
    }
    func immutable<T: Equatable>(_ name: String, _ value: T, _ before: T, _ rendered: String) {
      guard value != before else { return }
      errors.append(.invalid(FieldPath(name), rendered: rendered, "field is immutable"))
    }
    func text(_ name: String, _ value: String, _ before: String) {
      immutable(name, value, before, FieldError.quoted(value))
    }
    func json(_ value: (some JSONCodable)?) -> String {
      value.map { String(decoding: $0.jsonBytes, as: UTF8.self) } ?? "null"
    }
    immutable("involvedObject", event.involvedObject, old.involvedObject, json(event.involvedObject))
    text("reason", event.reason, old.reason)
    text("message", event.message, old.message)
    immutable("source", event.source, old.source, json(event.source))
    immutable("firstTimestamp", event.firstTimestamp, old.firstTimestamp, json(event.firstTimestamp))
    immutable("lastTimestamp", event.lastTimestamp, old.lastTimestamp, json(event.lastTimestamp))
    immutable("count", event.count, old.count, "\(event.count)")
    text("type", event.type, old.type)
    immutable("eventTime", event.eventTime, old.eventTime, json(event.eventTime))
    text("action", event.action, old.action)
    immutable("related", event.related, old.related, json(event.related))
    text("reportingController", event.reportingComponent, old.reportingComponent)
    text("reportingInstance", event.reportingInstance, old.reportingInstance)
  }

  private func validateNew(_ event: CoreV1.Event, into errors: inout [FieldError]) {
    if event.eventTime == nil { errors.append(.required(FieldPath("eventTime"))) }
    if !["Normal", "Warning"].contains(event.type) {
      errors.append(.invalid(FieldPath("type"), "", "has invalid value: \(event.type)"))
    }
    for (name, isSet) in [
      ("firstTimestamp", event.firstTimestamp != nil), ("lastTimestamp", event.lastTimestamp != nil),
      ("count", event.count != 0), ("source", event.source != CoreV1.EventSource()),
    ] where isSet { errors.append(.invalid(FieldPath(name), "", "needs to be unset")) }
  }

  // MARK: Table

  func cells(_ event: CoreV1.Event, now: Int64) -> [JSONValue] {
    let micro = event.eventTime.map { Time(secondsSinceEpoch: $0.microsecondsSinceEpoch / 1_000_000) }
    let seriesTime = event.series?.lastObservedTime.map {
      Time(secondsSinceEpoch: $0.microsecondsSinceEpoch / 1_000_000)
    }
    let first = event.firstTimestamp ?? micro
    let last = seriesTime ?? event.lastTimestamp ?? micro
    let subject = event.involvedObject
    var source = event.source.component.isEmpty ? event.reportingComponent : event.source.component
    let host = event.source.host.isEmpty ? event.reportingInstance : event.source.host
    if !host.isEmpty { source += ", \(host)" }
    let count = event.series?.count ?? (event.count > 0 ? event.count : 1)
    return [
      TableCells.age(last, now), .string(event.type), .string(event.reason),
      .string("\(subject.kind.lowercased())/\(subject.name)"), .string(subject.fieldPath), .string(source),
      .string(event.message), TableCells.age(first, now), .string("\(count)"), .string(event.metadata.name),
    ]
  }
}
