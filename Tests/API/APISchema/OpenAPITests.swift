import APISchema
import JSONDocument
import Testing

@Suite struct OpenAPITests {
  private let openAPI = OpenAPI(version: "v1.33.0")
  private let apps = GroupVersion(group: "apps", version: "v1")

  @Test func theIndexListsWhatIsServed() {
    let paths = openAPI.v3Index()["paths"]?.objectValue
    let served = ResourceTable.served.groupVersions
    #expect(paths?.keys == served.map { $0.group.isEmpty ? "api/\($0.version)" : "apis/\($0.apiVersion)" })
    let address = paths?["apis/apps/v1"]?["serverRelativeURL"]?.stringValue
    #expect(address?.hasPrefix("/openapi/v3/apis/apps/v1?hash=") == true)
    #expect(openAPI.v3Index() == openAPI.v3Index())
    #expect(openAPI.v3Document(of: GroupVersion(group: "apiextensions.k8s.io", version: "v1")) == nil)
  }

  /// What kubectl looks for before it validates and patches.
  @Test func patchOperationsListTheirParameters() throws {
    let document = try #require(openAPI.v3Document(of: apps))
    let path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}"
    let patch = try #require(document["paths"]?[path]?["patch"])
    let names = patch["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
    #expect(Set(names) == ["dryRun", "fieldManager", "fieldValidation", "force"])
    #expect(
      patch["x-kubernetes-group-version-kind"] == ["group": "apps", "version": "v1", "kind": "Deployment"])
    #expect(document["paths"]?[path + "/scale"]?["patch"] != nil)
    #expect(document["paths"]?["/apis/apps/v1/deployments"]?["get"]?["x-kubernetes-action"] == "list")
    #expect(document["paths"]?["/apis/apps/v1/namespaces/{namespace}/daemonsets/{name}/scale"] == nil)
  }

  @Test func schemasCarryWhatPatchesNeed() throws {
    let document = try #require(openAPI.v3Document(of: apps))
    let schemas = try #require(document["components"]?["schemas"])
    let containers = schemas["io.k8s.api.core.v1.PodSpec"]?["properties"]?["containers"]
    #expect(containers?["x-kubernetes-patch-merge-key"] == "name")
    #expect(containers?["x-kubernetes-patch-strategy"] == "merge")
    #expect(containers?["items"]?["$ref"] == "#/components/schemas/io.k8s.api.core.v1.Container")
    let strategy = schemas["io.k8s.api.apps.v1.DeploymentSpec"]?["properties"]?["strategy"]
    #expect(strategy?["x-kubernetes-patch-strategy"] == "retainKeys")
    #expect(strategy?["allOf"] != nil)
    #expect(schemas["io.k8s.api.apps.v1.DeploymentSpec"]?["required"] == ["selector", "template"])
    #expect(schemas["io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector"]?["x-kubernetes-map-type"] == "atomic")
    #expect(schemas["io.k8s.api.networking.v1.Ingress"] == nil)
  }

  /// No reference leads nowhere, in any document, and operations have names of their own.
  @Test func documentsAreClosed() throws {
    var documents = [(openAPI.v2Document(), "#/definitions/", ["definitions"])]
    for groupVersion in ResourceTable.served.groupVersions {
      let document = try #require(openAPI.v3Document(of: groupVersion))
      documents.append((document, "#/components/schemas/", ["components", "schemas"]))
    }
    let all = OpenAPI(resources: .builtIn, version: "v1.33.0")
    documents.append((all.v2Document(), "#/definitions/", ["definitions"]))
    for (document, prefix, path) in documents {
      let definitions = try #require(document[path: path]?.objectValue)
      var ids: [String] = []
      walk(document) { name, value in
        guard case .string(let text) = value else { return }
        if name == "$ref" {
          #expect(text.hasPrefix(prefix) && definitions.contains(String(text.dropFirst(prefix.count))), "\(text)")
        }
        if name == "operationId" { ids.append(text) }
      }
      #expect(Set(ids).count == ids.count)
    }
  }

  /// Protobuf of both versions, against messages written down by hand: the operations of one small group.
  @Test func protobufCarriesTheSame() throws {
    let small = OpenAPI(
      resources: ResourceTable.builtIn.filter { $0.name == "selfsubjectreviews" }, version: "v1.33.0")
    let v2 = small.v2Protobuf()
    let info = message(2, text(1, "Kubernetes"), text(2, "v1.33.0"))
    #expect(v2.starts(with: text(1, "2.0") + info))
    // A parameter of the query, which takes any of three values once.
    let dryRun = message(
      8, message(1, message(2, message(3, text(2, "query"), text(4, "dryRun"), text(6, "string"), number(20, 1)))))
    #expect(contains(v2, dryRun))
    let kind = "io.k8s.api.authentication.v1.SelfSubjectReview"
    let body = message(
      8,
      message(
        1, message(1, text(2, "body"), text(3, "body"), number(4, 1), message(5, text(1, "#/definitions/\(kind)")))))
    #expect(contains(v2, body))
    let own = message(2, message(1, text(1, "#/definitions/\(kind)")))
    let answer = message(1, text(1, "201"), message(2, message(1, text(1, "Created"), own)))
    #expect(contains(v2, answer))
    let version = message(1, text(1, "apiVersion"), message(2, message(22, text(1, "string"))))
    #expect(contains(v2, version))
    let group = #"[{"group":"authentication.k8s.io","kind":"SelfSubjectReview","version":"v1"}]"# + "\n"
    let kinds = message(31, text(1, "x-kubernetes-group-version-kind"), message(2, text(2, group)))
    #expect(contains(v2, kinds))

    let groupVersion = GroupVersion(group: "authentication.k8s.io", version: "v1")
    let v3 = try #require(small.v3Protobuf(of: groupVersion))
    #expect(v3.starts(with: text(1, "3.0.0") + message(2, text(1, "Kubernetes"), text(6, "v1.33.0"))))
    let parameter = message(
      6,
      message(
        1, text(1, "dryRun"), text(2, "query"), message(10, message(1, number(20, 1), text(25, "string")))))
    #expect(contains(v3, parameter))
    let reference = message(2, text(1, "#/components/schemas/\(kind)"))
    let response = message(
      2, text(1, "201"),
      message(
        2,
        message(
          1, text(1, "Created"),
          message(3, message(1, text(1, "application/json"), message(2, message(1, reference)))))))
    #expect(contains(v3, response))
    #expect(small.v3Protobuf(of: apps) == nil)
    // All of it can be made, whatever is in it.
    let all = OpenAPI(resources: .builtIn, version: "v1.33.0")
    #expect(all.v2Protobuf().count > 100_000)
    for groupVersion in ResourceTable.builtIn.groupVersions { #expect(all.v3Protobuf(of: groupVersion) != nil) }
  }

  private func walk(_ value: JSONValue, _ visit: (String, JSONValue) -> Void) {
    switch value {
    case .array(let elements): for element in elements { walk(element, visit) }
    case .object(let object):
      for member in object.members {
        visit(member.key, member.value)
        walk(member.value, visit)
      }
    default: break
    }
  }
}
