import JSONDocument

extension OpenAPI {
  /// The paths of a group-version's resources and subresources, each with the operations of its verbs.
  func addPaths(of groupVersion: GroupVersion, to paths: inout JSONObject, style: Style) {
    for resource in resources.resources(of: groupVersion) {
      let base = groupVersion.basePath
      let scoped = resource.isNamespaced ? "\(base)/namespaces/{namespace}" : base
      let item = ["\(scoped)/\(resource.resource)/{name}", resource.subresource].compactMap { $0 }
      let itemVerbs: [(verb: String, method: String, action: String)] = [
        ("get", "get", "get"), ("update", "put", "put"), ("patch", "patch", "patch"), ("delete", "delete", "delete"),
      ]
      if resource.isSubresource {
        add(resource, itemVerbs + [("create", "post", "post")], at: item.joined(separator: "/"), to: &paths, style)
        continue
      }
      add(
        resource,
        [
          ("list", "get", "list"), ("create", "post", "post"),
          ("deletecollection", "delete", "deletecollection"),
        ],
        at: "\(scoped)/\(resource.name)", to: &paths, style)
      add(resource, itemVerbs, at: item.joined(separator: "/"), to: &paths, style)
      if resource.isNamespaced {
        add(resource, [("list", "get", "list")], at: "\(base)/\(resource.name)", to: &paths, style)
      }
    }
  }

  private func add(
    _ resource: ResourceSchema, _ operations: [(verb: String, method: String, action: String)], at path: String,
    to paths: inout JSONObject, _ style: Style
  ) {
    var entry = JSONObject()
    for operation in operations where resource.verbs.contains(operation.verb) {
      entry[operation.method] = self.operation(operation.action, on: resource, at: path, style)
    }
    guard !entry.isEmpty else { return }
    var parameters: [JSONValue] = []
    if path.contains("{name}") { parameters.append(parameter("name", "string", in: "path", style)) }
    if path.contains("{namespace}") { parameters.append(parameter("namespace", "string", in: "path", style)) }
    parameters.append(parameter("pretty", "string", in: "query", style))
    entry["parameters"] = .array(parameters)
    paths[path] = .object(entry)
  }

  private func operation(
    _ action: String, on resource: ResourceSchema, at path: String, _ style: Style
  ) -> JSONValue {
    let reference = { (name: String) -> JSONValue in ["$ref": .string(style.referencePrefix + name)] }
    let own = schema.index(of: resource.kind).map { reference(name(ofType: $0)) } ?? ["type": "object"]
    let list = schema.index(of: listKind(of: resource)).map { reference(name(ofType: $0)) } ?? own
    let meta = { (kind: String) in reference("io.k8s.apimachinery.pkg.apis.meta.v1.\(kind)") }
    var operation: JSONObject = ["operationId": .string(operationID(action, resource, path))]
    var parameters: [JSONValue] = Self.queryParameters[action, default: []].map {
      parameter($0.name, $0.type, in: "query", style)
    }
    var answer = own
    var body: JSONValue?
    var types: [JSONValue] = ["application/json", "application/yaml", .string(Schema.protobufMediaType)]
    switch action {
    case "list": answer = list
    case "delete", "deletecollection":
      answer = meta("Status")
      body = meta("DeleteOptions")
    case "post", "put": body = own
    case "patch":
      body = meta("Patch")
      types = [
        "application/json-patch+json", "application/merge-patch+json",
        "application/strategic-merge-patch+json", "application/apply-patch+yaml",
      ]
    default: break
    }
    let responses = action == "post" ? ["200", "201", "202"] : action == "delete" ? ["200", "202"] : ["200"]
    switch style {
    case .v2:
      operation["consumes"] = .array(body == nil ? ["*/*"] : types)
      var produced: [JSONValue] = ["application/json", "application/yaml", .string(Schema.protobufMediaType)]
      if action == "list" {
        produced += ["application/json;stream=watch", .string(Schema.protobufMediaType + ";stream=watch")]
      }
      operation["produces"] = .array(produced)
      if let body { parameters.append(["name": "body", "in": "body", "required": true, "schema": body]) }
      operation["responses"] = .object(
        JSONObject(responses.map { ($0, ["description": "OK", "schema": answer]) }))
    case .v3:
      if let body {
        let content = JSONObject(types.compactMap(\.stringValue).map { ($0, ["schema": body]) })
        operation["requestBody"] = ["content": .object(content)]
      }
      let content: JSONValue = ["application/json": ["schema": answer]]
      operation["responses"] = .object(
        JSONObject(responses.map { ($0, ["description": "OK", "content": content]) }))
    }
    if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
    operation["x-kubernetes-action"] = .string(action)
    operation["x-kubernetes-group-version-kind"] = Self.document(resource.kind)
    return .object(operation)
  }

  private func parameter(_ name: String, _ type: String, in place: String, _ style: Style) -> JSONValue {
    var parameter: JSONObject = ["name": .string(name), "in": .string(place)]
    if place == "path" { parameter["required"] = true }
    switch style {
    case .v2:
      parameter["type"] = .string(type)
      parameter["uniqueItems"] = true
    case .v3: parameter["schema"] = ["type": .string(type), "uniqueItems": true]
    }
    return .object(parameter)
  }

  /// `listCoreV1NamespacedPod`, unique by verb, resource and path.
  private func operationID(_ action: String, _ resource: ResourceSchema, _ path: String) -> String {
    let verbs = [
      "get": "read", "put": "replace", "post": "create", "deletecollection": "deleteCollection",
    ]
    func capitalized(_ text: some StringProtocol) -> String { text.prefix(1).uppercased() + text.dropFirst() }
    let group = resource.groupVersion.group.split(separator: ".").first.map(String.init) ?? "core"
    var id = verbs[action, default: action] + capitalized(group) + capitalized(resource.groupVersion.version)
    if path.contains("{namespace}") { id += "Namespaced" }
    let owner = resources.resource(resource.resource, in: resource.groupVersion) ?? resource
    id += capitalized(owner.kind.kind)
    if let subresource = resource.subresource { id += capitalized(subresource) }
    if resource.isNamespaced, !path.contains("{namespace}") { id += "ForAllNamespaces" }
    return id
  }

  private static let writeParameters: [(name: String, type: String)] = [
    ("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string"),
  ]

  private static let listParameters: [(name: String, type: String)] = [
    ("allowWatchBookmarks", "boolean"), ("continue", "string"), ("fieldSelector", "string"),
    ("labelSelector", "string"), ("limit", "integer"), ("resourceVersion", "string"),
    ("resourceVersionMatch", "string"), ("sendInitialEvents", "boolean"), ("timeoutSeconds", "integer"),
    ("watch", "boolean"),
  ]

  private static let deleteParameters: [(name: String, type: String)] = [
    ("dryRun", "string"), ("gracePeriodSeconds", "integer"), ("orphanDependents", "boolean"),
    ("propagationPolicy", "string"),
  ]

  /// The query parameters of each action.
  private static let queryParameters: [String: [(name: String, type: String)]] = [
    "list": listParameters,
    "post": writeParameters,
    "put": writeParameters,
    "patch": writeParameters + [("force", "boolean")],
    "delete": deleteParameters,
    "deletecollection": deleteParameters + listParameters.filter { $0.name != "watch" },
  ]
}
