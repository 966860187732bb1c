import APISchema
import JSONDocument
import NIOCore
import Registry

/// What is said of unknown and repeated fields of a patch, and of the object that it makes (`fieldValidation`).
struct PatchCheck: Sendable {
  private let decoder: BodyDecoder
  let kind: GroupVersionKind
  private let validation: APIRequest.FieldValidation
  /// What is wrong with the patch's own text.
  private let problems: [String]
  /// The patch as messages show it; nil: they show the object that it made.
  private let shownPatch: String?

  init(
    _ body: ByteBuffer, as format: PatchDocument.Format, kind: GroupVersionKind,
    validation: APIRequest.FieldValidation, decoder: BodyDecoder
  ) throws(APIError) {
    self.decoder = decoder
    self.kind = kind
    self.validation = validation
    let read: (JSONValue, [String])
    do { read = try JSONValue.readingDuplicates(Array(body.readableBytesView)) } catch {
      throw .badRequest("error decoding patch: \(error)")
    }
    let document = read.0
    shownPatch = format == .strategicMerge ? GoFormat.text(document) : nil
    guard validation != .ignore else {
      problems = []
      return
    }
    let prefix = format == .json ? "json patch " : ""
    let duplicates = read.1.map { "\(prefix)duplicate field \(FieldError.quoted($0))" }
    problems = (format == .json ? Self.unknownMembers(document) : []) + duplicates
  }

  /// Members that no operation of a JSON patch has (RFC 6902, 4).
  private static func unknownMembers(_ patch: JSONValue) -> [String] {
    var problems: [String] = []
    for (index, operation) in (patch.arrayValue ?? []).enumerated() {
      for name in operation.objectValue?.keys ?? [] where !["op", "path", "from", "value"].contains(name) {
        problems.append("json patch unknown field \(FieldError.quoted("[\(index)].\(name)"))")
      }
    }
    return problems
  }

  /// The object that the patch has made, in canonical form, and what the client is to be warned of.
  ///
  /// - Throws: 422 for an object that its kind cannot be, and with `.strict` for unknown and repeated fields.
  func checked(_ patched: JSONValue) throws(APIError) -> BodyDecoder.Decoded {
    let json = patched.jsonBytes
    let read: DecodedDocument
    do { read = try decoder.read(json, as: kind) } catch { throw refusal(error.message, json) }
    let found = problems + read.strictErrors
    switch validation {
    case .ignore: return BodyDecoder.Decoded(document: read.value, warnings: [])
    case .warn: return BodyDecoder.Decoded(document: read.value, warnings: found)
    case .strict:
      guard found.isEmpty else { throw refusal("strict decoding error: \(found.joined(separator: ", "))", json) }
      return BodyDecoder.Decoded(document: read.value, warnings: [])
    }
  }

  private func refusal(_ message: String, _ json: [UInt8]) -> APIError {
    let shown = shownPatch ?? String(decoding: json, as: UTF8.self)
    return .invalid(kind: "", group: "", name: "", [.invalid(FieldPath("patch"), shown, message)])
  }
}

/// Documents as Go prints maps (`%+v`), as users know them from Kubernetes' messages.
enum GoFormat {
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .null: "<nil>"
    case .string(let text): text
    case .array(let elements): "[\(elements.map(text).joined(separator: " "))]"
    case .object(let object):
      "map["
        + object.members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        .map { "\($0.key):\(text($0.value))" }.joined(separator: " ") + "]"
    case .bool, .int, .double: value.description
    }
  }
}
