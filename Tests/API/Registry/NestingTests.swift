import JSONDocument
import KubernetesAPI
import Registry
import Testing

/// What is stored can be read by everybody, with its records and whatever is put around it.
@Suite("Nesting")
struct NestingTests {
  private static func revision(levels: Int) -> JSONValue {
    var data: JSONValue = [:]
    for _ in 1..<levels { data = ["a": data] }
    return [
      "apiVersion": "apps/v1", "kind": "ControllerRevision", "metadata": ["name": "a"], "data": data, "revision": 1,
    ]
  }

  @Test("the deepest object that is taken can be read in a list; what is deeper is refused")
  func bound() async throws {
    try await Harness.run { harness in
      let found = harness.registry.resource(group: "apps", version: "v1", plural: "controllerrevisions")
      let revisions = try #require(found)
      // The object itself is a level too.
      let deepest = JSONReader.depthLimit - 17
      let error = await harness.failure {
        _ = try await harness.registry.create(
          revisions, namespace: "default", document: Self.revision(levels: deepest + 1), options: Harness.admin)
      }
      #expect(error?.code == 400)
      let made = try await harness.registry.create(
        revisions, namespace: "default", document: Self.revision(levels: deepest), options: Harness.admin)
      let text = Array(#"{"items":["#.utf8) + made.object.json + Array("]}".utf8)
      let list = try ObjectList<AppsV1.ControllerRevision>(jsonBytes: text)
      // The records nest more deeply than the object.
      #expect(list.items.first?.metadata.managedFields.count == 1)
    }
  }
}
