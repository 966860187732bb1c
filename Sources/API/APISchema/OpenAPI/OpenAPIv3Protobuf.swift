import JSONDocument

extension OpenAPI {
  /// A group-version's document in protobuf: the message `openapi.v3.Document` of gnostic's `OpenAPIv3.proto`; nil if
  /// it is not served.
  package func v3Protobuf(of groupVersion: GroupVersion) -> [UInt8]? {
    guard let document = v3Document(of: groupVersion) else { return nil }
    var encoder = DocumentEncoder()
    encoder.document(document)
    return encoder.writer.bytes
  }
}

/// The parts of OpenAPI 3.0. Wherever a part may be a reference, it is the first of two alternatives.
private struct DocumentEncoder: OpenAPIEncoder {
  var writer = ProtobufWriter(capacity: 1 << 18)

  mutating func document(_ document: JSONValue) {
    message(5) { $0.message(1) { $0.named(1, document["components"]?["schemas"]) { $0.schemaOrReference($1) } } }
    message(4) { $0.named(1, document["paths"]) { $0.pathItem($1) } }
    message(2) { encoder in
      encoder.text(6, document["info"]?["version"])
      encoder.text(1, document["info"]?["title"])
    }
    text(1, document["openapi"])
  }

  private static let methods = [
    (10, "patch"), (9, "head"), (8, "options"), (7, "delete"), (6, "post"), (5, "put"), (4, "get"),
  ]

  private mutating func pathItem(_ item: JSONValue) {
    parameters(13, item["parameters"])
    for (number, method) in Self.methods {
      guard let operation = item[method] else { continue }
      message(number) { $0.operation(operation) }
    }
  }

  private mutating func operation(_ operation: JSONValue) {
    extensions(13, operation)
    message(8) { encoder in
      encoder.named(2, operation["responses"]) { encoder, response in
        encoder.message(1) { encoder in
          encoder.content(3, response["content"])
          encoder.text(1, response["description"])
        }
      }
    }
    if let body = operation["requestBody"] {
      message(7) { encoder in
        encoder.message(1) { encoder in
          encoder.flag(3, body["required"])
          encoder.content(2, body["content"])
        }
      }
    }
    parameters(6, operation["parameters"])
    text(5, operation["operationId"])
    text(3, operation["description"])
    texts(1, operation["tags"])
  }

  private mutating func parameters(_ number: Int, _ list: JSONValue?) {
    for parameter in (list?.arrayValue ?? []).reversed() {
      message(number) { encoder in
        encoder.message(1) { encoder in
          if let schema = parameter["schema"] { encoder.message(10) { $0.schemaOrReference(schema) } }
          encoder.flag(4, parameter["required"])
          encoder.text(3, parameter["description"])
          encoder.text(2, parameter["in"])
          encoder.text(1, parameter["name"])
        }
      }
    }
  }

  /// Schemas by media type, if there are any.
  private mutating func content(_ number: Int, _ content: JSONValue?) {
    guard let content else { return }
    message(number) { encoder in
      encoder.named(1, content) { encoder, media in
        if let schema = media["schema"] { encoder.message(1) { $0.schemaOrReference(schema) } }
      }
    }
  }

  private mutating func schemaOrReference(_ schema: JSONValue) {
    if schema["$ref"] == nil {
      message(1) { $0.schema(schema) }
    } else {
      message(2) { $0.text(1, schema["$ref"]) }
    }
  }

  private mutating func schema(_ schema: JSONValue) {
    extensions(36, schema)
    text(35, schema["format"])
    text(34, schema["description"])
    if let value = schema["default"] { scalar(33, value) }
    switch schema["additionalProperties"] {
    case .bool(let allowed)?: message(32) { $0.writer.prependField(2, varint: allowed ? 1 : 0) }
    case let inner?: message(32) { $0.message(1) { $0.schemaOrReference(inner) } }
    case nil: break
    }
    if let properties = schema["properties"] {
      message(31) { $0.named(1, properties) { $0.schemaOrReference($1) } }
    }
    if let items = schema["items"] { message(30) { $0.message(1) { $0.schemaOrReference(items) } } }
    for part in (schema["allOf"]?.arrayValue ?? []).reversed() { message(26) { $0.schemaOrReference(part) } }
    text(25, schema["type"])
    for value in (schema["enum"]?.arrayValue ?? []).reversed() { anything(24, value) }
    texts(23, schema["required"])
    flag(20, schema["uniqueItems"])
  }

  /// A default; the message has room for scalars only.
  private mutating func scalar(_ number: Int, _ value: JSONValue) {
    switch value {
    case .bool(let flag): message(number) { $0.writer.prependField(2, varint: flag ? 1 : 0) }
    case .string(let text): message(number) { $0.writer.prependField(3, text: text) }
    case .int, .double:
      message(number) { encoder in
        encoder.writer.prepend(fixed64: (value.doubleValue ?? 0).bitPattern)
        encoder.writer.prepend(tag: 1, wireType: 1)
      }
    case .null, .array, .object: break
    }
  }
}
