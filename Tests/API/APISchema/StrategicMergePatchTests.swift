import APISchema
import JSONDocument
import Testing

@Suite struct StrategicMergePatchTests {
  private static let pods = GroupVersionKind(group: "", version: "v1", kind: "Pod")
  private static let deployments = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")

  private func apply(
    _ patch: JSONValue, to document: JSONValue, as kind: GroupVersionKind = Self.pods
  ) throws(PatchError) -> JSONValue {
    try Schema.builtIn.applying(strategicMergePatch: patch, to: document, as: kind)
  }

  private let pod: JSONValue = [
    "metadata": ["name": "a", "finalizers": ["x", "y"], "labels": ["k": "v"]],
    "spec": [
      "containers": [["name": "c1", "image": "i1", "args": ["a"]], ["name": "c2", "image": "i2"]],
      "tolerations": [["key": "t1"]],
    ],
  ]

  @Test func mergesListsByTheirKey() throws {
    let result = try apply(
      ["spec": ["containers": [["name": "c2", "image": "new"], ["name": "c3"]]]], to: pod)
    #expect(
      result["spec"]?["containers"] == [
        ["name": "c1", "image": "i1", "args": ["a"]], ["name": "c2", "image": "new"], ["name": "c3"],
      ])
    #expect(result["metadata"] == pod["metadata"])
  }

  @Test func replacesListsWithoutAStrategyAndRemovesNulls() throws {
    let result = try apply(
      [
        "metadata": ["labels": ["k": nil, "l": "w"]],
        "spec": ["tolerations": [["key": "t2"]], "containers": [["name": "c1", "args": ["b"], "image": nil]]],
      ], to: pod)
    #expect(result["metadata"]?["labels"] == ["l": "w"])
    #expect(result["spec"]?["tolerations"] == [["key": "t2"]])
    #expect(result["spec"]?["containers"]?.arrayValue?.first == ["name": "c1", "args": ["b"]])
  }

  @Test func deletesAndReplacesByDirective() throws {
    let deleted = try apply(["spec": ["containers": [["$patch": "delete", "name": "c1"]]]], to: pod)
    #expect(deleted["spec"]?["containers"] == [["name": "c2", "image": "i2"]])
    let replaced = try apply(["spec": ["containers": [["$patch": "replace"], ["name": "c9"]]]], to: pod)
    #expect(replaced["spec"]?["containers"] == [["name": "c9"]])
    let object = try apply(["spec": ["$patch": "replace", "nodeName": "n"]], to: pod)
    #expect(object["spec"] == ["nodeName": "n"])
    let gone = try apply(["metadata": ["labels": ["$patch": "delete"]]], to: pod)
    #expect(gone["metadata"]?["labels"] == [:])
  }

  @Test func mergesListsOfScalarsAsSets() throws {
    let result = try apply(
      ["metadata": ["finalizers": ["z", "x"], "$deleteFromPrimitiveList/finalizers": ["y"]]], to: pod)
    #expect(result["metadata"]?["finalizers"] == ["z", "x"])
  }

  /// As in Kubernetes, where a patch that says nothing of the order puts its own elements as early as it can.
  @Test func whatAPatchAddsComesFirst() throws {
    func names(_ patch: JSONValue) throws -> [JSONValue]? {
      try apply(["spec": ["containers": patch]], to: pod)["spec"]?["containers"]?.arrayValue?.compactMap { $0["name"] }
    }
    #expect(try names([["name": "new"]]) == ["new", "c1", "c2"])
    #expect(try names([["name": "new"], ["name": "c2"]]) == ["new", "c1", "c2"])
    #expect(try names([["name": "c2"], ["name": "new"]]) == ["c1", "c2", "new"])
    #expect(try names([["name": "c2"], ["name": "c1"]]) == ["c2", "c1"])
  }

  @Test func keepsToTheOrderThatThePatchAsksFor() throws {
    let result = try apply(
      [
        "spec": [
          "$setElementOrder/containers": [["name": "c2"], ["name": "new"], ["name": "c1"]],
          "containers": [["name": "new"]],
        ]
      ], to: pod)
    #expect(result["spec"]?["containers"]?.arrayValue?.compactMap { $0["name"] } == ["c2", "new", "c1"])
    let scalars = try apply(["metadata": ["$setElementOrder/finalizers": ["y", "x"]]], to: pod)
    #expect(scalars["metadata"]?["finalizers"] == ["y", "x"])
  }

  @Test func elementsThatOnlyTheServerKnowsKeepTheirPlaces() throws {
    let document: JSONValue = ["spec": ["containers": [["name": "a"], ["name": "sidecar"], ["name": "b"]]]]
    let result = try apply(
      [
        "spec": [
          "$setElementOrder/containers": [["name": "a"], ["name": "b"], ["name": "c"]], "containers": [["name": "c"]],
        ]
      ], to: document)
    #expect(result["spec"]?["containers"]?.arrayValue?.compactMap { $0["name"] } == ["a", "sidecar", "b", "c"])
  }

  @Test func retainsKeys() throws {
    let document: JSONValue = ["spec": ["strategy": ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": 1]]]]
    let patch: JSONValue = ["spec": ["strategy": ["$retainKeys": ["type"], "type": "Recreate"]]]
    let result = try apply(patch, to: document, as: Self.deployments)
    #expect(result == ["spec": ["strategy": ["type": "Recreate"]]])
  }

  @Test func directivesAreNeverStored() throws {
    let result = try apply(
      [
        "spec": [
          "initContainers": [["name": "i", "env": [["name": "A", "$patch": "delete"], ["name": "B"]]]],
          "tolerations": [["key": "t", "$patch": "merge"]], "securityContext": ["$patch": "replace", "runAsUser": 1],
        ]
      ], to: pod)
    #expect(result["spec"]?["initContainers"] == [["name": "i", "env": [["name": "B"]]]])
    #expect(result["spec"]?["tolerations"] == [["key": "t"]])
    #expect(result["spec"]?["securityContext"] == ["runAsUser": 1])
  }

  @Test(
    arguments: [
      ["spec": ["containers": [["image": "no key"]]]], ["spec": ["containers": ["text"]]],
      ["spec": ["$patch": "explode"]], ["spec": ["$retainKeys": ["a"], "nodeName": "n"]],
      ["metadata": ["$deleteFromPrimitiveList/finalizers": "y"]], ["spec": ["$whatever": 1]], "text", [],
    ] as [JSONValue])
  func refusesMalformedPatches(patch: JSONValue) {
    let error = #expect(throws: PatchError.self) { try apply(patch, to: pod) }
    #expect(error?.code == .malformed)
  }

  @Test(
    arguments: [
      ["spec": ["containers": ["name": "c1"]]], ["spec": ["containers": "c1"]], ["spec": []], ["spec": "text"],
      ["metadata": ["labels": ["a"]]], ["metadata": ["name": ["a": "b"]]], ["spec": ["tolerations": ["key": "t"]]],
      ["spec": ["containers": [["name": "c1", "args": "text"]]]], ["metadata": ["finalizers": [["x"]]]],
      ["metadata": ["finalizers": [["x": 1]]]], ["spec": ["activeDeadlineSeconds": [1]]],
    ] as [JSONValue])
  func refusesToTurnListsAndObjectsIntoSomethingElse(patch: JSONValue) {
    let error = #expect(throws: PatchError.self) { try apply(patch, to: pod) }
    #expect(error?.code == .notApplicable)
  }

  @Test func namesThePlaceWhereAPatchDoesNotFit() {
    let error = #expect(throws: PatchError.self) { try apply(["spec": ["containers": ["name": "c1"]]], to: pod) }
    #expect(error?.message == "the patch puts object in the place of a list at spec.containers")
  }

  @Test func elementsComeInTheOrderThatThePatchAsksFor() {
    let patches: [JSONValue] = [
      [
        "spec": [
          "$setElementOrder/containers": [["name": "c1"], ["name": "c2"]],
          "containers": [["name": "c2", "image": "x"], ["name": "c1", "image": "y"]],
        ]
      ],
      ["spec": ["$setElementOrder/containers": [["name": "c1"]], "containers": [["name": "c2", "image": "x"]]]],
      ["metadata": ["$setElementOrder/finalizers": ["x"], "finalizers": ["y"]]],
    ]
    for patch in patches {
      let error = #expect(throws: PatchError.self) { try apply(patch, to: pod) }
      #expect(error?.code == .malformed)
    }
  }

  @Test func replacesWhereTheFieldSaysSo() throws {
    let kind = GroupVersionKind(group: "policy", version: "v1", kind: "PodDisruptionBudget")
    let old: JSONValue = ["spec": ["selector": ["matchLabels": ["a": "b"]], "minAvailable": 1]]
    let patch: JSONValue = ["spec": ["selector": ["matchLabels": ["c": "d"]], "minAvailable": "50%"]]
    #expect(try apply(patch, to: old, as: kind) == patch)
  }

  @Test func mergesListsInListsAndVolumesByRetainKeys() throws {
    let document: JSONValue = [
      "spec": [
        "containers": [["name": "c", "env": [["name": "A", "value": "1"], ["name": "B", "value": "2"]]]],
        "volumes": [["name": "v", "emptyDir": [:]], ["name": "w", "hostPath": ["path": "/"]]],
      ]
    ]
    let patch: JSONValue = [
      "spec": [
        "containers": [["name": "c", "env": [["name": "B", "$patch": "delete"], ["name": "A", "value": "3"]]]],
        "volumes": [["name": "v", "$retainKeys": ["name", "secret"], "secret": ["secretName": "s"]]],
      ]
    ]
    let result = try apply(patch, to: document)
    #expect(result["spec"]?["containers"] == [["name": "c", "env": [["name": "A", "value": "3"]]]])
    #expect(
      result["spec"]?["volumes"] == [
        ["name": "v", "secret": ["secretName": "s"]], ["name": "w", "hostPath": ["path": "/"]],
      ])
  }

  @Test func longListsStayLinear() throws {
    let keys: [JSONValue] = (0..<20_000).map { .string("f\($0)") }
    let document: JSONValue = ["metadata": ["finalizers": .array(keys)]]
    let patch: JSONValue = [
      "metadata": ["finalizers": .array(keys.reversed()), "$setElementOrder/finalizers": .array(keys.reversed())]
    ]
    #expect(try apply(patch, to: document)["metadata"]?["finalizers"] == .array(keys.reversed()))
  }
}
