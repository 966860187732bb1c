import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Encodes objects in the form that was negotiated. As JSON they go out as the bytes that the cache holds; tables,
/// metadata and the other encodings are made anew.
struct ObjectEncoding: Sendable {
  let registry: ResourceRegistry
  let resource: ServedResource
  /// The part of the objects whose form they have; nil: they are whole.
  let subresource: ServedResource.Subresource?
  let form: ResponseForm
  private var schema: Schema { Schema.builtIn }

  init(
    registry: ResourceRegistry, resource: ServedResource, subresource: ServedResource.Subresource? = nil,
    form: ResponseForm
  ) {
    self.registry = registry
    self.resource = resource
    self.subresource = subresource
    self.form = form
  }

  /// The kind of an object, or of its metadata.
  private var kind: GroupVersionKind {
    if form.shape == .metadata { return metaKind("PartialObjectMetadata") }
    if let part = subresource { return GroupVersionKind(group: part.group, version: part.version, kind: part.kind) }
    return resource.groupVersionKind
  }

  var listKind: GroupVersionKind {
    switch form.shape {
    case .metadata: metaKind("PartialObjectMetadataList")
    case .table: metaKind("Table")
    case .objects:
      GroupVersionKind(group: resource.group, version: resource.version, kind: resource.listKind)
    }
  }

  private func metaKind(_ kind: String) -> GroupVersionKind {
    let version = form.metaVersion.split(separator: "/").last.map(String.init) ?? "v1"
    return GroupVersionKind(group: "meta.k8s.io", version: version, kind: kind)
  }

  // MARK: One object

  /// The object in the form that was negotiated.
  func object(_ object: StoredObject) throws(APIError) -> [UInt8] {
    try encoded(json(object))
  }

  /// Answers with one object.
  func send(
    _ object: StoredObject, _ responder: Responder, status: HTTPResponseStatus = .ok, warnings: [String] = []
  ) async throws {
    if form.encoding == .protobuf {
      return try await responder.send(
        ByteBuffer(bytes: try self.object(object)), status: status, warnings: warnings, contentType: form.contentType)
    }
    try await responder.encoded(json(object), as: form.encoding, status: status, warnings: warnings)
  }

  /// The object in its shape, as JSON.
  private func json(_ object: StoredObject) -> [UInt8] {
    switch form.shape {
    case .objects: object.json
    case .table(let include):
      tableHead(listMetadata(object.resourceVersion)) + row(object, include) + Array("]}".utf8)
    case .metadata: partialMetadata(object)
    }
  }

  /// A document of this kind, given as JSON, in the encoding that was negotiated.
  func encoded(_ json: [UInt8]) throws(APIError) -> [UInt8] {
    switch form.encoding {
    case .json: return json
    case .yaml: return YAMLWriter.bytes(try parsed(json))
    case .protobuf:
      let document = try parsed(json)
      do { return try schema.protobuf(document, as: kind) } catch {
        throw .internalError("the object cannot be written as protobuf: \(error)")
      }
    }
  }

  private func parsed(_ json: [UInt8]) throws(APIError) -> JSONValue {
    do { return try JSONValue(jsonBytes: json) } catch {
      throw .internalError("the object cannot be read: \(error)")
    }
  }

  // MARK: Lists

  /// Answers with a list, made as the client reads it.
  func send(_ list: ListResult, _ responder: Responder) async throws {
    var body = responder.stream(contentType: form.contentType)
    switch (form.encoding, form.shape) {
    case (.protobuf, _): try await sendProtobuf(list, to: &body)
    case (.yaml, .table): try await body.append(YAMLWriter.bytes(try parsed(table(list))))
    case (.yaml, _): try await sendYAML(list, to: &body)
    case (.json, _) where Responder.wantsPretty(responder.request): try await sendPretty(list, to: &body)
    case (.json, .table(let include)): try await sendTable(list, include, to: &body)
    case (.json, _): try await sendJSON(list, to: &body)
    }
    try await body.finish()
  }

