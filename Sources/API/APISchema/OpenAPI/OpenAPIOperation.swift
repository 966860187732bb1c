import JSONDocument

/// One operation of a path, before it is written in either notation.
struct OpenAPIOperation {
  /// `listCoreV1NamespacedPod`, unique in all documents: client generators name their methods after it.
  var id: String
  /// `core_v1`: client generators make a class of each.
  var tag: String
  /// What it does, in a sentence.
  var text: String
  /// Media types of what is sent, and of what comes back, the one that version 3 shows first.
  var consumes: [JSONValue] = ["*/*"]
  var produces: [JSONValue] = OpenAPIOperation.documentTypes
  var parameters: [JSONValue] = []
  var body: (schema: JSONValue, isRequired: Bool)?
  /// The schema of what comes back, and the codes that it comes with.
  var answer: JSONValue
  var codes = ["200"]
  /// What clients that know Kubernetes look for; nil for what is no operation on a resource.
  var action: String?
  var kind: GroupVersionKind?

  /// The encodings of the API's documents.
  static let documentTypes: [JSONValue] = [
    "application/json", "application/yaml", .string(Schema.protobufMediaType),
  ]
  /// The same, and those of watches.
  static let listTypes: [JSONValue] =
    documentTypes + ["application/json;stream=watch", .string(Schema.protobufMediaType + ";stream=watch")]
  static let patchTypes: [JSONValue] = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
    "application/apply-patch+yaml",
  ]

  private static let codeTexts = ["200": "OK", "201": "Created", "202": "Accepted"]
  private static let unauthorized: JSONValue = ["description": "Unauthorized"]
  private static let schemes: JSONValue = ["https"]

  func document(_ style: OpenAPI.Style) -> JSONValue {
    var document: JSONObject = [
      "tags": .array([.string(tag)]), "description": .string(text), "operationId": .string(id),
    ]
    var parameters = parameters
    let content: (name: String, value: JSONValue)
    switch style {
    case .v2:
      document["schemes"] = Self.schemes
      document["consumes"] = .array(consumes)
      document["produces"] = .array(produces)
      if let body {
        var parameter: JSONObject = ["name": "body", "in": "body", "schema": body.schema]
        if body.isRequired { parameter["required"] = true }
        parameters.append(.object(parameter))
      }
      content = ("schema", answer)
    case .v3:
      if let body {
        var request: JSONObject = ["content": Self.content(consumes, body.schema)]
        if body.isRequired { request["required"] = true }
        document["requestBody"] = .object(request)
      }
      content = ("content", Self.content(Array(produces.prefix(1)), answer))
    }
    var responses = JSONObject()
    for code in codes {
      var response: JSONObject = ["description": .string(Self.codeTexts[code] ?? "")]
      response[content.name] = content.value
      responses[code] = .object(response)
    }
    responses["401"] = Self.unauthorized
    document["responses"] = .object(responses)
    if !parameters.isEmpty { document["parameters"] = .array(parameters) }
    if let action { document["x-kubernetes-action"] = .string(action) }
    if let kind { document["x-kubernetes-group-version-kind"] = OpenAPI.document(kind) }
    return .object(document)
  }

  /// One schema under each of the media types.
  private static func content(_ types: [JSONValue], _ schema: JSONValue) -> JSONValue {
    let value: JSONValue = ["schema": schema]
    return .object(JSONObject(types.compactMap(\.stringValue).map { ($0, value) }))
  }
}
