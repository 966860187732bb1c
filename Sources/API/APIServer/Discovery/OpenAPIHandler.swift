import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import Synchronization

/// Serves `/openapi/v2`, `/openapi/v3` and the documents of its group-versions. Each is made when it is first asked for
/// and then kept as bytes.
final class OpenAPIHandler: Sendable {
  private struct Kept: Sendable {
    var body: ByteBuffer
    var tag: String
  }

  private let schema: OpenAPI
  private let groupVersions: Set<GroupVersion>
  private let kept = Mutex<[String: Kept]>([:])

  init(resources: ResourceTable = .served) {
    schema = OpenAPI(resources: resources, version: VersionInfo.gitVersion)
    groupVersions = Set(resources.groupVersions)
  }

  /// Answers an OpenAPI path. False if it is none.
  func answer(_ path: String, _ responder: Responder) async throws -> Bool {
    guard path == "/openapi/v2" || path == "/openapi/v3" || path.hasPrefix("/openapi/v3/") else { return false }
    let accepted = MediaType.list(responder.request.headers["accept"])
    guard accepted.isEmpty || accepted.contains(where: { $0.accepts("application/json") }) else {
      // The protobuf forms of these documents are not made; clients that can read JSON ask again.
      throw APIError.notAcceptable("only the following media types are accepted: application/json")
    }
    guard let document = document(path) else { throw APIError.noSuchPath() }
    var headers: HTTPHeaders = ["etag": document.tag, "vary": "Accept"]
    if let hash = responder.request.query["hash"], !hash.isEmpty {
      // The address changes with the content.
      headers.add(name: "cache-control", value: "public, immutable, max-age=31536000")
    }
    if responder.request.headers[canonicalForm: "if-none-match"].contains(where: { $0 == document.tag }) {
      try await responder.writer.respond(.notModified, headers: headers)
    } else {
      try await responder.send(document.body, headers: headers, contentType: Responder.json)
    }
    return true
  }

  private func document(_ path: String) -> Kept? {
    if let known = kept.withLock({ $0[path] }) { return known }
    let value: JSONValue
    switch path {
    case "/openapi/v2": value = schema.v2Document()
    case "/openapi/v3": value = schema.v3Index()
    default:
      guard let groupVersion = Self.groupVersion(path), groupVersions.contains(groupVersion),
        let document = schema.v3Document(of: groupVersion)
      else { return nil }
      value = document
    }
    let bytes = value.jsonBytes
    let made = Kept(body: ByteBuffer(bytes: bytes), tag: "\"\(ContentHash.hex(bytes))\"")
    kept.withLock { $0[path] = made }
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
