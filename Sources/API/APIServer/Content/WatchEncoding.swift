import APISchema
import JSONDocument
import NIOCore
import Registry

/// Encodes a watch's events: each once for all watchers that want the same form.
struct WatchEncoding: Sendable {
  /// How a stream tells its events apart.
  enum Framing: String, Sendable {
    /// Lines of JSON, or messages with their length before them.
    case stream
    /// Messages of a WebSocket: text for JSON, else binary.
    case webSocket
  }

  let objects: ObjectEncoding
  let framing: Framing
  private let name: String

  init(_ objects: ObjectEncoding, framing: Framing) {
    self.objects = objects
    self.framing = framing
    let form = objects.form
    let shape =
      switch form.shape {
      case .objects: "objects"
      case .metadata: "metadata \(form.metaVersion)"
      case .table(let include): "table \(include.rawValue) \(form.metaVersion)"
      }
    name = "\(framing.rawValue) \(form.encoding.rawValue) \(shape) \(objects.resource.apiVersion)"
  }

  /// The media type of the stream.
  var contentType: String {
    objects.form.contentType + (objects.form.encoding == .protobuf ? ";stream=watch" : "")
  }

  /// - Parameter isFirst: the first event of a watch tells a table's columns.
  func event(_ event: WatchEvent, isFirst: Bool) throws(APIError) -> ByteBuffer {
    var name = name
    let isTable = if case .table = objects.form.shape { true } else { false }
    if isTable, isFirst { name += " columns" }
    return try event.encoded(as: name) { () throws(APIError) -> ByteBuffer in
      if objects.form == ResponseForm(), framing == .stream, event.kind != .bookmark {
        return ByteBuffer(bytes: event.jsonLine)
      }
      return frame(event.kind.rawValue, try object(of: event, namesColumns: isFirst))
    }
  }

  /// The event that ends a watch with an error.
  func error(_ error: APIError) -> ByteBuffer {
    let status = error.status
    let message = objects.form.encoding == .protobuf ? (try? Schema.builtIn.protobuf(status)) : nil
    return frame("ERROR", message ?? status.jsonBytes)
  }

  private func object(of event: WatchEvent, namesColumns: Bool) throws(APIError) -> [UInt8] {
    let isBookmark = event.kind == .bookmark
    switch objects.form.shape {
    case .table(let include):
      let metadata: JSONObject = ["resourceVersion": .string(event.object.resourceVersion)]
      // Of bookmarks only the one that has something to say besides a version: that the initial events are complete.
      let rows = isBookmark && !event.endsInitialEvents ? [] : objects.row(event.object, include)
      return try objects.encoded(
        objects.tableHead(metadata, namesColumns: namesColumns) + rows + Array("]}".utf8))
    case .objects, .metadata:
      let object = try isBookmark ? bookmark(event) : event.object
      return try objects.object(object)
    }
  }

  /// The end of the initial events also carries, as text, an empty list in the client's own encoding: newer clients
  /// begin from it to make the list that they would have got.
  private func bookmark(_ event: WatchEvent) throws(APIError) -> StoredObject {
    guard event.endsInitialEvents else { return event.object }
    let blueprint: String = Base64.encode(try objects.emptyList())
    return event.object.annotated("kubernetes.io/initial-events-list-blueprint", blueprint)
  }

  private func frame(_ type: String, _ object: [UInt8]) -> ByteBuffer {
    let bytes: [UInt8]
    switch (objects.form.encoding, framing) {
    case (.protobuf, .stream): return ByteBuffer(bytes: Schema.protobufWatchFrame(type: type, object: object))
    case (.protobuf, .webSocket): bytes = Schema.protobufWatchMessage(type: type, object: object)
    case (.json, _), (.yaml, _):
      bytes = Array(#"{"type":"\#(type)","object":"#.utf8) + object + Array("}\n".utf8)
    }
    guard framing == .webSocket else { return ByteBuffer(bytes: bytes) }
    return WebSocketFrame(objects.form.encoding == .protobuf ? .binary : .text, bytes).bytes
  }
}
