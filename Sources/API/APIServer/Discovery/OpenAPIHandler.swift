import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import Synchronization

/// Serves `/openapi/v2`, and `/openapi/v3` with the documents of its group-versions, in JSON and protobuf (the index is
/// JSON whatever is asked for). Each is made when it is first asked for and then kept as bytes.
final class OpenAPIHandler: Sendable {
  private struct Kept: Sendable {
    var body: ByteBuffer
    var tag: String
    var contentType: String
  }

  /// The forms of a document, the one that a client without wishes gets first.
  private enum Form: String, Sendable {
    case json, protobuf
  }

  /// The media type of the protobuf, and its older name, which clients still ask for.
  private static func protobufTypes(_ version: String) -> [String] {
    [".", "@"].map { "application/com.github.proto-openapi.spec.\(version)\($0)v1.0+protobuf" }
  }

  private let schema: OpenAPI
  private let groupVersions: Set<GroupVersion>
  private let kept = Mutex<[String: Kept]>([:])
  private let hashes = Mutex<[GroupVersion: String]>([:])

  init(resources: ResourceTable = .served) {
    schema = OpenAPI(resources: resources, version: VersionInfo.gitVersion)
    groupVersions = Set(resources.groupVersions)
  }

  /// Answers an OpenAPI path. False if it is none.
  func answer(_ path: String, _ responder: Responder) async throws -> Bool {
    // One document has one address, however many slashes a client puts into it: what is kept is bounded so.
    let path = "/" + path.split(separator: "/").joined(separator: "/")
    guard path == "/openapi/v2" || path == "/openapi/v3" || path.hasPrefix("/openapi/v3/") else { return false }
    let isIndex = path == "/openapi/v3"
    let types = Self.protobufTypes(path == "/openapi/v2" ? "v2" : "v3")
    let form: Form = try isIndex ? .json : Self.form(responder.request, types)
    var headers: HTTPHeaders = ["vary": "Accept"]
    if let asked = responder.request.query["hash"], !asked.isEmpty, let hash = hash(path) {
      guard asked == hash else {
        // Not what the client means: an older document, or a later one of another front-end.
        headers.add(name: "location", value: "\(path)?hash=\(hash)")
        headers.add(name: "cache-control", value: Responder.uncached)
        try await responder.writer.respond(.movedPermanently, headers: headers)
        return true
      }
      // The address changes with the content.
      headers.add(name: "cache-control", value: "public, immutable, max-age=31536000")
    }
    guard let document = document(path, form, type: form == .json ? Responder.json : types[0]) else {
      throw APIError.noSuchPath()
    }
    headers.add(name: "etag", value: document.tag)
    if responder.request.headers[canonicalForm: "if-none-match"].contains(where: { $0 == document.tag }) {
      try await responder.writer.respond(.notModified, headers: headers)
    } else {
      try await responder.send(document.body, headers: headers, contentType: document.contentType)
    }
    return true
  }

  /// - Throws: 406 where no clause of `Accept` names a form that there is.
  private static func form(_ request: HTTPServerRequest, _ protobufTypes: [String]) throws(APIError) -> Form {
    let headers = request.headers["accept"]
    if headers.allSatisfy(\.isEmpty) { return .json }
    for media in MediaType.list(headers) {
      if media.accepts(Responder.json) { return .json }
      if protobufTypes.contains(where: media.accepts) { return .protobuf }
    }
    let known = [Responder.json] + protobufTypes
    throw .notAcceptable("only the following media types are accepted: \(known.joined(separator: ", "))")
  }

  private func document(_ path: String, _ form: Form, type: String) -> Kept? {
    let key = "\(form.rawValue) \(path)"
    if let known = kept.withLock({ $0[key] }) { return known }
    let bytes: [UInt8]
    switch path {
    case "/openapi/v2": bytes = form == .protobuf ? schema.v2Protobuf() : schema.v2Document().jsonBytes
    case "/openapi/v3": bytes = schema.v3Index().jsonBytes
    default:
      guard let groupVersion = Self.groupVersion(path), groupVersions.contains(groupVersion),
        let made =
          form == .protobuf ? schema.v3Protobuf(of: groupVersion) : schema.v3Document(of: groupVersion)?.jsonBytes
      else { return nil }
      bytes = made
    }
    let made = Kept(
      body: ByteBuffer(bytes: bytes), tag: "\"\(ContentHash.hex(bytes))\"", contentType: type)
    kept.withLock { $0[key] = made }
    return made
  }

  /// The hash that the address of a document in version 3 has to have; nil: the path is none of those.
  private func hash(_ path: String) -> String? {
    guard let groupVersion = Self.groupVersion(path), groupVersions.contains(groupVersion) else { return nil }
    if let known = hashes.withLock({ $0[groupVersion] }) { return known }
    guard let made = schema.v3Hash(of: groupVersion) else { return nil }
    hashes.withLock { $0[groupVersion] = made }
    return made
  }

  /// `/openapi/v3/api/v1`, `/openapi/v3/apis/apps/v1`
  private static func groupVersion(_ path: String) -> GroupVersion? {
    let parts = path.split(separator: "/").map(String.init).dropFirst(2)
    switch (parts.first, parts.count) {
    case ("api", 2): return GroupVersion(group: "", version: parts[parts.startIndex + 1])
    case ("apis", 3):
      return GroupVersion(group: parts[parts.startIndex + 1], version: parts[parts.startIndex + 2])
    default: return nil
    }
  }
}
