import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Reads request bodies: JSON, YAML or protobuf into a document in canonical form, checked against the kind that the
/// path stands for. The words of errors are those of Kubernetes.
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
    guard let header = request.headers.first(name: "content-type") else { return .json }
    // What nearly all clients send, and by the letter.
    if header == "application/json" { return .json }
    guard !header.trimmed.isEmpty else { return .json }
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

  // MARK: Objects

  /// Why a document is not taken, in the decoders' words; what stands before them depends on the request.
  enum Refusal: Error {
    /// It does not even tell its kind.
    case unrecognized(String)
    /// It says that it is of that kind, and cannot be read, or not as the kind that is wanted.
    case unreadable(GroupVersionKind, String)
    /// It is of another version of the wanted kind.
    case otherVersion(String)

    var message: String {
      switch self {
      case .unrecognized(let message), .unreadable(_, let message), .otherVersion(let message): message
      }
    }
  }

  /// Reads an object of `kind`, filling in `apiVersion` and `kind` where they are missing.
  ///
  /// - Throws: 400 when it cannot be parsed, is of another kind, holds a value of the wrong type, or (with `.strict`)
  ///   fields that the kind does not have or that occur twice.
  func object(
    _ body: ByteBuffer, format: Format, kind: GroupVersionKind, validation: APIRequest.FieldValidation
  ) throws(APIError) -> Decoded {
    let bytes = Array(body.readableBytesView)
    let read: DecodedDocument
    do throws(Refusal) {
      switch format {
      case .json: read = try self.read(bytes, as: kind)
      case .yaml: read = try self.read(Self.yaml(bytes).jsonBytes, as: kind)
      case .protobuf: read = try self.read(protobuf(bytes, expecting: kind).jsonBytes, as: kind)
      }
    } catch {
      switch error {
      case .otherVersion(let message): throw .badRequest(message)
      case .unreadable(let sent, let message): throw Self.unreadable(sent, as: kind, message)
      case .unrecognized(let message):
        throw .badRequest(
          "the object provided is unrecognized (must be of type \(kind.kind)): \(message) (\(Self.summary(bytes)))")
      }
    }
    switch validation {
    case .ignore: return Decoded(document: read.value, warnings: [])
    case .warn: return Decoded(document: read.value, warnings: read.strictErrors)
    case .strict:
      if let message = read.strictDecodingError { throw Self.unreadable(kind, as: kind, message) }
      return Decoded(document: read.value, warnings: [])
    }
  }

  private static func unreadable(_ sent: GroupVersionKind, as kind: GroupVersionKind, _ message: String) -> APIError {
    .badRequest("\(sent.kind) in version \"\(sent.version)\" cannot be handled as a \(kind.kind): \(message)")
  }

  /// Reads a document along its type and brings it into the form in which Kubernetes would write it: quantities and
  /// times among others.
  func read(_ json: [UInt8], as kind: GroupVersionKind) throws(Refusal) -> DecodedDocument {
    var decoded: DecodedDocument
    do throws(SchemaDecodingError) { decoded = try schema.decode(json: json, as: kind) } catch {
      // What it says of itself counts more than what is wrong with it as another kind.
      let sent = try Self.typeMeta(json, error)
      try compare(sent, with: kind)
      throw .unreadable(kind, error.message)
    }
    try compare(
      (decoded.value["apiVersion"]?.stringValue ?? "", decoded.value["kind"]?.stringValue ?? ""), with: kind)
    decoded.value["apiVersion"] = .string(kind.apiVersion)
    decoded.value["kind"] = .string(kind.kind)
    schema.canonicalize(&decoded.value, as: kind)
    return decoded
  }

  /// Of a document that could not be read whole: what it says of its version and kind, if that can be read.
  private static func typeMeta(
    _ json: [UInt8], _ error: SchemaDecodingError
  ) throws(Refusal) -> (apiVersion: String, kind: String) {
    func refusal(_ message: String) -> Refusal {
      .unrecognized("couldn't get version/kind; json parse error: \(message)")
    }
    guard error.code != .syntax, error.code != .depth else { throw refusal(error.message) }
    var found = (apiVersion: "", kind: "")
    do throws(JSONError) {
      var reader = JSONReader(json, repairsText: true)
      guard try reader.peekKind() == .object else {
        let type =
          #"struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }"#
        let found = try reader.readValue().typeName
        throw JSONError(code: .type, message: "json: cannot unmarshal \(found) into Go value of type \(type)")
      }
      try reader.beginObject()
      while let name = try reader.nextKey() {
        guard name == "apiVersion" || name == "kind", try reader.peekKind() != .null else {
          try reader.skipValue()
          continue
        }
        guard try reader.peekKind() == .string else {
          let found = try reader.readValue().typeName
          throw JSONError(
            code: .type, message: "json: cannot unmarshal \(found) into Go struct field .\(name) of type string")
        }
        if name == "kind" { found.kind = try reader.readString() } else { found.apiVersion = try reader.readString() }
      }
    } catch { throw refusal(error.message) }
    return found
  }

  private func compare(
    _ sent: (apiVersion: String, kind: String), with kind: GroupVersionKind
  ) throws(Refusal) {
    let name = sent.kind.isEmpty ? kind.kind : sent.kind
    let version = sent.apiVersion.isEmpty ? kind.apiVersion : sent.apiVersion
    guard name != kind.kind || version != kind.apiVersion else { return }
    guard let parsed = GroupVersionKind(apiVersion: version, kind: name) else {
      throw .unrecognized("unexpected GroupVersion string: \(version)")
    }
    guard schema[parsed] != nil else {
      throw .unreadable(parsed, "no kind \"\(name)\" is registered for version \"\(version)\"")
    }
    guard name == kind.kind else {
      let group = kind.group.split(separator: ".").first.map(String.init) ?? "core"
      throw .unreadable(
        parsed, "converting (\(parsed.version).\(name)) to (\(group).\(kind.kind)): unknown conversion")
    }
    throw .otherVersion(
      "the API version in the data (\(version)) does not match the expected API version (\(kind.apiVersion))")
  }

  private static func yaml(_ bytes: [UInt8]) throws(Refusal) -> JSONValue {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unrecognized("error converting YAML to JSON: the YAML is not valid UTF-8")
    }
    do { return try YAMLReader.read(text) } catch { throw .unrecognized(error.message) }
  }

  private func protobuf(_ bytes: [UInt8], expecting kind: GroupVersionKind) throws(Refusal) -> JSONValue {
    do { return try schema.document(protobuf: bytes, expecting: kind) } catch {
      throw .unrecognized("protobuf error: \(error)")
    }
  }

  /// The beginning of a body, for people who look for what they sent.
  private static func summary(_ bytes: [UInt8]) -> String {
    let limit = 30
    guard let first = bytes.first else { return "<empty>" }
    let start = bytes.prefix(limit)
    let digits = Array("0123456789abcdef")
    let text =
      first == UInt8(ascii: "{")
      ? String(decoding: start, as: UTF8.self)
      : String(start.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    return text + (bytes.count > limit ? " ..." : "")
  }

  // MARK: Options

  /// A document of any shape, with the paths of members that occur twice. Protobuf cannot be read without a type: that
  /// of the kind that it names, or else `kind`.
  func parse(
    _ body: ByteBuffer, as format: Format, expecting kind: GroupVersionKind
  ) throws(APIError) -> (document: JSONValue, duplicates: [String]) {
    let bytes = Array(body.readableBytesView)
    do throws(Refusal) {
      switch format {
      case .json:
        do {
          let (document, duplicates) = try JSONValue.readingDuplicates(bytes)
          return (document, duplicates)
        } catch { throw .unrecognized("json parse error: \(error)") }
      case .yaml: return (try Self.yaml(bytes), [])
      case .protobuf: return (try protobuf(bytes, expecting: kind), [])
      }
    } catch { throw .badRequest("the object provided is unrecognized: \(error.message)") }
  }
}
