import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// A patch as it was sent; applied to whatever the object is when the write happens.
enum PatchDocument: Sendable {
  /// What the object is to be changed by.
  case edit(Edit)
  /// What its manager states of the object: server-side apply.
  case apply(AppliedConfiguration)

  /// The media types of patches.
  enum Format: String, CaseIterable, Sendable {
    case json = "application/json-patch+json"
    case merge = "application/merge-patch+json"
    case strategicMerge = "application/strategic-merge-patch+json"
    case apply = "application/apply-patch+yaml"
  }

  /// What `Content-Type` announces.
  static func format(_ request: HTTPServerRequest) throws(APIError) -> Format {
    let type = request.headers.first(name: "content-type").flatMap { MediaType($0)?.type } ?? ""
    guard let format = Format(rawValue: type) else {
      throw .unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: "
          + Format.allCases.map(\.rawValue).joined(separator: ", "))
    }
    return format
  }

  init(
    _ body: ByteBuffer, as format: Format, validation: APIRequest.FieldValidation
  ) throws(APIError) {
    switch format {
    case .json:
      let document = try Self.read(body)
      do { self = .edit(.json(try JSONPatch(document))) } catch { throw Edit.refusal(of: error) }
    case .merge: self = .edit(.merge(try Self.object(body)))
    case .strategicMerge: self = .edit(.strategicMerge(try Self.object(body)))
    case .apply: self = .apply(try AppliedConfiguration(body, validation: validation))
    }
  }

  private static func read(_ body: ByteBuffer) throws(APIError) -> JSONValue {
    do { return try JSONValue(jsonBytes: Array(body.readableBytesView)) } catch {
      throw .badRequest("error decoding patch: \(error)")
    }
  }

  private static func object(_ body: ByteBuffer) throws(APIError) -> JSONValue {
    let document = try read(body)
    guard case .object = document else {
      throw .badRequest("error decoding patch: found \(document.typeName), expected an object")
    }
    return document
  }

  /// A patch that says what changes.
  enum Edit: Sendable {
    case merge(JSONValue)
    case strategicMerge(JSONValue)
    case json(JSONPatch)

    /// The document after the patch.
    /// - Throws: 400 for a patch that makes no sense, 422 for one that does not fit the object.
    func apply(to document: JSONValue, kind: GroupVersionKind, schema: Schema) throws(APIError) -> JSONValue {
      do {
        switch self {
        case .merge(let patch): return document.applying(mergePatch: patch)
        case .strategicMerge(let patch): return try schema.applying(strategicMergePatch: patch, to: document, as: kind)
        case .json(let patch): return try patch.applied(to: document)
        }
      } catch {
        throw Self.refusal(of: error)
      }
    }

    fileprivate static func refusal(of error: PatchError) -> APIError {
      switch error.code {
      case .malformed: .badRequest("error decoding patch: \(error)")
      case .tooLarge: .requestEntityTooLarge(error.message)
      case .notApplicable:
        APIError(
          code: 422, reason: .invalid,
          message: "the server rejected our request due to an error in our request: " + error.message,
          details: .init())
      }
    }
  }
}

/// The body of a server-side apply: YAML, and so JSON too, which programs send. Fields that the kind does not have are
/// refused later, whatever the request says of unknown ones: nobody could own them.
struct AppliedConfiguration: Sendable {
  let document: JSONValue
  let warnings: [String]

  /// - Throws: 400 for what cannot be read, and with `.strict` for members that occur twice. In YAML, as opposed to
  ///   JSON, those cannot be read at all.
  init(_ body: ByteBuffer, validation: APIRequest.FieldValidation) throws(APIError) {
    let read = try Self.read(body)
    document = read.document
    let duplicates = read.duplicates.map { "duplicate field \(FieldError.quoted($0))" }
    if validation == .strict, !duplicates.isEmpty {
      throw .badRequest("error strict decoding YAML: \(duplicates.joined(separator: ", "))")
    }
    warnings = validation == .warn ? duplicates : []
  }

  private static func read(_ body: ByteBuffer) throws(APIError) -> (document: JSONValue, duplicates: [String]) {
    let bytes = body.readableBytesView
    let blanks: [UInt8] = [0x20, 0x09, 0x0a, 0x0d]
    if bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "{"),
      let (document, duplicates) = try? JSONValue.readingDuplicates(Array(bytes))
    {
      return (document, duplicates)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .badRequest("error decoding YAML: it is not valid UTF-8")
    }
    do { return (try YAMLReader.read(text), []) } catch {
      throw .badRequest("error decoding YAML: \(error.message)")
    }
  }
}
