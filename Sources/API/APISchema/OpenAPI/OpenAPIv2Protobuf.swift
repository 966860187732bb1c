import JSONDocument

extension OpenAPI {
  /// The document of `/openapi/v2` in protobuf, which versions of kubectl ask for: the message `openapi.v2.Document`
  /// of gnostic's `OpenAPIv2.proto`. Making one takes milliseconds: make it once and keep its bytes.
  package func v2Protobuf() -> [UInt8] {
    var encoder = SwaggerEncoder()
    encoder.document(v2Document())
    return encoder.writer.bytes
  }
}

/// Swagger's parts.
private struct SwaggerEncoder: OpenAPIEncoder {
  var writer = ProtobufWriter(capacity: 1 << 20)

  mutating func document(_ document: JSONValue) {
    message(13) { $0.named(1, document["securityDefinitions"]) { $0.security($1) } }
    for requirement in (document["security"]?.arrayValue ?? []).reversed() {
      message(12) { $0.named(1, requirement) { $0.texts(1, $1) } }
    }
    message(9) { $0.named(1, document["definitions"]) { $0.schema($1) } }
    message(8) { $0.named(2, document["paths"]) { $0.pathItem($1) } }
    message(2) { encoder in
      encoder.text(2, document["info"]?["version"])
      encoder.text(1, document["info"]?["title"])
    }
    text(1, document["swagger"])
  }

  /// A key in a header, which is one of several alternatives.
  private mutating func security(_ key: JSONValue) {
    message(2) { encoder in
      encoder.text(4, key["description"])
      encoder.text(3, key["in"])
      encoder.text(2, key["name"])
      encoder.text(1, key["type"])
    }
  }

  private static let methods = [
    (8, "patch"), (7, "head"), (6, "options"), (5, "delete"), (4, "post"), (3, "put"), (2, "get"),
  ]

  private mutating func pathItem(_ item: JSONValue) {
    parameters(9, item["parameters"])
    for (number, method) in Self.methods {
      guard let operation = item[method] else { continue }
      message(number) { $0.operation(operation) }
    }
  }

  private mutating func operation(_ operation: JSONValue) {
    extensions(13, operation)
    texts(10, operation["schemes"])
    message(9) { encoder in
      encoder.named(1, operation["responses"]) { encoder, response in
        encoder.message(1) { encoder in
          if let schema = response["schema"] {
            encoder.message(2) { $0.message(1) { $0.schema(schema) } }
          }
          encoder.text(1, response["description"])
        }
      }
    }
    parameters(8, operation["parameters"])
    texts(7, operation["consumes"])
    texts(6, operation["produces"])
    text(5, operation["operationId"])
    text(3, operation["description"])
    texts(1, operation["tags"])
  }

  /// Each an alternative to a reference; then bodies are one alternative and all others another, which has one a place.
  private mutating func parameters(_ number: Int, _ list: JSONValue?) {
    for parameter in (list?.arrayValue ?? []).reversed() {
      message(number) { encoder in
        encoder.message(1) { encoder in
          switch parameter["in"] {
          case "body": encoder.message(1) { $0.body(parameter) }
          case "path": encoder.message(2) { $0.message(4) { $0.parameter(parameter, type: 5, uniqueItems: 19) } }
          default: encoder.message(2) { $0.message(3) { $0.parameter(parameter, type: 6, uniqueItems: 20) } }
          }
        }
      }
    }
  }

  private mutating func body(_ parameter: JSONValue) {
    if let schema = parameter["schema"] { message(5) { $0.schema(schema) } }
    flag(4, parameter["required"])
    text(3, parameter["in"])
    text(2, parameter["name"])
    text(1, parameter["description"])
  }

  private mutating func parameter(_ parameter: JSONValue, type: Int, uniqueItems: Int) {
    flag(uniqueItems, parameter["uniqueItems"])
    text(type, parameter["type"])
    text(4, parameter["name"])
    text(3, parameter["description"])
    text(2, parameter["in"])
    flag(1, parameter["required"])
  }

  private mutating func schema(_ schema: JSONValue) {
    extensions(31, schema)
    if let properties = schema["properties"] {
      message(25) { $0.named(1, properties) { $0.schema($1) } }
    }
    for part in (schema["allOf"]?.arrayValue ?? []).reversed() { message(24) { $0.schema(part) } }
    if let items = schema["items"] { message(23) { $0.message(1) { $0.schema(items) } } }
    if schema["type"] != nil { message(22) { $0.text(1, schema["type"]) } }
    switch schema["additionalProperties"] {
    case .bool(let allowed)?: message(21) { $0.writer.prependField(2, varint: allowed ? 1 : 0) }
    case let inner?: message(21) { $0.message(1) { $0.schema(inner) } }
    case nil: break
    }
    for value in (schema["enum"]?.arrayValue ?? []).reversed() { anything(20, value) }
    texts(19, schema["required"])
    if let value = schema["default"] { anything(5, value) }
    text(4, schema["description"])
    text(2, schema["format"])
    text(1, schema["$ref"])
  }
}
