package import JSONDocument

/// The versions in which one kind is served, and how a document gets from one to another.
///
/// Nothing gets lost: what a version has no field for rides along in annotations, as Kubernetes has it. The one
/// exception is an autoscaler's order of metrics, in which the processor comes last after a way through v1.
package enum VersionConversion {
  /// The kinds that documents of a kind can be converted to: the same object under another group-version.
  package static func counterparts(of kind: GroupVersionKind) -> [GroupVersionKind] {
    switch (kind.group, kind.version, kind.kind) {
    case ("autoscaling", "v1", "HorizontalPodAutoscaler"): [autoscalerV2]
    case ("autoscaling", "v2", "HorizontalPodAutoscaler"): [autoscalerV1]
    case ("", "v1", "Event"): [groupEvent]
    case ("events.k8s.io", "v1", "Event"): [coreEvent]
    default: []
    }
  }

  /// The document under another group-version, its `apiVersion` set to that; nil if there is no such conversion. A
  /// document of the target's kind comes back with `apiVersion` and `kind` set.
  ///
  /// Values of the wrong type are passed over: check the structure first.
  package static func convert(
    _ document: JSONValue, from source: GroupVersionKind, to target: GroupVersionKind
  ) -> JSONValue? {
    guard case .object(var object) = document else { return nil }
    if source != target {
      switch (source, target) {
      case (autoscalerV1, autoscalerV2): object = AutoscalerConversion.toV2(object)
      case (autoscalerV2, autoscalerV1): object = AutoscalerConversion.toV1(object)
      case (coreEvent, groupEvent): object = EventConversion.toEventsGroup(object)
      case (groupEvent, coreEvent): object = EventConversion.toCore(object)
      default: return nil
      }
    }
    object["apiVersion"] = .string(target.apiVersion)
    object["kind"] = .string(target.kind)
    return .object(object)
  }

  private static let autoscalerV1 = GroupVersionKind(
    group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler")
  private static let autoscalerV2 = GroupVersionKind(
    group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler")
  private static let coreEvent = GroupVersionKind(group: "", version: "v1", kind: "Event")
  private static let groupEvent = GroupVersionKind(group: "events.k8s.io", version: "v1", kind: "Event")
}

/// Events: the same fields under other names.
enum EventConversion {
  private static let names: [(core: String, group: String)] = [
    ("involvedObject", "regarding"), ("message", "note"), ("source", "deprecatedSource"),
    ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"),
    ("count", "deprecatedCount"), ("reportingComponent", "reportingController"),
  ]
  private static let toGroup = Dictionary(uniqueKeysWithValues: names.map { ($0.core, $0.group) })
  private static let toCoreNames = Dictionary(uniqueKeysWithValues: names.map { ($0.group, $0.core) })

  static func toEventsGroup(_ event: JSONObject) -> JSONObject { renamed(event, toGroup) }
  static func toCore(_ event: JSONObject) -> JSONObject { renamed(event, toCoreNames) }

  private static func renamed(_ event: JSONObject, _ names: [String: String]) -> JSONObject {
    JSONObject(event.members.map { (names[$0.key] ?? $0.key, $0.value) })
  }
}
