import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Reads request bodies: JSON, YAML or protobuf into a document, checked against the kind that the path stands for.
struct BodyDecoder: Sendable {
  let schema: Schema

  /// An object as it was sent, and what the client is to be warned of.
  struct Decoded: Sendable {
    var document: JSONValue
    var warnings: [String]
  }

  /// The media types of bodies.
  enum Format: Sendable {
    case json
    case yaml
    /// In Kubernetes' envelope.
    case protobuf
  }

  static func format(_ request: HTTPServerRequest) throws(APIError) -> Format {
    guard let header = request.headers.first(name: "content-type"), !header.trimmed.isEmpty else { return .json }
    switch MediaType(header)?.type {
    case "application/json", "text/json": return .json
    case "application/yaml", "text/yaml", "application/x-yaml": return .yaml
    case Schema.protobufMediaType: return .protobuf
    default:
      throw .unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: "
          + "application/json, application/yaml, \(Schema.protobufMediaType)")
    }
  }

  /// A document of any shape, with the paths of members that occur twice. Protobuf cannot be read without a type: that
  /// of the kind that it names, or else `kind`.
  func parse(
    _ body: ByteBuffer, as format: Format, expecting kind: GroupVersionKind
  ) throws(APIError) -> (document: JSONValue, duplicates: [String]) {
    switch format {
    case .json:
      do {
        let (document, duplicates) = try JSONValue.readingDuplicates(Array(body.readableBytesView))
        return (document, duplicates)
      } catch {
        throw .badRequest("the object provided is unrecognized: json parse error: \(error)")
      }
    case .yaml:
      guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
        throw .badRequest("the object provided is unrecognized: the YAML is not valid UTF-8")
      }
      do { return (try YAMLReader.read(text), []) } catch {
        throw .badRequest("the object provided is unrecognized: \(error.message)")
      }
    case .protobuf:
      do {
        return (try schema.document(protobuf: Array(body.readableBytesView), expecting: kind), [])
      } catch {
        throw .badRequest("the object provided is unrecognized: protobuf error: \(error)")
      }
    }
  }

  /// Reads an object of `kind`, filling in `apiVersion` and `kind` where they are missing.
  ///
  /// - Throws: 400 when it cannot be parsed, is of another kind, holds a value of the wrong type, or (with `.strict`)
  ///   fields that the kind does not have.
  func object(
    _ body: ByteBuffer, format: Format, kind: GroupVersionKind, validation: APIRequest.FieldValidation
  ) throws(APIError) -> Decoded {
    let (parsed, duplicates) = try parse(body, as: format, expecting: kind)
    guard case .object(var object) = parsed else {
      throw .badRequest(
        "the object provided is unrecognized (must be of type \(kind.kind)): "
          + "found \(parsed.typeName), expected an object"
      )
    }
    try Self.complete(&object, kind)
    let document = JSONValue.object(object)
    return Decoded(document: document, warnings: try check(document, kind, validation, duplicates: duplicates))
  }

  private static func complete(_ object: inout JSONObject, _ kind: GroupVersionKind) throws(APIError) {
    let sentKind = object["kind"]?.stringValue ?? ""
    let sentVersion = object["apiVersion"]?.stringValue ?? ""
    if !sentVersion.isEmpty, sentVersion != kind.apiVersion {
      throw .badRequest(
        "the API version in the data (\(sentVersion)) does not match the expected API version (\(kind.apiVersion))")
    }
    if !sentKind.isEmpty, sentKind != kind.kind {
      throw .badRequest(
        "no kind \"\(sentKind)\" is served here: the object has to be of kind \"\(kind.kind)\" "
          + "(\(kind.apiVersion))")
    }
    object["apiVersion"] = .string(kind.apiVersion)
    object["kind"] = .string(kind.kind)
  }

  /// Compares a document with its type; returns warnings.
  func check(
    _ document: JSONValue, _ kind: GroupVersionKind, _ validation: APIRequest.FieldValidation, duplicates: [String] = []
  ) throws(APIError) -> [String] {
    let report = schema.validateStructure(document, as: kind)
    if let problem = report.typeProblems.first {
      throw .badRequest(
        "\(kind.kind) in version \"\(kind.version)\" cannot be handled as a \(kind.kind): json: \(problem)")
    }
    switch validation {
    case .ignore: return []
    case .warn: return report.strictMessages(duplicates: duplicates)
    case .strict:
      if let message = report.strictDecodingError(duplicates: duplicates) { throw .badRequest(message) }
      return []
    }
  }
}