  private func metadata(of list: ListResult) -> JSONObject {
    var metadata = listMetadata(list.resourceVersion)
    if !list.continueToken.isEmpty { metadata["continue"] = .string(list.continueToken) }
    if let remaining = list.remainingItemCount, remaining > 0 { metadata["remainingItemCount"] = .int(remaining) }
    return metadata
  }

  private func listMetadata(_ resourceVersion: String) -> JSONObject {
    ["resourceVersion": .string(resourceVersion)]
  }

  /// An item of a list, as JSON.
  private func item(_ object: StoredObject, of list: ListResult) -> [UInt8] {
    let shown = list.shown(object)
    return form.shape == .metadata ? partialMetadata(shown) : shown.json
  }

  private func sendJSON(_ list: ListResult, to body: inout BodyStream) async throws {
    let kind = listKind
    try await body.append(
      #"{"kind":"\#(kind.kind)","apiVersion":"\#(kind.apiVersion)","metadata":"#
        + "\(JSONValue.object(metadata(of: list)))"
        + #","items":["#)
    for (position, object) in list.objects.enumerated() {
      if position > 0 { try await body.append([UInt8(ascii: ",")]) }
      try await body.append(item(object, of: list))
    }
    try await body.append("]}\n")
  }

  private func sendPretty(_ list: ListResult, to body: inout BodyStream) async throws {
    if case .table = form.shape { return try await body.append(PrettyJSON.bytes(try parsed(table(list)))) }
    let kind = listKind
    let metadata = PrettyJSON.bytes(.object(metadata(of: list)), indent: 2)
    try await body.append(
      "{\n  \"kind\": \"\(kind.kind)\",\n  \"apiVersion\": \"\(kind.apiVersion)\",\n  \"metadata\": "
        + String(decoding: metadata, as: UTF8.self) + ",\n  \"items\": [")
    for (position, object) in list.objects.enumerated() {
      try await body.append(position > 0 ? ",\n    " : "\n    ")
      try await body.append(PrettyJSON.bytes(try parsed(item(object, of: list)), indent: 4))
    }
    try await body.append(list.objects.isEmpty ? "]\n}\n" : "\n  ]\n}\n")
  }

  private func sendYAML(_ list: ListResult, to body: inout BodyStream) async throws {
    let kind = listKind
    let head: JSONValue = [
      "apiVersion": .string(kind.apiVersion), "kind": .string(kind.kind), "metadata": .object(metadata(of: list)),
    ]
    try await body.append(YAMLWriter.bytes(head))
    try await body.append(list.objects.isEmpty ? "items: []\n" : "items:\n")
    for object in list.objects { try await body.append(YAMLWriter.element(try parsed(item(object, of: list)))) }
  }

  /// How many bytes of items are kept from measuring them to sending them; those beyond are made twice.
  private static let keptBytes = 4 << 20

  /// The length of all items comes first on the wire: they are made once to be measured, and as far as they are not
  /// kept once more to be sent.
  private func sendProtobuf(_ list: ListResult, to body: inout BodyStream) async throws {
    var kept: [[UInt8]] = []
    var (size, keptSize) = (0, 0)
    for (position, object) in list.objects.enumerated() {
      if position % 128 == 127 {
        // Nothing is sent meanwhile that would wait: a client that is gone has to be noticed, and others want to run.
        try Task.checkCancellation()
        await Task.yield()
      }
      let message = try message(object, of: list)
      size += message.count + Schema.protobufItemHead(size: message.count).count
      guard keptSize < Self.keptBytes else { continue }
      keptSize += message.count
      kept.append(message)
    }
    try await body.append(try listHead(metadata(of: list), itemBytes: size))
    for (position, object) in list.objects.enumerated() {
      let message = position < kept.count ? kept[position] : try message(object, of: list)
      try await body.append(Schema.protobufItemHead(size: message.count))
      try await body.append(message)
    }
    try await body.append(Schema.protobufListTail)
  }

  private func listHead(_ metadata: JSONObject, itemBytes: Int) throws(APIError) -> [UInt8] {
    do { return try schema.protobufListHead(listKind, metadata: .object(metadata), itemBytes: itemBytes) } catch {
      throw .internalError("the list cannot be written as protobuf: \(error)")
    }
  }

  private func message(_ object: StoredObject, of list: ListResult) throws(APIError) -> [UInt8] {
    let document = try parsed(item(object, of: list))
    do { return try schema.protobufMessage(document, as: kind) } catch {
      throw .internalError("the object \(object.key) cannot be written as protobuf: \(error)")
    }
  }

  /// A list of this kind with nothing in it, in the encoding that was negotiated.
  func emptyList() throws(APIError) -> [UInt8] {
    guard form.encoding != .protobuf else {
      return try listHead(JSONObject(), itemBytes: 0) + Schema.protobufListTail
    }
    let kind = listKind
    return Array(#"{"kind":"\#(kind.kind)","apiVersion":"\#(kind.apiVersion)","metadata":{},"items":[]}"#.utf8)
  }

  // MARK: Tables

  private func sendTable(
    _ list: ListResult, _ include: ResponseForm.IncludeObject, to body: inout BodyStream
  ) async throws {
    try await body.append(tableHead(metadata(of: list)))
    for (position, object) in list.objects.enumerated() {
      if position > 0 { try await body.append([UInt8(ascii: ",")]) }
      try await body.append(row(list.shown(object), include))
    }
    try await body.append("]}\n")
  }

  /// A whole table in memory, for encodings that hardly anybody asks tables in.
  private func table(_ list: ListResult) -> [UInt8] {
    guard case .table(let include) = form.shape else { return [] }
    var bytes = tableHead(metadata(of: list))
    for (position, object) in list.objects.enumerated() {
      if position > 0 { bytes.append(UInt8(ascii: ",")) }
      bytes += row(list.shown(object), include)
    }
    return bytes + Array("]}".utf8)
  }

  /// What precedes a table's rows.
  ///
  /// - Parameter namesColumns: watches tell the columns once, with their first event.
  func tableHead(_ metadata: JSONObject, namesColumns: Bool = true) -> [UInt8] {
    let columns = namesColumns ? registry.tableColumns(of: resource, subresource: subresource?.name ?? "") : []
    let definitions = columns.map { column -> JSONValue in
      [
        "name": .string(column.name), "type": .string(column.type), "format": .string(column.format),
        "description": "", "priority": .int(Int64(column.priority)),
      ]
    }
    var result: [UInt8] = []
    result += #"{"kind":"Table","apiVersion":"\#(form.metaVersion)","metadata":"#.utf8
    result += JSONValue.object(metadata).jsonBytes
    result += #","columnDefinitions":"#.utf8
    result += namesColumns ? JSONValue.array(definitions).jsonBytes : Array("null".utf8)
    result += #","rows":["#.utf8
    return result
  }

  func row(_ object: StoredObject, _ include: ResponseForm.IncludeObject) -> [UInt8] {
    var result = Array(#"{"cells":"#.utf8)
    let cells = registry.tableCells(of: object, in: resource, subresource: subresource?.name ?? "")
    result += JSONValue.array(cells).jsonBytes
    switch include {
    case .none: break
    case .metadata:
      result += #","object":"#.utf8
      result += partialMetadata(object)
    case .object:
      result += #","object":"#.utf8
      result += object.json
    }
    result.append(UInt8(ascii: "}"))
    return result
  }

  func partialMetadata(_ object: StoredObject) -> [UInt8] {
    var result = Array(#"{"kind":"PartialObjectMetadata","apiVersion":"\#(form.metaVersion)","metadata":"#.utf8)
    result += object.metadataJSON
    result.append(UInt8(ascii: "}"))
    return result
  }
}
