import APISchema
import JSONDocument
import Testing

/// What client generators make methods of: names, tags, parameters and answers of operations, as Kubernetes has them.
@Suite struct OpenAPIOperationTests {
  private static let openAPI = OpenAPI(version: "v1.33.0")
  private static let whole = OpenAPI(resources: .builtIn, version: "v1.33.0")
  private static let methods = ["get", "put", "post", "patch", "delete", "head", "options"]
  private static let pod = "/api/v1/namespaces/{namespace}/pods/{name}"

  private static let swagger = openAPI.v2Document()
  private static let wholeSwagger = whole.v2Document()

  private var document: JSONValue { Self.swagger }

  private func operation(_ path: String, _ method: String) -> JSONValue? { document[path: "paths", path, method] }

  private func operations(_ document: JSONValue) -> [(place: String, operation: JSONValue)] {
    var all: [(place: String, operation: JSONValue)] = []
    for path in document["paths"]?.objectValue?.members ?? [] {
      for method in Self.methods {
        guard let operation = path.value[method] else { continue }
        all.append((place: "\(method) \(path.key)", operation: operation))
      }
    }
    return all
  }

  private func names(_ list: JSONValue?, in place: String) -> [String] {
    (list?.arrayValue ?? []).filter { $0["in"] == .string(place) }.compactMap { $0["name"]?.stringValue }
  }

  @Test func everyOperationSaysWhatItIs() throws {
    var documents = [(Self.wholeSwagger, true)]
    for groupVersion in ResourceTable.builtIn.groupVersions {
      let document = try #require(Self.whole.v3Document(of: groupVersion))
      documents.append((document, false))
    }
    for (document, isSwagger) in documents {
      let all = operations(document)
      #expect(!all.isEmpty)
      for (place, operation) in all {
        #expect(operation["tags"]?.arrayValue?.count == 1, "\(place)")
        #expect(operation["description"]?.stringValue?.hasSuffix(".") == true, "\(place)")
        #expect(operation[path: "responses", "401"] == ["description": "Unauthorized"], "\(place)")
        #expect(operation[path: "responses", "200", "description"] == "OK", "\(place)")
        #expect((operation["schemes"] == ["https"]) == isSwagger, "\(place)")
        #expect((operation["consumes"] != nil && operation["produces"] != nil) == isSwagger, "\(place)")
      }
    }
  }

  @Test func namesAndTagsAreThoseOfKubernetes() {
    let expected: [(path: String, method: String, id: String, tag: String)] = [
      ("/api/v1/namespaces/{namespace}/pods", "get", "listCoreV1NamespacedPod", "core_v1"),
      ("/api/v1/namespaces/{namespace}/pods", "delete", "deleteCoreV1CollectionNamespacedPod", "core_v1"),
      ("/api/v1/pods", "get", "listCoreV1PodForAllNamespaces", "core_v1"),
      ("/api/v1/namespaces/{namespace}/pods/{name}/status", "patch", "patchCoreV1NamespacedPodStatus", "core_v1"),
      ("/api/v1/namespaces/{namespace}/pods/{name}/eviction", "post", "createCoreV1NamespacedPodEviction", "core_v1"),
      ("/api/v1/namespaces/{namespace}/pods/{name}/exec", "get", "connectCoreV1GetNamespacedPodExec", "core_v1"),
      ("/api/v1/nodes/{name}", "get", "readCoreV1Node", "core_v1"),
      ("/apis/apps/v1/deployments", "get", "listAppsV1DeploymentForAllNamespaces", "apps_v1"),
      (
        "/apis/rbac.authorization.k8s.io/v1/clusterroles", "post", "createRbacAuthorizationV1ClusterRole",
        "rbacAuthorization_v1"
      ),
      (
        "/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas/{name}", "put", "replaceFlowcontrolApiserverV1FlowSchema",
        "flowcontrolApiserver_v1"
      ),
      ("/version/", "get", "getCodeVersion", "version"),
      ("/api/", "get", "getCoreAPIVersions", "core"),
      ("/api/v1/", "get", "getCoreV1APIResources", "core_v1"),
      ("/apis/", "get", "getAPIVersions", "apis"),
      ("/apis/apps/", "get", "getAppsAPIGroup", "apps"),
      ("/apis/apps/v1/", "get", "getAppsV1APIResources", "apps_v1"),
      ("/apis/rbac.authorization.k8s.io/", "get", "getRbacAuthorizationAPIGroup", "rbacAuthorization"),
      ("/apis/autoscaling/v2/", "get", "getAutoscalingV2APIResources", "autoscaling_v2"),
    ]
    for (path, method, id, tag) in expected {
      let found = Self.wholeSwagger[path: "paths", path, method]
      #expect(found?["operationId"] == .string(id), "\(method) \(path)")
      #expect(found?["tags"] == .array([.string(tag)]), "\(method) \(path)")
    }
  }

