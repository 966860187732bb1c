import Access
import HTTPServer
import NIOCore
import NIOHTTP1
import Registry

/// A request on its way through the front-end: what was sent, what it is about, and who sent it.
struct APIRequest: Sendable {
  let http: HTTPServerRequest
  let info: RequestInfo
  let user: UserInfo

  /// The largest body that is taken, as in Kubernetes.
  static let largestBody = 3 * 1024 * 1024

  /// The whole body; at most 3 MiB.
  func body() async throws -> ByteBuffer {
    do { return try await http.body.collect(upTo: Self.largestBody) } catch let error as HTTPServerError {
      switch error.code {
      case .bodyTooLarge: throw APIError.requestEntityTooLarge("limit is \(Self.largestBody)")
      case .bodyTimeout:
        throw APIError(code: 408, reason: .timeout, message: "Timeout: the request's body did not arrive in time")
      default: throw error
      }
    }
  }

  // MARK: Query options

  func flag(_ name: String) throws(APIError) -> Bool {
    switch http.query[name] {
    case nil, "", "0", "false", "False", "f", "F", "FALSE": return false
    case "1", "true", "True", "t", "T", "TRUE": return true
    case let other?: throw .badRequest("invalid value for \(name): \(FieldError.quoted(other)): must be a boolean")
    }
  }

  func integer(_ name: String) throws(APIError) -> Int64? {
    guard let text = http.query[name], !text.isEmpty else { return nil }
    guard let value = Int64(text) else {
      throw .badRequest("invalid value for \(name): \(FieldError.quoted(text)): must be an integer")
    }
    return value
  }

  func listOptions() throws(APIError) -> ListOptions {
    let query = http.query
    let limit = try integer("limit") ?? 0
    let match = query["resourceVersionMatch"] ?? ""
    guard ["", "NotOlderThan", "Exact"].contains(match) else {
      throw .badRequest(
        "resourceVersionMatch: Unsupported value: \(FieldError.quoted(match)): supported values: \"Exact\", "
          + "\"NotOlderThan\"")
    }
    return ListOptions(
      labelSelector: query["labelSelector"] ?? "", fieldSelector: query["fieldSelector"] ?? "",
      limit: Int(clamping: max(0, limit)), continueToken: query["continue"] ?? "",
      resourceVersion: query["resourceVersion"] ?? "", resourceVersionMatch: match)
  }

  func watchOptions() throws(APIError) -> WatchOptions {
    let query = http.query
    var options = WatchOptions(
      labelSelector: query["labelSelector"] ?? "", fieldSelector: query["fieldSelector"] ?? "",
      resourceVersion: query["resourceVersion"] ?? "", allowBookmarks: try flag("allowWatchBookmarks"))
    if query["sendInitialEvents"] != nil { options.sendInitialEvents = try flag("sendInitialEvents") }
    return options
  }

  func dryRun() throws(APIError) -> Bool {
    let stages = http.query.all("dryRun").filter { !$0.isEmpty }
    guard let other = stages.first(where: { $0 != "All" }) else { return !stages.isEmpty }
    throw APIError.badRequest(
      "dryRun: Unsupported value: \(FieldError.quoted(other)): supported values: \"All\"")
  }

  func writeOptions() throws(APIError) -> WriteOptions {
    let manager = http.query["fieldManager"] ?? ""
    guard manager.utf8.count <= 128 else {
      throw .badRequest("fieldManager: Too long: may not be more than 128 bytes")
    }
    return WriteOptions(dryRun: try dryRun(), fieldManager: manager, user: user)
  }

  /// What happens to fields that the type does not have.
  enum FieldValidation: String, Sendable {
    case ignore = "Ignore"
    case warn = "Warn"
    case strict = "Strict"
  }

  func fieldValidation() throws(APIError) -> FieldValidation {
    let text = http.query["fieldValidation"] ?? ""
    guard let value = FieldValidation(rawValue: text.isEmpty ? "Warn" : text) else {
      throw .badRequest(
        "fieldValidation: Unsupported value: \(FieldError.quoted(text)): supported values: \"Ignore\", \"Strict\", "
          + "\"Warn\"")
    }
    return value
  }
}
