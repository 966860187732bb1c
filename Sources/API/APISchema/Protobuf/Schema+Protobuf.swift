package import JSONDocument

// Documents as Kubernetes' protobuf: single objects, lists, watch events. There is no protobuf of `Table`: Kubernetes
// has no message for it either, and answers 406.

extension Schema {
  /// The body for a document: Kubernetes' envelope round the object's message.
  ///
  /// - Parameter kind: the kind to write; nil for the one that the document's `apiVersion` and `kind` name.
  /// - Throws: `.kind` if the schema has no such kind (a `Table`, a custom resource), `.value` if a value does not fit
  ///   its field, `.depth`.
  package func protobuf(
    _ document: JSONValue, as kind: GroupVersionKind? = nil
  ) throws(ProtobufError) -> [UInt8] {
    let (kind, message) = try self.message(document, as: kind)
    return Self.envelope(kind, message: message)
  }

  /// The message of a document without an envelope: an item for `protobufList`, or what such an item is cached as.
  package func protobufMessage(
    _ document: JSONValue, as kind: GroupVersionKind? = nil
  ) throws(ProtobufError) -> [UInt8] {
    try message(document, as: kind).bytes
  }

  /// The body for a list, its items' messages made before (`protobufMessage`). Every list of the API has its metadata
  /// in 1 and its items in 2.
  package func protobufList(
    _ kind: GroupVersionKind, metadata: JSONValue, items: [[UInt8]]
  ) throws(ProtobufError) -> [UInt8] {
    let size = items.reduce(0) { $0 + Self.protobufItemHead(size: $1.count).count + $1.count }
    var bytes = try protobufListHead(kind, metadata: metadata, itemBytes: size)
    bytes.reserveCapacity(bytes.count + size + Self.protobufListTail.count)
    for item in items {
      bytes += Self.protobufItemHead(size: item.count)
      bytes += item
    }
    return bytes + Self.protobufListTail
  }

  // A list in pieces: its head, then each item's head and message, then the tail. Lengths stand before what they
  // measure, so that the sum of the items has to be known before the first of them goes out.

  /// What precedes the items of a list.
  ///
  /// - Parameter itemBytes: how long the items are together, their heads included.
  package func protobufListHead(
    _ kind: GroupVersionKind, metadata: JSONValue, itemBytes: Int
  ) throws(ProtobufError) -> [UInt8] {
    guard let listMeta = index(package: "meta", version: "v1", name: "ListMeta") else {
      throw ProtobufError(.kind, "the schema has no ListMeta")
    }
    var encoder = ProtobufEncoder(schema: self, capacity: 256)
    try encoder.message(metadata.objectValue ?? JSONObject(), listMeta)
    encoder.writer.close(1, from: 0)
    encoder.writer.prepend(varint: UInt64(encoder.writer.count + itemBytes))
    encoder.writer.prepend(tag: 2, wireType: 2)
    Self.prependTypeMeta(kind, to: &encoder.writer)
    return encoder.writer.bytes
  }

  /// What precedes an item's message of that size.
  package static func protobufItemHead(size: Int) -> [UInt8] {
    var writer = ProtobufWriter(capacity: 16)
    writer.prepend(varint: UInt64(size))
    writer.prepend(tag: 2, wireType: 2)
    return writer.bytes
  }

  /// What follows a list's items: content encoding and type of the envelope, both empty.
  package static let protobufListTail: [UInt8] = [0x1a, 0, 0x22, 0]

  /// Kubernetes' envelope (`runtime.Unknown`) round an object's message: type meta in 1, the object in 2, content
  /// encoding and type, both empty, in 3 and 4.
  package static func envelope(_ kind: GroupVersionKind, message: [UInt8]) -> [UInt8] {
    var writer = ProtobufWriter(capacity: message.count + 64 + kind.kind.utf8.count + kind.group.utf8.count)
    writer.prependField(4, bytes: [])
    writer.prependField(3, bytes: [])
    writer.prependField(2, bytes: message)
    prependTypeMeta(kind, to: &writer)
    return writer.bytes
  }

