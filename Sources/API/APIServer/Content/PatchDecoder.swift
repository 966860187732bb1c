import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// A patch as it was sent; applied to whatever the object is when the write happens.
enum PatchDocument: Sendable {
  case merge(JSONValue)
  case strategicMerge(JSONValue)
  case json(JSONPatch)

  static let mediaTypes = [
    "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
  ]

  /// Reads the patch that `Content-Type` announces.
  static func decode(_ body: ByteBuffer, _ request: HTTPServerRequest) throws(APIError) -> PatchDocument {
    let type = request.headers.first(name: "content-type").flatMap { MediaType($0)?.type } ?? ""
    switch type {
    case "application/json-patch+json":
      let document = try read(body)
      do { return .json(try JSONPatch(document)) } catch { throw refusal(of: error, kind: nil) }
    case "application/merge-patch+json": return .merge(try object(body))
    case "application/strategic-merge-patch+json": return .strategicMerge(try object(body))
    case "application/apply-patch+yaml", "application/apply-patch+cbor":
      throw .unsupportedMediaType(
        "server-side apply is not served yet; the body of the request has to be one of: "
          + mediaTypes.joined(separator: ", "))
    default:
      throw .unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: "
          + mediaTypes.joined(separator: ", "))
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
      throw Self.refusal(of: error, kind: kind)
    }
  }

  private static func refusal(of error: PatchError, kind: GroupVersionKind?) -> APIError {
    switch error.code {
    case .malformed: .badRequest("error decoding patch: \(error)")
    case .tooLarge: .requestEntityTooLarge(error.message)
    case .notApplicable:
      APIError(
        code: 422, reason: .invalid,
        message: "the server rejected our request due to an error in our request: " + error.message,
        details: .init(kind: kind?.kind ?? ""))
    }
  }
}
