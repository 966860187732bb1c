import HTTPServer
import NIOHTTP1
import Registry

/// The form in which objects are answered: as they are, as a table (`kubectl get`), or only their metadata.
enum ResponseForm: Sendable, Equatable {
  case objects
  case table(includeObject: IncludeObject)
  case metadata

  /// How much of the object a table's row carries (`?includeObject=`).
  enum IncludeObject: String, Sendable {
    case none = "None"
    case metadata = "Metadata"
    case object = "Object"
  }

  /// Picks the first form of `Accept` that can be answered. Protobuf is read but not written: clients that also
  /// accept JSON get that.
  static func negotiate(_ request: HTTPServerRequest) throws(APIError) -> ResponseForm {
    let headers = request.headers["accept"]
    if headers.isEmpty || headers.allSatisfy(\.isEmpty) { return .objects }
    for media in MediaType.list(headers) where media.accepts("application/json") {
      switch media.parameters["as"] {
      case nil: return .objects
      case "Table" where media.isMeta:
        let name = request.query["includeObject"] ?? ""
        guard let include = IncludeObject(rawValue: name.isEmpty ? "Metadata" : name) else {
          throw .badRequest("unrecognized includeObject value: \"\(name)\"")
        }
        return .table(includeObject: include)
      case "PartialObjectMetadata" where media.isMeta, "PartialObjectMetadataList" where media.isMeta: return .metadata
      default: continue
      }
    }
    throw .notAcceptable("only the following media types are accepted: application/json")
  }
}

extension MediaType {
  /// Whether its `as` is of meta.k8s.io/v1.
  fileprivate var isMeta: Bool { parameters["g"] == "meta.k8s.io" && parameters["v"] == "v1" }
}