  /// What an envelope begins with: the prefix, and the type meta in 1.
  private static func prependTypeMeta(_ kind: GroupVersionKind, to writer: inout ProtobufWriter) {
    let before = writer.count
    writer.prependField(2, text: kind.kind)
    writer.prependField(1, text: kind.apiVersion)
    writer.close(1, from: before)
    writer.prepend(bytes: ProtobufDecoder.magic)
  }

  private func message(
    _ document: JSONValue, as kind: GroupVersionKind?
  ) throws(ProtobufError) -> (kind: GroupVersionKind, bytes: [UInt8]) {
    let apiVersion = document["apiVersion"]?.stringValue ?? ""
    let name = document["kind"]?.stringValue ?? ""
    guard let kind = kind ?? GroupVersionKind(apiVersion: apiVersion, kind: name), let type = index(of: kind) else {
      throw ProtobufError(.kind, "no kind \"\(name)\" is known in version \"\(apiVersion)\"")
    }
    guard case .object(let object) = document else {
      throw ProtobufError(.value, "cannot write \(document.typeName) as object")
    }
    var encoder = ProtobufEncoder(schema: self)
    do { try encoder.message(object, type) } catch {
      var located = error
      located.path = encoder.path
      throw located
    }
    return (kind, encoder.writer.bytes)
  }

  // MARK: - Watch events

  /// One event of a watch in protobuf (`application/vnd.kubernetes.protobuf;stream=watch`): four bytes of length, the
  /// highest first, then a `WatchEvent` without an envelope, which has its type in 1 and in 2, in field 1, the object
  /// in its envelope.
  ///
  /// - Parameter object: the object's body (`protobuf`), which all watchers of a kind share.
  package static func protobufWatchFrame(type: String, object: [UInt8]) -> [UInt8] {
    var writer = watchEvent(type, object)
    let length = UInt32(truncatingIfNeeded: writer.count)
    for shift in [0, 8, 16, 24] as [UInt32] { writer.prepend(byte: UInt8(truncatingIfNeeded: length >> shift)) }
    return writer.bytes
  }

  /// The same without the length, for streams that tell messages apart by themselves (WebSockets).
  package static func protobufWatchMessage(type: String, object: [UInt8]) -> [UInt8] {
    watchEvent(type, object).bytes
  }

  private static func watchEvent(_ type: String, _ object: [UInt8]) -> ProtobufWriter {
    var writer = ProtobufWriter(capacity: object.count + 64)
    writer.prependField(1, bytes: object)
    writer.close(2, from: 0)
    writer.prependField(1, text: type)
    return writer
  }

  /// The first frame's content and what follows it; nil while the frame is not whole.
  package static func splitWatchFrame(
    _ bytes: ArraySlice<UInt8>
  ) -> (frame: ArraySlice<UInt8>, rest: ArraySlice<UInt8>)? {
    guard bytes.count >= 4 else { return nil }
    let length = bytes.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count - 4 >= length else { return nil }
    return (bytes.dropFirst(4).prefix(length), bytes.dropFirst(4 + length))
  }

  /// Reads a frame's content: the event's type and its object.
  package func watchEvent(
    protobuf frame: ArraySlice<UInt8>
  ) throws(ProtobufError) -> (type: String, object: JSONValue) {
    var type = ""
    var object: JSONValue = .null
    var reader = ProtobufReader(frame)
    while let (number, value) = try reader.next() {
      if number == 1 { type = try value.text() }
      guard number == 2 else { continue }
      var rawExtension = ProtobufReader(try value.bytes())
      while let (number, value) = try rawExtension.next() {
        guard number == 1 else { continue }
        var decoder = ProtobufDecoder(schema: self)
        object = try decoder.envelope(try value.bytes(), nil)
      }
    }
    return (type, object)
  }
}
