import APISchema
import JSONDocument
import Testing

/// Objects that were written otherwise before somebody applies, and other versions of a kind.
@Suite struct ApplyMigrationTests {
  private let annotation = FieldManager.lastAppliedAnnotation

  @Test func whatWasThereBeforeTheFirstApply() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.object = stage.document(["metadata": ["name": "m", "uid": "u"], "data": ["a": "1", "b": "1"]])
    try stage.apply(["metadata": ["name": "m"], "data": ["a": "1"]], by: "x")
    #expect(
      stage.owners == [
        "before-first-apply Update": ["f:data": [".": [:], "f:a": [:], "f:b": [:]]],
        "x Apply": ["f:data": ["f:a": [:]]],
      ])
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(["metadata": ["name": "m"], "data": ["b": "2"]], by: "x")
    }
    #expect(error?.message == #"Apply failed with 1 conflict: conflict with "before-first-apply" using v1: .data.b"#)
    // What the others own stays when the applier gives it up.
    try stage.apply(["metadata": ["name": "m"]], by: "x")
    #expect(stage.bare?["data"] == ["a": "1", "b": "1"])
  }

  /// An object that `kubectl apply` made on the client's side: its annotation says what it set.
  private func clientSide(changed: Bool = false) -> ApplyStage {
    var stage = ApplyStage(ApplyStage.configMaps)
    let last =
      #"{"apiVersion":"v1","data":{"a":"1","b":"1"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"m"}}"#
    stage.update(by: "kubectl-client-side-apply") {
      $0["metadata"] = ["name": "m", "uid": "u", "annotations": [annotation: .string(last + "\n"), "note": "n"]]
      $0["data"] = ["a": "1", "b": "1"]
    }
    if changed { stage.update(by: "kubectl-edit") { $0["data"]?["b"] = "2" } }
    return stage
  }

  @Test func kubectlTakesOverFromClientSideApply() throws {
    var stage = clientSide()
    let new: JSONObject = ["metadata": ["name": "m"], "data": ["a": "9", "b": "1"]]
    try stage.apply(new, by: "kubectl")
    #expect(stage.bare?["data"] == ["a": "9", "b": "1"])
    // The annotation is kept in step, for those who go back; other managers leave it.
    #expect(
      stage.bare?["metadata"]?["annotations"]?[annotation]
        == .string(#"{"apiVersion":"v1","data":{"a":"9","b":"1"},"kind":"ConfigMap","metadata":{"name":"m"}}"# + "\n"))
    var other = clientSide()
    let error = #expect(throws: ApplyError.self) { try other.apply(new, by: "helm") }
    #expect(error?.conflicts.map(\.field) == [".data.a"])
  }

  @Test func kubectlConflictsWithWhoChangedItSince() throws {
    var stage = clientSide(changed: true)
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(["metadata": ["name": "m"], "data": ["a": "9", "b": "9"]], by: "kubectl")
    }
    #expect(error?.message == #"Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .data.b"#)
  }

  @Test func annotationsThatSayNothingDoNotHelp() throws {
    for last in ["", "{", "[]", #"{"apiVersion":"v9","kind":"ConfigMap","data":{"a":"1"}}"#] {
      var stage = clientSide()
      stage.object?["metadata"]?["annotations"]?[annotation] = .string(last)
      let error = #expect(throws: ApplyError.self) {
        try stage.apply(["metadata": ["name": "m"], "data": ["a": "9"]], by: "kubectl")
      }
      #expect(error?.code == .conflict)
    }
  }

  @Test func anAnnotationThatGrowsTooLongIsEmptied() throws {
    var stage = clientSide()
    let long = String(repeating: "x", count: 256 << 10)
    try stage.apply(["metadata": ["name": "m"], "data": ["a": .string(long)]], by: "kubectl", force: true)
    #expect(stage.bare?["metadata"]?["annotations"]?[annotation] == "")
  }

  // MARK: - Versions

  private static let v1 = GroupVersionKind(group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler")
  private static let v2 = GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler")

  /// Two versions that differ in where the CPU target stands.
  @Sendable private static func convert(_ document: JSONValue, _ apiVersion: String) -> JSONValue? {
    guard ["autoscaling/v1", "autoscaling/v2"].contains(apiVersion) else { return nil }
    var document = document
    if document["apiVersion"]?.stringValue == apiVersion { return document }
    document["apiVersion"] = .string(apiVersion)
    if apiVersion == "autoscaling/v1" {
      guard case .array(let metrics)? = document["spec"]?["metrics"] else { return document }
      document["spec"]?["metrics"] = Optional.none
      document["spec"]?["targetCPUUtilizationPercentage"] =
        metrics.first?[path: "resource", "target", "averageUtilization"]
    } else if let target = document["spec"]?["targetCPUUtilizationPercentage"] {
      document["spec"]?["targetCPUUtilizationPercentage"] = Optional.none
      document["spec"]?["metrics"] = [
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": target]],
        ]
      ]
    }
    return document
  }

  private func manager(_ kind: GroupVersionKind) -> FieldManager {
    FieldManager(kind: kind, converter: Self.convert)
  }

  @Test func ownersInOtherVersionsOfTheKind() throws {
    let applied = parsed(
      #"""
      {"apiVersion":"autoscaling/v1","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},
       "spec":{"maxReplicas":5,"targetCPUUtilizationPercentage":50}}
      """#)
    let stored = try manager(Self.v1).apply(
      live: nil, applied: applied, manager: "a", force: false, now: ApplyStage.time(1))
    var live = try #require(Self.convert(stored, "autoscaling/v2"))
    // Somebody changes the target in the other version: it is taken from the applier in its version.
    var new = live
    new["spec"]?["metrics"] = [
      [
        "type": "Resource", "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
      ]
    ]
    live = manager(Self.v2).update(live: live, new: new, manager: "b", now: ApplyStage.time(2))
    let entries = live["metadata"]?["managedFields"]?.arrayValue ?? []
    #expect(entries.map { $0["apiVersion"] } == ["autoscaling/v1", "autoscaling/v2"])
    #expect(entries.map { $0["fieldsV1"] } == [["f:spec": ["f:maxReplicas": [:]]], ["f:spec": ["f:metrics": [:]]]])
    // The applier goes on in the new version: it is the same manager, and what it drops goes.
    let next = parsed(
      #"{"apiVersion":"autoscaling/v2","kind":"HorizontalPodAutoscaler","metadata":{"name":"h"},"spec":{"minReplicas":2}}"#
    )
    let result = try manager(Self.v2).apply(
      live: live, applied: next, manager: "a", force: false, now: ApplyStage.time(3))
    #expect(result["spec"]?["maxReplicas"] == nil)
    #expect(result["spec"]?["minReplicas"] == 2)
    #expect(result["spec"]?["metrics"] != nil)
    #expect(
      result["metadata"]?["managedFields"]?.arrayValue?.map { $0["apiVersion"] } == [
        "autoscaling/v2", "autoscaling/v2",
      ])
  }

  @Test func ownersInVersionsThatAreGoneGo() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.object = stage.document([
      "metadata": [
        "name": "m", "uid": "u",
        "managedFields": [
          [
            "manager": "old", "operation": "Update", "apiVersion": "v1beta1", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:data": ["f:a": [:]]],
          ]
        ],
      ], "data": ["a": "1"],
    ])
    try stage.apply(["metadata": ["name": "m"], "data": ["a": "2"]], by: "x")
    #expect(stage.owners.keys.sorted() == ["x Apply"])
  }

  @Test func partsOfWhatIsNowTakenAsAWholeCountAsTheWhole() throws {
    var stage = ApplyStage(ApplyStage.deployments)
    stage.object = stage.document([
      "metadata": [
        "name": "m", "uid": "u",
        "managedFields": [
          [
            "manager": "old", "operation": "Apply", "apiVersion": "apps/v1", "fieldsType": "FieldsV1",
            "fieldsV1": ["f:spec": ["f:selector": ["f:matchLabels": ["f:app": [:]]]]],
          ]
        ],
      ], "spec": ["selector": ["matchLabels": ["app": "a"]]],
    ])
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(["metadata": ["name": "m"], "spec": ["selector": ["matchLabels": ["app": "b"]]]], by: "x")
    }
    #expect(error?.conflicts.map(\.field) == [".spec.selector"])
  }
}
