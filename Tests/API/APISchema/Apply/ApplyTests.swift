import APISchema
import JSONDocument
import Testing

/// Server-side apply, rule by rule, as Kubernetes documents it.
@Suite struct ApplyTests {
  // MARK: - Ownership

  @Test func anApplierOwnsWhatItStates() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    try stage.apply(
      [
        "metadata": ["name": "test-cm", "namespace": "default", "labels": ["test-label": "test"]],
        "data": ["key": "some"],
      ],
      by: "kubectl")
    #expect(
      stage.owners == ["kubectl Apply": ["f:data": ["f:key": [:]], "f:metadata": ["f:labels": ["f:test-label": [:]]]]])
    #expect(stage.bare?["data"] == ["key": "some"])
    #expect(stage.time(of: "kubectl") == ApplyStage.time(1))
  }

  @Test func applyingTheSameAgainChangesNothing() throws {
    var stage = try applied()
    let before = stage.object
    try stage.apply(web, by: "a")
    #expect(stage.object == before)
  }

  private let web: JSONObject = [
    "metadata": ["name": "web", "labels": ["app": "web"]],
    "spec": [
      "replicas": 3, "selector": ["matchLabels": ["app": "web"]],
      "template": [
        "spec": ["containers": [["name": "c", "image": "i:1", "ports": [["containerPort": 80]]], ["name": "d"]]]
      ],
    ],
  ]

  private func applied() throws -> ApplyStage {
    var stage = ApplyStage(ApplyStage.deployments)
    try stage.apply(web, by: "a")
    return stage
  }

  @Test func listKeysTakeTheirDefaults() throws {
    let stage = try applied()
    let containers = stage.owners["a Apply"]?[path: "f:spec", "f:template", "f:spec", "f:containers"]
    #expect(
      containers
        == parsed(
          #"""
          {"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},
            "f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}},
           "k:{\"name\":\"d\"}":{".":{},"f:name":{}}}
          """#))
    #expect(stage.owners["a Apply"]?["f:spec"]?["f:selector"] == [:])
  }

  @Test func equalValuesAreShared() throws {
    var stage = try applied()
    try stage.apply(["metadata": ["name": "web"], "spec": ["replicas": 3]], by: "b")
    #expect(stage.owners["b Apply"] == ["f:spec": ["f:replicas": [:]]])
    #expect(stage.owners["a Apply"]?["f:spec"]?["f:replicas"] == [:])
    // One of the owners may go without the field going.
    try stage.apply(["metadata": ["name": "web"]], by: "b")
    #expect(stage.bare?["spec"]?["replicas"] == 3)
    #expect(stage.owners["b Apply"] == nil)
  }

  // MARK: - Conflicts

  @Test func otherValuesConflict() throws {
    var stage = try applied()
    let before = stage.object
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(["metadata": ["name": "web"], "spec": ["replicas": 5]], by: "b")
    }
    #expect(error?.code == .conflict)
    #expect(error?.message == #"Apply failed with 1 conflict: conflict with "a": .spec.replicas"#)
    #expect(error?.conflicts.map(\.message) == [#"conflict with "a""#])
    #expect(error?.conflicts.map(\.field) == [".spec.replicas"])
    #expect(stage.object == before)
  }

  @Test func conflictsNameEveryManagerAndField() throws {
    var stage = try applied()
    stage.update(by: "hpa", subresource: "scale") { $0["spec"]?["replicas"] = 4 }
    stage.update(by: "kubectl") { $0["spec"]?["paused"] = true }
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(
        [
          "metadata": ["labels": ["app": "other"]],
          "spec": [
            "replicas": 5, "paused": false,
            "template": ["spec": ["containers": [["name": "c", "image": "i:2"]]]],
          ],
        ], by: "b")
    }
    #expect(
      error?.message == """
        Apply failed with 4 conflicts: conflicts with "a":
        - .metadata.labels.app
        - .spec.template.spec.containers[name="c"].image
        conflicts with "hpa" with subresource "scale" using apps/v1:
        - .spec.replicas
        conflicts with "kubectl" using apps/v1:
        - .spec.paused
        """)
  }

  @Test func forceTakesOwnership() throws {
    var stage = try applied()
    try stage.apply(["metadata": ["name": "web"], "spec": ["replicas": 5]], by: "b", force: true)
    #expect(stage.bare?["spec"]?["replicas"] == 5)
    #expect(stage.owners["b Apply"] == ["f:spec": ["f:replicas": [:]]])
    #expect(stage.owners["a Apply"]?["f:spec"]?["f:replicas"] == nil)
    // The loser conflicts in turn, or gives the field up by not stating it.
    #expect(throws: ApplyError.self) { try stage.apply(web, by: "a") }
    var less = web
    less["spec"]?["replicas"] = nil
    try stage.apply(less, by: "a")
    #expect(stage.bare?["spec"]?["replicas"] == 5)
  }

  @Test func updatesTakeFieldsWithoutConflict() throws {
    var stage = try applied()
    stage.update(by: "kube-controller-manager") { $0["spec"]?["replicas"] = 9 }
    #expect(stage.owners["kube-controller-manager Update"] == ["f:spec": ["f:replicas": [:]]])
    let error = #expect(throws: ApplyError.self) { try stage.apply(web, by: "a") }
    #expect(
      error?.message
        == #"Apply failed with 1 conflict: conflict with "kube-controller-manager" using apps/v1: .spec.replicas"#)
  }

  /// The documented way to hand a field to a controller: stop stating it once the controller owns it.
  @Test func fieldsAreHandedOver() throws {
    var stage = try applied()
    stage.update(by: "hpa", subresource: "scale") { $0["spec"]?["replicas"] = 4 }
    var less = web
    less["spec"]?["replicas"] = nil
    try stage.apply(less, by: "a")
    #expect(stage.bare?["spec"]?["replicas"] == 4)
    #expect(stage.owners["hpa Update/scale"] == ["f:spec": ["f:replicas": [:]]])
  }

  // MARK: - Removal

  @Test func whatIsStatedNoMoreGoes() throws {
    var stage = try applied()
    let less: JSONObject = [
      "metadata": ["name": "web"],
      "spec": [
        "selector": ["matchLabels": ["app": "web"]],
        "template": ["spec": ["containers": [["name": "c", "image": "i:1"]]]],
      ],
    ]
    try stage.apply(less, by: "a")
    #expect(stage.bare == stage.document(less))
    #expect(stage.owners["a Apply"]?["f:metadata"] == nil)
  }

  @Test func whatNobodyOwnsStays() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    try stage.apply(["metadata": ["name": "m"], "data": ["a": "1", "b": "1"]], by: "x")
    stage.update(by: "y") { $0["data"]?["c"] = "1" }
    stage.update(by: "y") { $0["data"]?["a"] = "2" }
    try stage.apply(["metadata": ["name": "m"]], by: "x")
    // `a` changed hands, `c` was never the applier's, `b` goes; so the map stays for the others.
    #expect(stage.bare?["data"] == ["a": "2", "c": "1"])
    #expect(stage.owners == ["y Update": ["f:data": ["f:a": [:], "f:c": [:]]]])
  }

  @Test func anElementStaysForItsOtherOwners() throws {
    var stage = try applied()
    try stage.apply(
      [
        "metadata": ["name": "web"], "spec": ["template": ["spec": ["containers": [["name": "c", "command": ["x"]]]]]],
      ],
      by: "b")
    try stage.apply(["metadata": ["name": "web"], "spec": ["selector": ["matchLabels": ["app": "web"]]]], by: "a")
    // The first one's image and ports go, the element is still the other's.
    #expect(stage.bare?[path: "spec", "template", "spec", "containers"] == [["name": "c", "command": ["x"]]])
  }

  @Test func defaultsDoNotGoWithTheirNeighbours() throws {
    var stage = try applied()
    stage.object?["spec"]?["revisionHistoryLimit"] = 10  // a default: nobody's
    stage.object?["spec"]?["strategy"] = ["type": "RollingUpdate"]
    let selector: JSONValue = ["matchLabels": ["app": "web"]]
    try stage.apply(["metadata": ["name": "web"], "spec": ["selector": selector]], by: "a")
    #expect(
      stage.bare?["spec"] == ["selector": selector, "revisionHistoryLimit": 10, "strategy": ["type": "RollingUpdate"]])
    // A struct goes with the last of its parts that anybody owns, as in Kubernetes, and takes its defaults with it.
    try stage.apply(["metadata": ["name": "web"]], by: "a")
    #expect(stage.bare?["spec"] == nil)
    #expect(stage.owners.isEmpty)
  }

  @Test func anElementGoesWithItsDefaults() throws {
    var stage = try applied()
    // The server's defaults in an element that only the applier owns go with it.
    guard case .array(var containers)? = stage.object?[path: "spec", "template", "spec", "containers"] else {
      Issue.record("no containers")
      return
    }
    containers[1]["terminationMessagePath"] = "/dev/termination-log"
    stage.object?["spec"]?["template"]?["spec"]?["containers"] = .array(containers)
    var less = web
    less["spec"]?["template"]?["spec"]?["containers"] = [["name": "c", "image": "i:1"]]
    try stage.apply(less, by: "a")
    #expect(stage.bare?[path: "spec", "template", "spec", "containers"] == [["name": "c", "image": "i:1"]])
  }

  // MARK: - Lists

  @Test func setsAreMergedByValue() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    try stage.apply(["metadata": ["name": "m", "finalizers": ["x/a", "x/b"]]], by: "a")
    try stage.apply(["metadata": ["name": "m", "finalizers": ["x/c", "x/b"]]], by: "b")
    #expect(stage.bare?["metadata"]?["finalizers"] == ["x/a", "x/c", "x/b"])
    #expect(stage.owners["b Apply"] == parsed(#"{"f:metadata":{"f:finalizers":{"v:\"x/b\"":{},"v:\"x/c\"":{}}}}"#))
    try stage.apply(["metadata": ["name": "m"]], by: "a")
    #expect(stage.bare?["metadata"]?["finalizers"] == ["x/c", "x/b"])
  }

  @Test func atomicListsHaveOneOwner() throws {
    var stage = ApplyStage(ApplyStage.pods)
    func pod(_ tolerations: JSONValue) -> JSONObject {
      ["metadata": ["name": "p"], "spec": ["containers": [["name": "c"]], "tolerations": tolerations]]
    }
    try stage.apply(pod([["key": "a"]]), by: "a")
    let error = #expect(throws: ApplyError.self) { try stage.apply(pod([["key": "a"], ["key": "b"]]), by: "b") }
    #expect(error?.conflicts.map(\.field) == [".spec.tolerations"])
    try stage.apply(pod([["key": "b"]]), by: "b", force: true)
    #expect(stage.bare?["spec"]?["tolerations"] == [["key": "b"]])
    #expect(stage.owners["a Apply"]?["f:spec"]?["f:tolerations"] == nil)
  }

  /// Of the lists `live` and `applied`, what the merged one looks like.
  @Test(arguments: [
    ("abc", "ab", "abc"), ("abc", "ca", "bca"), ("abc", "dc", "abdc"), ("abc", "cd", "abcd"), ("abc", "xay", "xabcy"),
    ("ab", "ba", "ba"), ("abcd", "dcba", "dcba"), ("", "ab", "ab"), ("ab", "", "ab"), ("axbyc", "cba", "xycba"),
  ])
  func elementsComeInTheAppliersOrder(live: String, applied: String, merged: String) throws {
    func list(_ names: String) -> JSONObject {
      ["metadata": ["name": "p"], "spec": ["containers": .array(names.map { ["name": .string(String($0))] })]]
    }
    var stage = ApplyStage(ApplyStage.pods)
    stage.object = stage.document(list(live))
    try stage.apply(list(applied), by: "a")
    let names = stage.bare?["spec"]?["containers"]?.arrayValue?.compactMap { $0["name"]?.stringValue }.joined()
    // Elements that only the live list has are neither moved nor lost.
    #expect(Set(names ?? "") == Set(merged))
    #expect(names?.filter { applied.contains($0) } == applied)
    #expect(names?.filter { !applied.contains($0) } == live.filter { !applied.contains($0) })
    #expect(names == merged)
  }

  @Test func duplicatesInTheLiveListAreReplaced() throws {
    var stage = ApplyStage(ApplyStage.pods)
    func pod(_ env: JSONValue) -> JSONObject {
      ["metadata": ["name": "p"], "spec": ["containers": [["name": "c", "env": env]]]]
    }
    stage.object = stage.document(pod([["name": "A", "value": "1"], ["name": "B"], ["name": "A", "value": "2"]]))
    try stage.apply(pod([["name": "B", "value": "x"]]), by: "a")
    let kept = stage.bare?["spec"]?["containers"]?.arrayValue?.first?["env"]
    #expect(kept == [["name": "A", "value": "1"], ["name": "B", "value": "x"], ["name": "A", "value": "2"]])
    try stage.apply(pod([["name": "A", "value": "3"]]), by: "a", force: true)
    let merged = stage.bare?["spec"]?["containers"]?.arrayValue?.first?["env"]?.arrayValue ?? []
    #expect(merged.filter { $0["name"] == "A" } == [["name": "A", "value": "3"]])
  }

  // MARK: - What is refused

  @Test(
    arguments: [
      (["spec": ["replicas": "3"]], ".spec.replicas: expected numeric (int or float), got \"3\""),
      (["spec": ["whatever": 1]], ".spec.whatever: field not declared in schema"),
      (["spec": ["paused": "yes"]], ".spec.paused: expected boolean, got \"yes\""),
      (["metadata": ["labels": ["a": 1]]], ".metadata.labels.a: expected string, got 1"),
      (["metadata": ["labels": ["a"]]], ".metadata.labels: expected map, got [\"a\"]"),
      (
        ["spec": ["template": ["spec": ["containers": ["name": "c"]]]]],
        ".spec.template.spec.containers: expected list, got {\"name\":\"c\"}"
      ),
      (
        ["spec": ["template": ["spec": ["containers": [["name": "c"], ["name": "c"]]]]]],
        ".spec.template.spec.containers: duplicate entries for key [name=\"c\"]"
      ),
      (
        ["spec": ["template": ["spec": ["containers": [["image": "i"]]]]]],
        ".spec.template.spec.containers: element 0: associative list with keys has an element that omits all key "
          + "fields [\"name\"] (and doesn't have default values for any key fields)"
      ),
      (
        ["spec": ["template": ["spec": ["tolerations": [["key": "a"], ["keys": "b"]]]]]],
        ".spec.template.spec.tolerations[1].keys: field not declared in schema"
      ),
      (["metadata": ["finalizers": ["a", "a"]]], ".metadata.finalizers: duplicate entries for key [=\"a\"]"),
    ] as [(JSONObject, String)])
  func configurationsFitTheSchema(members: JSONObject, problem: String) throws {
    var stage = ApplyStage(ApplyStage.deployments)
    var members = members
    members["metadata"] = members["metadata"] ?? [:]
    members["metadata"]?["name"] = "web"
    members["metadata"]?["namespace"] = "default"
    let error = #expect(throws: ApplyError.self) { try stage.apply(members, by: "a") }
    #expect(error?.code == .doesNotFitSchema)
    #expect(
      error?.message == "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): \(problem)")
  }

  @Test func severalProblemsAreListedUpToABound() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    let error = #expect(throws: ApplyError.self) { try stage.apply(["x": 1, "data": ["a": 2]], by: "a") }
    #expect(
      error?.message == "failed to create typed patch object (/; /v1, Kind=ConfigMap): errors:\n"
        + "  .x: field not declared in schema\n  .data.a: expected string, got 2")
    let many = JSONObject((0..<100_000).map { ("x\($0)", .int(1)) })
    let long = #expect(throws: ApplyError.self) { try stage.apply(many, by: "a") }
    #expect((long?.message.utf8.count ?? 0) < 10_000)
  }

  @Test func configurationsAreOfTheKindAndBringNoBooks() throws {
    let manager = ApplyStage(ApplyStage.configMaps).manager()
    for (applied, message) in [
      (["apiVersion": "v1", "kind": "Secret"], "invalid object type: /v1, Kind=Secret"),
      (["apiVersion": "v2", "kind": "ConfigMap"], "invalid object type: /v2, Kind=ConfigMap"),
      ([:], "invalid object type: /, Kind="), ([], "a configuration is an object, found array"),
      (
        ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["managedFields": []]],
        "metadata.managedFields must be nil"
      ),
    ] as [(JSONValue, String)] {
      let error = #expect(throws: ApplyError.self) {
        try manager.apply(live: nil, applied: applied, manager: "a", force: false, now: ApplyStage.time(1))
      }
      #expect(error == ApplyError(.badRequest, message))
    }
  }

  @Test func anObjectWithUnreadableBooksCannotBeAppliedTo() throws {
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.object = stage.document(["metadata": ["name": "m", "managedFields": [["operation": "Guess"]]]])
    let error = #expect(throws: ApplyError.self) { try stage.apply(["metadata": ["name": "m"]], by: "a") }
    #expect(error?.code == .internalError)
  }

  // MARK: - Subresources and times

  @Test func whatTheServerPutsBackHasNoOwner() throws {
    var stage = try applied()
    try stage.apply(["metadata": ["name": "web"], "status": ["replicas": 1]], by: "b")
    #expect(stage.owners["b Apply"] == nil)
    try stage.apply(
      ["metadata": ["name": "web"], "spec": ["replicas": 8], "status": ["readyReplicas": 1]], by: "b",
      subresource: "status")
    #expect(stage.owners["b Apply/status"] == ["f:status": ["f:readyReplicas": [:]]])
    #expect(stage.owners["a Apply"]?["f:spec"]?["f:replicas"] == [:])
  }

  @Test func timesMoveWithTheFieldsOnly() throws {
    var stage = try applied()
    try stage.apply(["metadata": ["name": "web"], "spec": ["paused": true]], by: "b")
    try stage.apply(["metadata": ["name": "web"], "spec": ["paused": true]], by: "b")
    #expect(stage.time(of: "a") == ApplyStage.time(1) && stage.time(of: "b") == ApplyStage.time(2))
    try stage.apply(["metadata": ["name": "web"], "spec": ["paused": false]], by: "b")
    #expect(stage.time(of: "a") == ApplyStage.time(1) && stage.time(of: "b") == ApplyStage.time(4))
    var again = try applied()
    var other = again.object
    guard case .array(var entries)? = other?["metadata"]?["managedFields"] else { return }
    entries[0]["time"] = "2027-01-01T00:00:00Z"
    other?["metadata"]?["managedFields"] = .array(entries)
    let before = try #require(again.object)
    #expect(FieldManager.isSameButForTimes(before, try #require(other)))
    again.update(by: "x") { $0["spec"]?["paused"] = true }
    #expect(!FieldManager.isSameButForTimes(before, try #require(again.object)))
  }

  @Test func nullsAreStatedButNotKept() throws {
    var stage = try applied()
    try stage.apply(["metadata": ["name": "web", "annotations": nil], "spec": ["paused": nil]], by: "b")
    #expect(stage.bare?["spec"]?.objectValue?.contains("paused") == false)
    #expect(stage.bare?["metadata"]?.objectValue?.contains("annotations") == false)
  }
}
