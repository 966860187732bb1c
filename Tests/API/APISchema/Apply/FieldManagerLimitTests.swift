import APISchema
import JSONDocument
import Testing

/// Paths that write only a part of an object, and the names of managers.
@Suite struct FieldManagerLimitTests {
  private static let container = #"k:{"name":"c"}"#

  private func manager(_ subresource: String) -> FieldManager {
    FieldManager(
      kind: ApplyStage.pods, subresource: subresource,
      only: FieldManager.usualLimits(of: ApplyStage.pods, subresource: subresource))
  }

  private func pod(cpu: String, image: String = "i") -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p", "uid": "u", "labels": ["cpu": .string(cpu)]],
      "spec": [
        "containers": [
          ["name": "c", "image": .string(image), "resources": ["requests": ["cpu": .string(cpu)]]]
        ]
      ],
    ]
  }

  private func owners(_ object: JSONValue) -> [String: JSONValue] { ApplyStage(ApplyStage.pods, object).owners }

  @Test func anUpdateThroughAPartOwnsOnlyThat() {
    let first = manager("").update(live: nil, new: pod(cpu: "1"), manager: "a", now: ApplyStage.time(1))
    var wanted = pod(cpu: "2", image: "other")
    wanted["metadata"]?["managedFields"] = first["metadata"]?["managedFields"]
    let second = manager("resize").update(live: first, new: wanted, manager: "b", now: ApplyStage.time(2))
    let found = owners(second)
    let resources = JSONValue.object(["f:resources": ["f:requests": ["f:cpu": [:]]]])
    #expect(found["b Update/resize"] == ["f:spec": ["f:containers": .object([Self.container: resources])]])
    #expect(found["a Update"]?["f:spec"]?["f:containers"]?[Self.container]?["f:image"] == [:])
    #expect(found["a Update"]?["f:spec"]?["f:containers"]?[Self.container]?["f:resources"]?["f:requests"] == [:])
    #expect(found["a Update"]?["f:metadata"]?["f:labels"]?["f:cpu"] == [:])
  }

  @Test func anApplyThroughAPartOwnsOnlyThat() throws {
    let first = manager("").update(live: nil, new: pod(cpu: "1"), manager: "a", now: ApplyStage.time(1))
    var applied = pod(cpu: "2", image: "other")
    applied["metadata"]?["uid"] = nil
    func apply(force: Bool) throws(ApplyError) -> JSONValue {
      try manager("resize").apply(live: first, applied: applied, manager: "b", force: force, now: ApplyStage.time(2))
    }
    let error = #expect(throws: ApplyError.self) { _ = try apply(force: false) }
    #expect(error?.conflicts.map(\.field) == [#".spec.containers[name="c"].resources.requests.cpu"#])
    let found = owners(try apply(force: true))
    // The element is on the way.
    let element = JSONValue.object([".": [:], "f:resources": ["f:requests": ["f:cpu": [:]]]])
    #expect(found["b Apply/resize"] == ["f:spec": ["f:containers": .object([Self.container: element])]])
    #expect(found["a Update"]?["f:spec"]?["f:containers"]?[Self.container]?["f:image"] == [:])
  }

  @Test func conflictsCanBeToldInAnotherVersion() throws {
    var stage = ApplyStage(ApplyStage.deployments)
    stage.update(by: #"odd" using v9"#) {
      $0["metadata"] = ["name": "web", "uid": "u"]
      $0["spec"] = ["replicas": 1]
    }
    try stage.apply(["metadata": ["name": "web"], "spec": ["replicas": 1]], by: "two")
    let error = #expect(throws: ApplyError.self) {
      try stage.apply(["metadata": ["name": "web"], "spec": ["replicas": 2]], by: "three")
    }
    #expect(
      error?.told(in: "autoscaling/v1").conflicts.map(\.message) == [
        #"conflict with "odd\" using v9" using autoscaling/v1"#, #"conflict with "two""#,
      ])
  }

  @Test func namesHaveToPrint() {
    #expect(FieldManager.problems(inName: "kubectl-edit ü 名 ✓") == [])
    #expect(FieldManager.problems(inName: String(repeating: "n", count: 128)) == [])
    #expect(FieldManager.problems(inName: String(repeating: "é", count: 65)) == [.tooLong])
    #expect(
      FieldManager.problems(inName: "é\u{0}\u{2028}\u{200B}\u{A0}") == [
        .unprintable("invalid character U+0000 (at position 2)"),
        .unprintable("invalid character U+2028 (at position 3)"),
        .unprintable("invalid character U+200B (at position 6)"),
        .unprintable("invalid character U+00A0 (at position 9)"),
      ])
    #expect(FieldManager.defaultName(userAgent: "") == "")
    #expect(FieldManager.defaultName(userAgent: "/x") == "")
    #expect(FieldManager.defaultName(userAgent: "my tool\t2/1.0") == "my tool2")
    #expect(FieldManager.defaultName(userAgent: String(repeating: "名", count: 50)).utf8.count == 126)
  }

  /// Creates have a way of their own through the engine: it comes to the same as the way of all other writes.
  @Test(arguments: 0..<40) func aCreateIsBookedAsAnyWriteIs(seed: UInt64) throws {
    var documents = RandomDocuments(seed: seed)
    for kind in RandomObjects.kinds + [ApplyStage.configMaps] {
      let manager = FieldManager(
        kind: kind, resets: FieldManager.usualResets(of: kind, subresource: ""))
      let empty = Schema.builtIn.emptyDocument(of: kind)
      var objects = RandomObjects(kind, seed: seed)
      var object = objects.members()
      object.prepend("kind", .string(kind.kind))
      object.prepend("apiVersion", .string(kind.apiVersion))
      for new in [documents.document(of: kind), .object(object), empty] {
        let created = manager.update(live: nil, new: new, manager: "m", now: ApplyStage.time(1))
        let written = manager.update(live: empty, new: new, manager: "m", now: ApplyStage.time(1))
        #expect(created.description == written.description)
        // And so it is from text to text, of an object that brings no records.
        var bare = new
        bare["metadata"]?["managedFields"] = nil
        let booked = manager.update(live: nil, new: bare, manager: "m", now: ApplyStage.time(1))
        let entry = booked[path: "metadata", "managedFields"]?.arrayValue?.first
        let owned = try manager.fieldsOfCreator(bare.jsonBytes)
        #expect(owned.map { String(decoding: $0, as: UTF8.self) } == entry?["fieldsV1"]?.description)
      }
    }
  }
}