  @Test func discoveryAnswersItsTypes() throws {
    let meta = "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1."
    for (path, name) in [
      ("/api/", meta + "APIVersions"), ("/api/v1/", meta + "APIResourceList"), ("/apis/", meta + "APIGroupList"),
      ("/apis/apps/", meta + "APIGroup"), ("/apis/apps/v1/", meta + "APIResourceList"),
      ("/version/", "#/definitions/io.k8s.apimachinery.pkg.version.Info"),
    ] {
      let get = operation(path, "get")
      #expect(get?[path: "responses", "200", "schema", "$ref"] == .string(name), "\(path)")
      #expect(get?["x-kubernetes-action"] == nil && document[path: "paths", path, "parameters"] == nil, "\(path)")
    }
    let group = try #require(document[path: "definitions", "io.k8s.apimachinery.pkg.apis.meta.v1.APIGroup"])
    #expect(group["x-kubernetes-group-version-kind"] == [["group": "", "version": "v1", "kind": "APIGroup"]])
    let info = try #require(document[path: "definitions", "io.k8s.apimachinery.pkg.version.Info"])
    #expect(info[path: "properties", "gitVersion", "type"] == "string")
    #expect(info["required"]?.arrayValue?.count == 9 && info["properties"]?.objectValue?.count == 13)
    // In version 3, each document has the list of its own resources.
    let apps = Self.openAPI.v3Document(of: GroupVersion(group: "apps", version: "v1"))
    let list = apps?[path: "paths", "/apis/apps/v1/", "get", "responses", "200", "content", "application/json"]
    #expect(
      list?[path: "schema", "$ref"] == "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.APIResourceList")
    #expect(apps?[path: "paths", "/version/"] == nil)
  }

  @Test(arguments: [
    ("/api/v1/namespaces/{namespace}/pods/{name}/proxy", "NamespacedPod", "PodProxyOptions"),
    ("/api/v1/namespaces/{namespace}/services/{name}/proxy", "NamespacedService", "ServiceProxyOptions"),
    ("/api/v1/nodes/{name}/proxy", "Node", "NodeProxyOptions"),
  ])
  func proxiesTakeAllMethods(path: String, object: String, kind: String) {
    for (path, end) in [(path, "Proxy"), (path + "/{path}", "ProxyWithPath")] {
      for method in Self.methods {
        let found = operation(path, method)
        let id = "connectCoreV1\(method.prefix(1).uppercased())\(method.dropFirst())\(object)\(end)"
        #expect(found?["operationId"] == .string(id))
        #expect(found?["x-kubernetes-action"] == "connect")
        #expect(found?[path: "x-kubernetes-group-version-kind", "kind"] == .string(kind))
        #expect(found?["consumes"] == ["*/*"] && found?["produces"] == ["*/*"])
        #expect(found?[path: "responses", "200", "schema"] == ["type": "string"])
        #expect(found?["parameters"] == nil)
      }
      let parameters = document[path: "paths", path, "parameters"]
      #expect(names(parameters, in: "path").contains("path") == (end == "ProxyWithPath"))
      #expect(names(parameters, in: "query") == ["path"])
    }
  }

  @Test func connectionsAndLogsTakeTheirOptions() {
    func parameters(_ subresource: String) -> JSONValue? {
      document[path: "paths", "\(Self.pod)/\(subresource)", "parameters"]
    }
    #expect(
      Set(names(parameters("exec"), in: "query")) == ["command", "container", "stderr", "stdin", "stdout", "tty"])
    let ports = parameters("portforward")?.arrayValue?.first { $0["name"] == "ports" }
    #expect(ports?["type"] == "integer")
    let log = names(parameters("log"), in: "query")
    #expect(Set(log).isSuperset(of: ["container", "follow", "previous", "tailLines", "timestamps", "pretty"]))
    let get = operation("\(Self.pod)/log", "get")
    #expect(get?["produces"]?.arrayValue?.first == "text/plain")
    #expect(get?[path: "responses", "200", "schema"] == ["type": "string"])
    #expect(operation("\(Self.pod)/exec", "post")?["operationId"] == "connectCoreV1PostNamespacedPodExec")
    #expect(operation("\(Self.pod)/exec", "put") == nil)
  }

  /// `pretty` is for all methods of a path; bodies have to be sent but for deletions.
  @Test func parametersAndAnswersOfObjects() {
    let parameters = document[path: "paths", Self.pod, "parameters"]
    #expect(names(parameters, in: "path") == ["name", "namespace"] && names(parameters, in: "query") == ["pretty"])
    for (method, required, codes) in [
      ("get", nil, ["200", "401"]), ("put", true, ["200", "201", "401"]), ("patch", true, ["200", "201", "401"]),
      ("delete", false, ["200", "202", "401"]),
    ] as [(String, Bool?, [String])] {
      let found = operation(Self.pod, method)
      let body = found?["parameters"]?.arrayValue?.first { $0["in"] == "body" }
      let isRequired = body.map { $0["required"] == true }
      #expect(isRequired == required, "\(method)")
      #expect(found?["responses"]?.objectValue?.keys == codes, "\(method)")
      let consumed = found?["consumes"]?.arrayValue ?? []
      #expect(consumed.contains("application/apply-patch+yaml") == (method == "patch"), "\(method)")
      #expect((consumed == ["*/*"]) == (method != "patch"), "\(method)")
    }
    let create = operation("/api/v1/namespaces/{namespace}/pods", "post")
    #expect(create?[path: "responses", "201", "description"] == "Created")
    #expect(create?[path: "responses", "202", "description"] == "Accepted")
    let list = operation("/api/v1/pods", "get")
    #expect(list?["produces"]?.arrayValue?.contains("application/json;stream=watch") == true)
  }

  @Test func callersProveWhoTheyAreByTokens() {
    #expect(document["security"] == [["BearerToken": []]])
    #expect(
      document["securityDefinitions"] == [
        "BearerToken": [
          "description": "Bearer Token authentication", "type": "apiKey", "name": "authorization", "in": "header",
        ]
      ])
  }

  /// What stands at the ends of messages, against bytes written down by hand.
  @Test func protobufHasTagsSchemesAndSecurity() {
    let small = OpenAPI(
      resources: ResourceTable.builtIn.filter { ["nodes", "nodes/proxy"].contains($0.name) }, version: "v1.33.0")
    let bytes = small.v2Protobuf()
    let key = message(
      2, text(1, "apiKey"), text(2, "authorization"), text(3, "header"), text(4, "Bearer Token authentication"))
    let end =
      message(12, message(1, text(1, "BearerToken"), message(2)))
      + message(13, message(1, text(1, "BearerToken"), message(2, key)))
    #expect(Array(bytes.suffix(end.count)) == end)

    let string = message(2, message(1, message(22, text(1, "string"))))
    let answers = message(
      9, message(1, text(1, "200"), message(2, message(1, text(1, "OK"), string))),
      message(1, text(1, "401"), message(2, message(1, text(1, "Unauthorized")))))
    let kind = #"{"group":"","kind":"NodeProxyOptions","version":"v1"}"# + "\n"
    let extensions =
      message(13, text(1, "x-kubernetes-action"), message(2, text(2, "\"connect\"\n")))
      + message(13, text(1, "x-kubernetes-group-version-kind"), message(2, text(2, kind)))
    func operation(_ method: String) -> [UInt8] {
      let id = method.prefix(1).uppercased() + method.dropFirst().lowercased()
      let parts = [
        text(1, "core_v1"), text(3, "Hands \(method) requests on to proxy of the Node that is named."),
        text(5, "connectCoreV1\(id)NodeProxy"), text(6, "*/*"), text(7, "*/*"), answers, text(10, "https"), extensions,
      ]
      return parts.flatMap { $0 }
    }
    let methods = message(6, operation("OPTIONS")) + message(7, operation("HEAD")) + message(8, operation("PATCH"))
    #expect(contains(bytes, methods))

    let v3 = small.v3Protobuf(of: GroupVersion(group: "", version: "v1")) ?? []
    #expect(contains(v3, text(1, "core_v1") + text(3, "Hands HEAD requests on to proxy of the Node that is named.")))
    // An answer without a body.
    #expect(contains(v3, message(2, text(1, "401"), message(2, message(1, text(1, "Unauthorized"))))))
    // A body that has to be there.
    let schema = message(1, message(2, text(1, "#/components/schemas/io.k8s.api.core.v1.Node")))
    let content = message(2, message(1, text(1, "*/*"), message(2, schema)))
    #expect(contains(v3, message(7, message(1, content, number(3, 1)))))
  }
}
