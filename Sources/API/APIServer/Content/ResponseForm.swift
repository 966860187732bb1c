import APISchema
import HTTPServer
import NIOHTTP1
import Registry

/// How objects are answered: what is shown of them, and in which encoding.
struct ResponseForm: Sendable, Hashable {
  /// The encodings of answers, the one that a client without wishes gets first.
  enum Encoding: String, Sendable, CaseIterable {
    case json, yaml, protobuf

    var mediaType: String {
      switch self {
      case .json: "application/json"
      case .yaml: "application/yaml"
      case .protobuf: Schema.protobufMediaType
      }
    }
  }

  /// What is shown: objects as they are, a table (`kubectl get`), or only their metadata.
  enum Shape: Sendable, Hashable {
    case objects
    case table(includeObject: IncludeObject)
    case metadata
  }

  /// How much of the object a table's row carries (`?includeObject=`).
  enum IncludeObject: String, Sendable {
    case none = "None"
    case metadata = "Metadata"
    case object = "Object"
  }

  /// What the answer is going to be.
  enum Purpose: Sendable {
    case object, list, watch
  }

  var encoding = Encoding.json
  var shape = Shape.objects
  /// The group-version of tables and metadata: `meta.k8s.io/v1`, or `v1beta1` for clients that still ask for that.
  var metaVersion = "meta.k8s.io/v1"

  /// The media type to answer with.
  var contentType: String { encoding.mediaType }

  /// Picks the first form of `Accept` that can be answered, as Kubernetes does: a clause may name an encoding, or a
  /// wildcard, and with `as`, `g` and `v` what is to be shown. There is no protobuf of tables, and YAML is no stream.
  ///
  /// - Throws: 406 when there is none, or when metadata of one object is wanted of a list or the other way round.
  static func negotiate(
    _ request: HTTPServerRequest, for purpose: Purpose = .object
  ) throws(APIError) -> ResponseForm {
    let headers = request.headers["accept"]
    if headers.allSatisfy(\.isEmpty) { return ResponseForm() }
    // What most clients say leads there too.
    if headers.count == 1, headers[0] == "application/json" || headers[0] == "*/*" { return ResponseForm() }
    for media in MediaType.list(headers) {
      for encoding in Encoding.allCases where media.accepts(encoding.mediaType) {
        if purpose == .watch, encoding == .yaml { continue }
        if let stream = media.parameters["stream"], stream != "watch" { continue }
        guard let form = try form(media, encoding, request, purpose) else { continue }
        return form
      }
    }
    let known = purpose == .watch ? [Encoding.json, .protobuf] : Encoding.allCases
    let names = known.map { $0.mediaType + (purpose == .watch ? ";stream=watch" : "") }
    throw .notAcceptable("only the following media types are accepted: \(names.joined(separator: ", "))")
  }

  private static func form(
    _ media: MediaType, _ encoding: Encoding, _ request: HTTPServerRequest, _ purpose: Purpose
  ) throws(APIError) -> ResponseForm? {
    let kind = media.parameters["as"] ?? ""
    if kind.isEmpty { return ResponseForm(encoding: encoding) }
    guard media.parameters["g"] == "meta.k8s.io", let version = media.parameters["v"],
      ["v1", "v1beta1"].contains(version)
    else { return nil }
    var form = ResponseForm(encoding: encoding, metaVersion: "meta.k8s.io/\(version)")
    switch kind {
    case "Table" where encoding != .protobuf:
      let name = request.query["includeObject"] ?? ""
      guard let include = IncludeObject(rawValue: name.isEmpty ? "Metadata" : name) else {
        throw .badRequest("unrecognized includeObject value: \(FieldError.quoted(name))")
      }
      form.shape = .table(includeObject: include)
    case "PartialObjectMetadata":
      if purpose == .list {
        throw .notAcceptable("you requested PartialObjectMetadata, but the requested object is a list")
      }
      form.shape = .metadata
    case "PartialObjectMetadataList":
      if purpose == .object {
        throw .notAcceptable("you requested PartialObjectMetadataList, but the requested object is not a list")
      }
      form.shape = .metadata
    default: return nil
    }
    return form
  }

  /// The encoding of an answer that has one shape only: errors, and what is no object of the store. JSON where the
  /// client wants nothing that there is: an error must not turn into another one.
  static func encoding(for request: HTTPServerRequest) -> Encoding {
    for media in MediaType.list(request.headers["accept"]) where (media.parameters["as"] ?? "").isEmpty {
      if let encoding = Encoding.allCases.first(where: { media.accepts($0.mediaType) }) { return encoding }
    }
    return .json
  }
}
