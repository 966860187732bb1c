import JSONDocument

/// Where the next page of a list begins, as opaque text that is safe in a URL: Kubernetes' own form, base64 of
/// `{"v":"meta.k8s.io/v1","rv":VERSION,"start":KEY}`.
struct ContinueToken: Equatable {
  /// The state that the list shows; -1: the newest one, for lists whose state is no longer kept.
  var revision: Int64
  /// The key that the page begins with, without the resource's prefix.
  var startKey: String

  private static let version = "meta.k8s.io/v1"
  static let newest: Int64 = -1

  init(revision: Int64, startKey: String) {
    self.revision = revision
    self.startKey = startKey
  }

  var text: String {
    let document: JSONValue = ["v": .string(Self.version), "rv": .int(revision), "start": .string(startKey)]
    let plain: String = Base64.encode(document.jsonBytes)
    return String(plain.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
  }

  /// - Throws: 400 for what is no token.
  init(parsing text: String) throws(APIError) {
    var plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    while plain.count % 4 != 0, plain.count < text.count + 3 { plain.append("=") }
    guard let bytes = Base64.decode(String(plain).utf8), let document = try? JSONValue(jsonBytes: bytes) else {
      throw Self.refusal("continue key is not valid")
    }
    guard document["v"]?.stringValue == Self.version else {
      let version = document["v"]?.stringValue ?? ""
      throw Self.refusal(
        "continue key is not valid: server does not recognize this encoded version \(FieldError.quoted(version))")
    }
    guard let revision = document["rv"]?.intValue, revision > 0 || revision == Self.newest else {
      throw Self.refusal("incorrect encoded start resourceVersion (version \(Self.version))")
    }
    guard let startKey = document["start"]?.stringValue, !startKey.isEmpty else {
      throw Self.refusal("continue key is not valid: encoded start key empty (version \(Self.version))")
    }
    // A key that climbs out of its prefix would begin somewhere else.
    guard
      !startKey.split(separator: "/", omittingEmptySubsequences: false).contains(where: { ["..", "."].contains($0) })
    else { throw Self.refusal("continue key is not valid: \(startKey)") }
    self.init(revision: revision, startKey: startKey)
  }

  private static func refusal(_ message: String) -> APIError { .badRequest("invalid continue token: \(message)") }
}

extension APIError {
  /// A list whose state is no longer kept. One that was begun may go on at the newest state, with gaps and repetitions:
  /// the error carries a token for that.
  static func expiredList(continuingFrom startKey: String?) -> APIError {
    guard let startKey else { return .expired("The resourceVersion for the provided list is too old.") }
    var error = APIError.expired(
      "The provided continue parameter is too old to display a consistent list result. You can start a new list "
        + "without the continue parameter, or use the continue token in this response to retrieve the remainder of "
        + "the results. Continuing with the provided token results in an inconsistent list - objects that were "
        + "created, modified, or deleted between the time the first chunk was returned and now may show up in the "
        + "list.")
    error.continueToken = ContinueToken(revision: ContinueToken.newest, startKey: startKey).text
    return error
  }

  /// Options of a list or a watch that do not go together: 422.
  package static func invalidListOptions(_ errors: [FieldError]) -> APIError {
    .invalid(kind: "ListOptions", group: "meta.k8s.io", name: "", errors)
  }
}
