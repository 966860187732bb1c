import JSONDocument
import KubernetesAPI

/// Events, of both groups: they lie in the store as `v1`, and `events.k8s.io/v1` is a view of them.
struct EventKind: KindRules {
  typealias Object = CoreV1.Event

  /// The members that are called differently in `events.k8s.io/v1`.
  static let view = ObjectView(
    apiVersion: "events.k8s.io/v1", kind: "Event",
    renamed: [
      "involvedObject": "regarding", "message": "note", "source": "deprecatedSource",
      "firstTimestamp": "deprecatedFirstTimestamp", "lastTimestamp": "deprecatedLastTimestamp",
      "count": "deprecatedCount", "reportingComponent": "reportingController",
    ])

  let storagePath = "events"
  let allowsCreateOnUpdate = true
  let lifetime: Int64?

  init(lifetime: Int64) { self.lifetime = lifetime }

  var selectableFields: [SelectableField] {
    var fields = [
      SelectableField("reason"), SelectableField("type"), SelectableField("reportingComponent"),
      SelectableField("reportingController", path: ["reportingComponent"]),
      SelectableField("source", path: ["source", "component"]),
    ]
    for name in ["kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath"] {
      fields.append(SelectableField("involvedObject.\(name)"))
      fields.append(SelectableField("regarding.\(name)", path: ["involvedObject", name]))
    }
    return fields
  }

  func validate(_ event: CoreV1.Event, into errors: inout [FieldError]) {
    // Events about objects of the cluster's scope lie in `default` (or in the namespace of who reports them).
    let subject = event.involvedObject.namespace
    if !subject.isEmpty, subject != event.metadata.namespace {
      errors.append(
        .invalid(FieldPath("involvedObject.namespace"), subject, "does not match event.namespace"))
    }
    if event.message.utf8.count > 64 << 10 { errors.append(.tooLong(FieldPath("message"), limit: 64 << 10)) }
    if event.eventTime != nil {
      if event.reportingComponent.isEmpty { errors.append(.required(FieldPath("reportingController"))) }
      if event.action.isEmpty { errors.append(.required(FieldPath("action"))) }
      if event.reason.isEmpty { errors.append(.required(FieldPath("reason"))) }
      if !["Normal", "Warning"].contains(event.type) {
        errors.append(.notSupported(FieldPath("type"), event.type, supported: ["Normal", "Warning"]))
      }
    }
  }

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
