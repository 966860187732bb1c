import JSONDocument

extension OpenAPI {
  /// An operation on a resource: the verb that the resource must have for it, the HTTP method, and Kubernetes' name for
  /// what it does.
  struct ResourceCall {
    var verb: String
    var method: String
    var action: String
  }

  /// The action of requests that are handed on: to a pod, a service, a node.
  static let connect = "connect"

  private static let itemCalls = [
    ResourceCall(verb: "get", method: "get", action: "get"),
    ResourceCall(verb: "update", method: "put", action: "put"),
    ResourceCall(verb: "patch", method: "patch", action: "patch"),
    ResourceCall(verb: "delete", method: "delete", action: "delete"),
  ]
  private static let list = ResourceCall(verb: "list", method: "get", action: "list")
  private static let create = ResourceCall(verb: "create", method: "post", action: "post")
  private static let collectionCalls = [
    list, create, ResourceCall(verb: "deletecollection", method: "delete", action: "deletecollection"),
  ]
  private static let connectCalls: [ResourceCall] = (itemCalls + [create]).map {
    ResourceCall(verb: $0.verb, method: $0.method, action: connect)
  }
  /// A proxy takes all methods; those of the last two belong to no verb of their own.
  private static let proxyCalls: [ResourceCall] =
    connectCalls + ["head", "options"].map { ResourceCall(verb: "get", method: $0, action: connect) }

  /// The paths of a group-version: the list of its resources, and its resources and subresources, each with the
  /// operations of its verbs.
  func addPaths(of groupVersion: GroupVersion, to paths: inout JSONObject, style: Style) {
    addResourceList(of: groupVersion, to: &paths, style: style)
    let base = groupVersion.basePath
    for resource in resources.resources(of: groupVersion) {
      let scoped = resource.isNamespaced ? "\(base)/namespaces/{namespace}" : base
      let object = "\(scoped)/\(resource.resource)/{name}"
      guard let subresource = resource.subresource else {
        add(resource, Self.collectionCalls, at: "\(scoped)/\(resource.name)", to: &paths, style)
        add(resource, Self.itemCalls, at: object, to: &paths, style)
        if resource.isNamespaced { add(resource, [Self.list], at: "\(base)/\(resource.name)", to: &paths, style) }
        continue
      }
      let path = "\(object)/\(subresource)"
      if !resource.isConnection {
        add(resource, Self.itemCalls + [Self.create], at: path, to: &paths, style)
      } else if subresource == "proxy" {
        add(resource, Self.proxyCalls, at: path, to: &paths, style)
        add(resource, Self.proxyCalls, at: path + "/{path}", to: &paths, style)
      } else {
        add(resource, Self.connectCalls, at: path, to: &paths, style)
      }
    }
  }

  private func add(
    _ resource: ResourceSchema, _ calls: [ResourceCall], at path: String, to paths: inout JSONObject, _ style: Style
  ) {
    var entry = JSONObject()
    for call in calls where resource.verbs.contains(call.verb) {
      entry[call.method] = operation(call, on: resource, at: path, style).document(style)
    }
    guard !entry.isEmpty else { return }
    var parameters = ["name", "namespace", "path"].filter { path.contains("{\($0)}") }.map {
      parameter($0, "string", in: "path", style)
    }
    parameters += options(of: resource, style)
    if !resource.isConnection { parameters.append(parameter("pretty", "string", in: "query", style)) }
    entry["parameters"] = .array(parameters)
    paths[path] = .object(entry)
  }

  private func operation(
    _ call: ResourceCall, on resource: ResourceSchema, at path: String, _ style: Style
  ) -> OpenAPIOperation {
    let own = schema.index(of: resource.kind).map { reference(to: name(ofType: $0), style) } ?? ["type": "object"]
    let list = schema.index(of: listKind(of: resource)).map { reference(to: name(ofType: $0), style) } ?? own
    var operation = OpenAPIOperation(
      id: operationID(call, on: resource, at: path), tag: Self.tag(of: resource.groupVersion),
      text: text(call, on: resource, at: path), answer: own, action: call.action, kind: resource.kind)
    operation.parameters = Self.queryParameters[call.action, default: []].map {
      parameter($0.name, $0.type, in: "query", style)
    }
    switch call.action {
    case "list":
      operation.produces = OpenAPIOperation.listTypes
      operation.answer = list
    case "delete", "deletecollection":
      operation.body = (schema: reference(to: Self.metaPrefix + "DeleteOptions", style), isRequired: false)
      operation.answer = reference(to: Self.metaPrefix + "Status", style)
      if call.action == "delete" { operation.codes = ["200", "202"] }
    case "post":
      operation.body = (schema: own, isRequired: true)
      operation.codes = ["200", "201", "202"]
    case "put":
      operation.body = (schema: own, isRequired: true)
      operation.codes = ["200", "201"]
    case "patch":
      operation.consumes = OpenAPIOperation.patchTypes
      operation.body = (schema: reference(to: Self.metaPrefix + "Patch", style), isRequired: true)
      operation.codes = ["200", "201"]
    case Self.connect:
      operation.produces = ["*/*"]
      operation.answer = ["type": "string"]
    default:
      guard resource.isLog else { break }
      operation.produces = ["text/plain"] + OpenAPIOperation.documentTypes
      operation.answer = ["type": "string"]
    }
    return operation
  }

  func reference(to name: String, _ style: Style) -> JSONValue { ["$ref": .string(style.referencePrefix + name)] }

  // MARK: - Parameters

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

  /// What connections and logs are asked for with: the fields of their options' kind, as parameters of the query.
  private func options(of resource: ResourceSchema, _ style: Style) -> [JSONValue] {
    var kind = resource.kind
    if resource.isLog { kind.kind = "PodLogOptions" }
    guard resource.isConnection || resource.isLog, let index = schema.index(of: kind) else { return [] }
    return schema.types[index].fields.compactMap { field in
      Self.parameterType(field.type).map { parameter(field.name, $0, in: "query", style) }
    }
  }

  /// Of a list, the type of each: a parameter may come more than once. Nil where Kubernetes lists no parameter.
  private static func parameterType(_ type: FieldType) -> String? {
    switch type {
    case .string: "string"
    case .bool: "boolean"
    case .int32, .int64: "integer"
    case .array(let element): parameterType(element)
    default: nil
    }
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

extension ResourceSchema {
  /// Whether requests for it are handed on, rather than answered with documents: its kind is of what they ask for.
  fileprivate var isConnection: Bool { isSubresource && kind.kind.hasSuffix("Options") }

  /// Whether it answers with text.
  fileprivate var isLog: Bool { name == "pods/log" }
}
