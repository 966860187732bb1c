import APISchema
import JSONDocument
import Testing

/// The books of writes that are no apply.
@Suite struct UpdateTrackingTests {
  @Test func aCreateOwnsWhatItSets() {
    var stage = ApplyStage(ApplyStage.deployments)
    stage.update(by: "kubectl-create") {
      $0["metadata"] = ["name": "web", "namespace": "default", "uid": "u", "labels": ["app": "web"]]
      $0["spec"] = [
        "replicas": 1, "selector": ["matchLabels": ["app": "web"]], "strategy": ["type": "Recreate"],
        "template": [
          "metadata": ["labels": ["app": "web"]],
          "spec": [
            "containers": [["name": "c", "image": "i", "ports": [["containerPort": 80, "protocol": "TCP"]]]],
            "tolerations": [["key": "t"]],
          ],
        ],
      ]
      $0["status"] = [:]
    }
    // As on a real cluster: what an empty object already has (`spec`, `template`, `containers`) has no ".", the rest
    // has; selectors and tolerations are taken as a whole; names and the like belong to nobody.
    #expect(
      stage.owners["kubectl-create Update"]
        == parsed(
          #"""
          {"f:metadata":{"f:labels":{".":{},"f:app":{}}},
           "f:spec":{"f:replicas":{},"f:selector":{},"f:strategy":{"f:type":{}},
            "f:template":{"f:metadata":{"f:labels":{".":{},"f:app":{}}},
             "f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:image":{},"f:name":{},
               "f:ports":{".":{},"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":
                 {".":{},"f:containerPort":{},"f:protocol":{}}}}},
              "f:tolerations":{}}}}}
          """#))
    #expect(
      stage.object?["metadata"]?["managedFields"]?.arrayValue?.first?.objectValue?.keys == [
        "manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1",
      ])
  }

  private func created() -> ApplyStage {
    var stage = ApplyStage(ApplyStage.deployments)
    stage.update(by: "a") {
      $0["metadata"] = ["name": "web", "uid": "u", "labels": ["x": "1", "y": "1"]]
      $0["spec"] = ["replicas": 1, "paused": true, "template": ["spec": ["containers": [["name": "c"]]]]]
    }
    return stage
  }

  @Test func whatIsChangedChangesHands() {
    var stage = created()
    stage.update(by: "b") {
      $0["spec"]?["replicas"] = 2
      $0["metadata"]?["labels"]?["z"] = "1"
    }
    #expect(stage.owners["b Update"] == parsed(#"{"f:metadata":{"f:labels":{"f:z":{}}},"f:spec":{"f:replicas":{}}}"#))
    #expect(stage.owners["a Update"]?["f:spec"]?["f:replicas"] == nil)
    #expect(stage.owners["a Update"]?["f:spec"]?["f:paused"] == [:])
    #expect(stage.time(of: "a") == ApplyStage.time(1) && stage.time(of: "b") == ApplyStage.time(2))
  }

  @Test func whatIsRemovedBelongsToNobody() {
    var stage = created()
    stage.update(by: "b") { $0["spec"]?["paused"] = nil }
    #expect(stage.owners.keys.sorted() == ["a Update"])
    #expect(stage.owners["a Update"]?["f:spec"]?["f:paused"] == nil)
    stage.update(by: "b") { $0["metadata"]?["labels"] = nil }
    #expect(stage.owners["a Update"]?["f:metadata"] == nil)
  }

  @Test func anOwnerOfNothingGoes() {
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.update(by: "a") {
      $0["metadata"] = ["name": "m", "uid": "u"]
      $0["data"] = ["k": "1"]
    }
    stage.update(by: "b") { $0["data"] = ["k": "2"] }
    // The map itself is still the first one's.
    #expect(stage.owners == ["a Update": ["f:data": [:]], "b Update": ["f:data": ["f:k": [:]]]])
    stage.update(by: "b") { $0["data"] = nil }
    #expect(stage.owners.isEmpty)
    #expect(stage.object?["metadata"]?["managedFields"] == nil)
  }

  @Test func aWriteThatChangesNothingLeavesTheBooks() {
    var stage = created()
    let before = stage.object
    stage.update(by: "b") { _ in }
    #expect(stage.object == before)
    // Somebody who writes again what is there already is no owner either, and times stay.
    stage.update(by: "a") { $0["spec"]?["replicas"] = 1 }
    #expect(stage.object == before)
  }

  /// Where nothing is booked, the records stay as they are, those too that this version cannot read.
  @Test func recordsThatNobodyCanReadOutliveAWriteOfNothing() {
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.object = stage.document([
      "metadata": ["name": "m", "uid": "u", "managedFields": [["fieldsType": "FieldsV9"]]], "data": ["a": "b"],
    ])
    let before = stage.object
    stage.update(by: "b") { $0["metadata"]?["managedFields"] = Optional.none }
    #expect(stage.object == before)
    stage.update(by: "b") { $0["data"]?["a"] = "c" }
    #expect(stage.owners.isEmpty)
  }

  @Test func severalWritesOfOneManagerAreOneEntry() {
    var stage = created()
    stage.update(by: "a") { $0["spec"]?["minReadySeconds"] = 3 }
    #expect(stage.owners.count == 1)
    #expect(stage.owners["a Update"]?["f:spec"]?["f:minReadySeconds"] == [:])
    #expect(stage.time(of: "a") == ApplyStage.time(2))
  }

  @Test func clientsThatDoNotKnowTheBooksDoNotDropThem() {
    for sent in [nil, .null, [], [["manager": "x"]], "text"] as [JSONValue?] {
      var stage = created()
      let before = stage.owners
      stage.update(by: "b") { $0["metadata"]?["managedFields"] = sent }
      #expect(stage.owners == before)
    }
  }

  @Test func anEmptyEntryDropsTheBooks() {
    var stage = created()
    stage.update(by: "b") { $0["metadata"]?["managedFields"] = [[:]] }
    #expect(stage.object?["metadata"]?["managedFields"] == nil)
    // Without books nobody starts new ones: all of the object would look like the next writer's.
    stage.update(by: "b") { $0["spec"]?["replicas"] = 9 }
    #expect(stage.object?["metadata"]?["managedFields"] == nil)
  }

  @Test func theBooksCanBeEdited() {
    var stage = created()
    stage.update(by: "b") {
      $0["metadata"]?["managedFields"] = [
        [
          "manager": "z", "operation": "Update", "apiVersion": "apps/v1", "fieldsType": "FieldsV1",
          "fieldsV1": ["f:spec": ["f:replicas": [:]]],
        ]
      ]
    }
    #expect(stage.owners == ["z Update": ["f:spec": ["f:replicas": [:]]]])
  }

  @Test func subresourcesKeepBooksOfTheirOwn() {
    var stage = created()
    let before = stage.owners
    stage.update(by: "a", subresource: "status") {
      $0["status"] = ["replicas": 1]
      $0["spec"]?["replicas"] = 5  // put back by the server
      $0["metadata"]?["managedFields"] = [[:]]  // not through here
    }
    #expect(stage.owners["a Update/status"]?["f:status"]?["f:replicas"] == [:])
    #expect(stage.owners["a Update/status"]?["f:spec"] == nil)
    #expect(stage.owners["a Update"] == before["a Update"])
    stage.update(by: "c") { $0["status"]?["replicas"] = 7 }
    #expect(stage.owners["c Update"] == nil)
  }

  @Test func oldUpdatesAreMerged() {
    var stage = ApplyStage(ApplyStage.configMaps)
    for index in 0..<14 {
      stage.update(by: "m\(index)") {
        if index == 0 { $0["metadata"] = ["name": "m", "uid": "u"] }
        $0["data", orEmpty: true]["k\(index)"] = "v"
      }
    }
    #expect(stage.owners.count == ManagedFields.updateLimit)
    let ancient = stage.owners["ancient-changes Update"]
    #expect(ancient?["f:data"]?.objectValue?.keys == [".", "f:k0", "f:k1", "f:k2", "f:k3", "f:k4"])
    // With the time of the youngest that went into it.
    #expect(stage.time(of: "ancient-changes") == ApplyStage.time(5))
    #expect(stage.owners["m5 Update"] == ["f:data": ["f:k5": [:]]])
  }

  @Test func duplicatesInAListAreOwnedTogether() {
    var stage = ApplyStage(ApplyStage.pods)
    stage.update(by: "a") {
      $0["metadata"] = ["name": "p", "uid": "u"]
      $0["spec"] = [
        "containers": [["name": "c", "env": [["name": "A", "value": "1"], ["name": "A", "value": "2"]]]]
      ]
    }
    let env = stage.owners["a Update"]?[path: "f:spec", "f:containers", #"k:{"name":"c"}"#, "f:env"]
    #expect(env == parsed(#"{".":{},"k:{\"name\":\"A\"}":{}}"#))
  }

  @Test func namesOfManagers() {
    #expect(FieldManager.defaultName(userAgent: "kubectl/v1.32.0 (linux/amd64)") == "kubectl")
    #expect(FieldManager.defaultName(userAgent: "a\u{7}b\n") == "ab")
    #expect(FieldManager.defaultName(userAgent: String(repeating: "é", count: 100)).utf8.count == 128)
    var stage = ApplyStage(ApplyStage.configMaps)
    stage.update(by: "") { $0["data"] = ["a": "b"] }
    #expect(stage.owners.keys.sorted() == ["unknown Update"])
  }
}

extension JSONValue {
  fileprivate subscript(key: String, orEmpty orEmpty: Bool) -> JSONValue {
    get { self[key] ?? [:] }
    set { self[key] = newValue }
  }
}
