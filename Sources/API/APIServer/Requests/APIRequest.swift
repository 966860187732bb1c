import Access
import HTTPServer
import NIOCore
import NIOHTTP1
import Registry

/// A request on its way through the front-end: what was sent, what it is about, and who sent it. A reference, since every
/// step hands it on.
final class APIRequest: Sendable {
  let http: HTTPServerRequest
  let info: RequestInfo
  let user: UserInfo
  /// Asked where it shows only later what a request does; nil: nobody is.
  let authorizer: (any Authorizer)?

  init(http: HTTPServerRequest, info: RequestInfo, user: UserInfo, authorizer: (any Authorizer)?) {
    self.http = http
    self.info = info
    self.user = user
    self.authorizer = authorizer
  }

  /// The largest body that is taken, as in Kubernetes.
  static let largestBody = 3 * 1024 * 1024

  /// What is made of more bytes than these is made off the event loop.
  static let longBody = 64 * 1024

  /// Whether the body is a long one. One whose length was not announced may be.
  var mayHaveLongBody: Bool { http.body.announcedLength.map { $0 > Self.longBody } ?? true }

  /// The whole body; at most 3 MiB. Compressed ones are not taken, so that no small one can become a large one.
  func body() async throws -> ByteBuffer {
    if let coding = http.headers[canonicalForm: "content-encoding"].first(where: { $0.lowercased() != "identity" }) {
      throw APIError.unsupportedMediaType(
        "the body of the request is encoded with \(FieldError.quoted(String(coding))): only plain bodies are taken")
    }
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

  /// As in Kubernetes, whatever is not `0` or `false` means yes, and so does a name without a value.
  func flag(_ name: String) -> Bool {
    guard let text = http.query[name] else { return false }
    return text != "0" && text.lowercased() != "false"
  }

  func integer(_ name: String) throws(APIError) -> Int64? {
    guard let text = http.query[name], !text.isEmpty else { return nil }
    guard let value = Int64(text) else {
      throw .badRequest("invalid value for \(name): \(FieldError.quoted(text)): must be an integer")
    }
    return value
  }

  /// Of a list. Which options go together is the registry's to say, which knows the states that there are.
  func listOptions() throws(APIError) -> ListOptions {
    let query = http.query
    let limit = try integer("limit") ?? 0
    // A list ends by itself; what cannot be meant is said all the same.
    _ = try integer("timeoutSeconds")
    if query["sendInitialEvents"]?.isEmpty == false {
      throw .invalidListOptions([
        .forbidden(FieldPath("sendInitialEvents"), "sendInitialEvents is forbidden for list")
      ])
    }
    return ListOptions(
      labelSelector: query["labelSelector"] ?? "", fieldSelector: query["fieldSelector"] ?? "",
      limit: Int(clamping: max(0, limit)), continueToken: query["continue"] ?? "",
      resourceVersion: query["resourceVersion"] ?? "", resourceVersionMatch: query["resourceVersionMatch"] ?? "")
  }

  func watchOptions() throws(APIError) -> WatchOptions {
    let query = http.query
    var options = WatchOptions(
      labelSelector: query["labelSelector"] ?? "", fieldSelector: query["fieldSelector"] ?? "",
      resourceVersion: query["resourceVersion"] ?? "", allowBookmarks: flag("allowWatchBookmarks"))
    if query["sendInitialEvents"]?.isEmpty == false { options.sendInitialEvents = flag("sendInitialEvents") }
    let errors = problems(
      match: query["resourceVersionMatch"] ?? "", continues: query["continue"]?.isEmpty == false,
      sendsInitialEvents: options.sendInitialEvents != nil)
    guard errors.isEmpty else { throw .invalidListOptions(errors) }
    return options
  }

  /// What of a watch's options does not go together: streaming lists need `resourceVersionMatch=NotOlderThan`, and
  /// nothing else may have it.
  private func problems(match: String, continues: Bool, sendsInitialEvents: Bool) -> [FieldError] {
    let path = FieldPath("resourceVersionMatch")
    var errors: [FieldError] = []
    if sendsInitialEvents, match != "NotOlderThan" {
      errors.append(.forbidden(path, "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"))
    }
    guard !match.isEmpty else { return errors }
    if !sendsInitialEvents {
      errors.append(
        .forbidden(path, "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"))
    }
    if match != "NotOlderThan" { errors.append(.notSupported(path, match, supported: ["NotOlderThan"])) }
    if continues { errors.append(.forbidden(path, "resourceVersionMatch is forbidden when continue is provided")) }
    return errors
  }

  /// - Parameter errors: where what is wrong with it is added.
  func dryRun(_ errors: inout [FieldError]) -> Bool {
    let stages = http.query.all("dryRun").filter { !$0.isEmpty }
    if stages.contains(where: { $0 != "All" }) { errors.append(.dryRun(stages)) }
    return !stages.isEmpty
  }

  /// - Parameter isApply: whether the body is one of server-side apply.
  func writeOptions(_ kind: WriteOptions.Kind, isApply: Bool = false) throws(APIError) -> WriteOptions {
    // Creates and updates know no such option, and pass over it like any other.
    let force: Bool? = kind == .patch && http.query["force"] != nil ? flag("force") : nil
    var errors: [FieldError] = []
    let isDry = dryRun(&errors)
    if validation == nil { errors.append(validationError) }
    var options = try WriteOptions(
      kind, dryRun: isDry, fieldManager: http.query["fieldManager"] ?? "",
      userAgent: http.headers.first(name: "user-agent") ?? "", isApply: isApply, force: force, otherErrors: errors,
      user: user)
    if kind != .create { options.checkCreate = { () async throws(APIError) in try await self.checkCreate() } }
    return options
  }

  /// Who creates by an update or an apply has to be allowed to create.
  private func checkCreate() async throws(APIError) {
    guard let authorizer else { return }
    var creation = AccessAttributes(info, fieldSelector: "")
    creation.verb = "create"
    let decision = await authorizer.authorize(user, creation)
    guard case .denied(let reason) = decision else { return }
    throw .forbidden(GroupResource(group: info.group, resource: info.resource), name: info.name, because: reason)
  }

  /// What happens to fields that the type does not have.
  enum FieldValidation: String, Sendable {
    case ignore = "Ignore"
    case warn = "Warn"
    case strict = "Strict"
  }

  /// Of a request whose options have been found right, or has none.
  var fieldValidation: FieldValidation { validation ?? .warn }

  /// Nil: there is no such value.
  private var validation: FieldValidation? {
    let text = http.query["fieldValidation"] ?? ""
    return text.isEmpty ? .warn : FieldValidation(rawValue: text)
  }

  private var validationError: FieldError {
    .notSupported(
      FieldPath("fieldValidation"), http.query["fieldValidation"] ?? "", supported: ["", "Ignore", "Strict", "Warn"])
  }
}
