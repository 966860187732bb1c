import APISchema
import JSONDocument
import Testing

/// What `kubectl explain` has to say: everything that pods, services and deployments lead to is described.
@Suite struct DescriptionTests {
  private static let openAPI = OpenAPI(version: "v1.33.0")

  /// The name of the schema that a property refers to, directly or in a list or map; nil: a plain value.
  private static func reference(_ property: JSONValue) -> String? {
    if let name = property["$ref"]?.stringValue {
      return name.split(separator: "/").last.map(String.init)
    }
    for inner in [property["items"], property["additionalProperties"], property["allOf"]?.arrayValue?.first] {
      if let inner, let name = reference(inner) { return name }
    }
    return nil
  }

  @Test(
    "every type and field is described",
    arguments: [
      (GroupVersion(group: "", version: "v1"), "io.k8s.api.core.v1.Pod"),
      (GroupVersion(group: "", version: "v1"), "io.k8s.api.core.v1.Service"),
      (GroupVersion(group: "apps", version: "v1"), "io.k8s.api.apps.v1.Deployment"),
    ])
  func complete(groupVersion: GroupVersion, root: String) throws {
    let document = try #require(Self.openAPI.v3Document(of: groupVersion))
    let schemas = try #require(document["components"]?["schemas"]?.objectValue)
    var pending = [root, root + "List"]
    var seen: Set<String> = []
    var fields = 0
    while let name = pending.popLast() {
      guard seen.insert(name).inserted else { continue }
      let schema = try #require(schemas[name], "\(name)")
      // Times, quantities and the like are plain values.
      guard let properties = schema["properties"]?.objectValue else { continue }
      check(schema, name)
      for member in properties.members {
        check(member.value, "\(name).\(member.key)")
        fields += 1
        if let next = Self.reference(member.value) { pending.append(next) }
      }
    }
    // The walk has come somewhere.
    #expect(seen.contains("io.k8s.apimachinery.pkg.apis.meta.v1.ManagedFieldsEntry") && fields > 60)
    if root.hasSuffix("Pod") { #expect(seen.contains("io.k8s.api.core.v1.KeyToPath") && fields > 500) }
  }

  /// One line: short, a sentence of its own.
  private func check(_ value: JSONValue, _ place: String) {
    let text = value["description"]?.stringValue ?? ""
    #expect(!text.isEmpty, "\(place) has no description")
    #expect(text.utf8.count <= 120 && !text.contains("\n") && text.last == "." || text.isEmpty, "\(place): \(text)")
  }

  @Test("fields of inline types have their own texts, or those of the types that they are from")
  func inherited() throws {
    let document = try #require(Self.openAPI.v3Document(of: GroupVersion(group: "", version: "v1")))
    func text(_ type: String, _ field: String) -> JSONValue? {
      document[
        path: "components", "schemas", "io.k8s.api.core.v1.\(type)", "properties", field, "description"]
    }
    #expect(text("EphemeralContainer", "image") == text("Container", "image"))
    #expect(text("EphemeralContainer", "image") != nil)
    #expect(text("EphemeralContainer", "ports") != text("Container", "ports"))
    #expect(text("Volume", "csi") != nil)
    // A type's own text ends where it says whose fields it has.
    let schemas = document["components"]?["schemas"]
    #expect(
      schemas?["io.k8s.api.core.v1.Volume"]?["description"]
        == "Storage that the containers of a pod can mount.")
    // Who has nothing to say says nothing.
    #expect(schemas?["io.k8s.api.core.v1.Node"]?["description"] == nil)
  }

  /// Version 2 carries the same.
  @Test func bothVersionsSayTheSame() {
    let document = Self.openAPI.v2Document()
    let replicas = document[
      path: "definitions", "io.k8s.api.apps.v1.DeploymentSpec", "properties", "replicas", "description"]
    #expect(replicas == "How many pods are wanted. Default 1.")
    let spec = document[path: "definitions", "io.k8s.api.apps.v1.Deployment", "properties", "spec"]
    #expect(spec?["$ref"] == "#/definitions/io.k8s.api.apps.v1.DeploymentSpec")
    #expect(spec?["description"] == "What is wanted.")
  }
}
