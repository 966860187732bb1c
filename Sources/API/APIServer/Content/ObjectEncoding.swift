import APISchema
import JSONDocument
import NIOCore
import Registry

/// Encodes objects, lists and watch events in the form that was negotiated. Objects go out as the bytes that the cache
/// holds; only tables and metadata are made anew.
struct ObjectEncoding: Sendable {
  let registry: ResourceRegistry
  let resource: ServedResource
  let form: ResponseForm

  // MARK: One object

  func object(_ object: StoredObject) -> [UInt8] {
    switch form {
    case .objects: object.json
    case .table(let include): table([object], metadata: listMetadata(object.resourceVersion), include: include)
    case .metadata: Self.partialMetadata(object)
    }
  }

  // MARK: Lists

  func list(_ list: ListResult) -> ByteBuffer {
    var metadata = listMetadata(list.resourceVersion)
    if !list.continueToken.isEmpty { metadata["continue"] = .string(list.continueToken) }
    if let remaining = list.remainingItemCount, remaining > 0 { metadata["remainingItemCount"] = .int(remaining) }
    if case .table(let include) = form {
      return ByteBuffer(bytes: table(list.objects, metadata: metadata, include: include))
    }
    let kind = form == .metadata ? "PartialObjectMetadataList" : resource.listKind
    let apiVersion = form == .metadata ? "meta.k8s.io/v1" : resource.apiVersion
    var buffer = ByteBuffer()
    buffer.reserveCapacity(256 + list.objects.reduce(0) { $0 + $1.json.count + 1 })
    buffer.writeString(#"{"kind":"\#(kind)","apiVersion":"\#(apiVersion)","metadata":"#)
    buffer.writeBytes(JSONValue.object(metadata).jsonBytes)
    buffer.writeString(#","items":["#)
    for (position, object) in list.objects.enumerated() {
      if position > 0 { buffer.writeInteger(UInt8(ascii: ",")) }
      if form == .metadata {
        buffer.writeBytes(Self.partialMetadata(object))
      } else {
        buffer.writeBytes(object.json)
      }
    }
    buffer.writeString("]}\n")
    return buffer
  }

  private func listMetadata(_ resourceVersion: String) -> JSONObject {
    ["resourceVersion": .string(resourceVersion)]
  }

  // MARK: Watch events

  /// One line of a watch stream; made once for all watchers that want this form.
  func event(_ event: WatchEvent) -> ByteBuffer {
    event.encoded(as: formName) {
      if form == .objects { return ByteBuffer(bytes: event.jsonLine) }
      let object: [UInt8]
      switch form {
      case .table(let include) where event.kind == .bookmark:
        object = table([], metadata: listMetadata(event.object.resourceVersion), include: include)
      case .metadata where event.kind == .bookmark:
        object =
          JSONValue.object([
            "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
            "metadata": (try? JSONValue(jsonBytes: event.object.json))?["metadata"] ?? .object([:]),
          ]).jsonBytes
      default: object = self.object(event.object)
      }
      var buffer = ByteBuffer()
      buffer.reserveCapacity(object.count + 40)
      buffer.writeString(#"{"type":"\#(event.kind.rawValue)","object":"#)
      buffer.writeBytes(object)
      buffer.writeString("}\n")
      return buffer
    }
  }

  /// The event that ends a watch with an error.
  static func errorEvent(_ error: APIError) -> ByteBuffer {
    var buffer = ByteBuffer(string: #"{"type":"ERROR","object":"#)
    buffer.writeBytes(error.status.jsonBytes)
    buffer.writeString("}\n")
    return buffer
  }

  private var formName: String {
    switch form {
    case .objects: "json"
    case .metadata: "metadata"
    case .table(let include): "table-\(include.rawValue)-\(resource.apiVersion)"
    }
  }

  // MARK: Tables

  private func table(_ objects: [StoredObject], metadata: JSONObject, include: ResponseForm.IncludeObject) -> [UInt8] {
    let columns = registry.tableColumns(of: resource).map { column -> JSONValue in
      [
        "name": .string(column.name), "type": .string(column.type), "format": .string(column.format),
        "description": "", "priority": .int(Int64(column.priority)),
      ]
    }
    var result: [UInt8] = []
    result += #"{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":"#.utf8
    result += JSONValue.object(metadata).jsonBytes
    result += #","columnDefinitions":"#.utf8
    result += JSONValue.array(columns).jsonBytes
    result += #","rows":["#.utf8
    for (position, object) in objects.enumerated() {
      if position > 0 { result.append(UInt8(ascii: ",")) }
      result += #"{"cells":"#.utf8
      result += JSONValue.array(registry.tableCells(of: object, in: resource)).jsonBytes
      switch include {
      case .none: break
      case .metadata:
        result += #","object":"#.utf8
        result += Self.partialMetadata(object)
      case .object:
        result += #","object":"#.utf8
        result += object.json
      }
      result += "}".utf8
    }
    result += "]}".utf8
    return result
  }

  static func partialMetadata(_ object: StoredObject) -> [UInt8] {
    let metadata = (try? JSONValue(jsonBytes: object.json))?["metadata"] ?? .object([:])
    return JSONValue.object([
      "kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": metadata,
    ]).jsonBytes
  }
}
