import JSONDocument

/// An object at one version, as it is served: immutable, shared by the cache and everyone who reads from it.
package final class StoredObject: Sendable {
  /// Where it lies in the store.
  package let key: String
  /// The whole object as JSON, with its `resourceVersion`. To be sent as it is.
  package let json: [UInt8]
  /// The revision of its last change; `metadata.resourceVersion` in text. 0, and no text, of what would be created.
  package let revision: Int64
  package let createRevision: Int64
  let summary: ObjectSummary
  /// Where the `resourceVersion` member was spliced into `json`.
  private let spliceOffset: Int

  /// "" for an object of the cluster's scope.
  package var namespace: String { summary.namespace }
  package var name: String { summary.name }
  package var uid: String { summary.uid }
  package var labels: [String: String] { summary.labels }
  package var resourceVersion: String { revision == 0 ? "" : String(revision) }

  /// The object's `metadata` as JSON: a part of `json`.
  package var metadataJSON: [UInt8] {
    var depth = 0
    let start = spliceOffset - 1
    var position = max(start, 0)
    while start >= 0, position < json.count {
      switch json[position] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return Array(json[start...position]) }
      case UInt8(ascii: "\""):
        position += 1
        while position < json.count, json[position] != UInt8(ascii: "\"") {
          position += json[position] == UInt8(ascii: "\\") ? 2 : 1
        }
      default: break
      }
      position += 1
    }
    return Array("{}".utf8)
  }

  private init(
    key: String, json: [UInt8], revision: Int64, createRevision: Int64, summary: ObjectSummary, spliceOffset: Int
  ) {
    self.key = key
    self.json = json
    self.revision = revision
    self.createRevision = createRevision
    self.summary = summary
    self.spliceOffset = spliceOffset
  }

  /// Makes the served form of stored bytes: valid JSON without `resourceVersion`, into which it is spliced.
  ///
  /// Bytes that others wrote with a `resourceVersion` in them are decoded once and encoded anew.
  /// - Parameter summary: what the reader finds in the bytes, where that is known already.
  /// - Throws: when the bytes are no object of this API in JSON.
  convenience init(
    key: String, stored: [UInt8], revision: Int64, createRevision: Int64, reader: SummaryReader,
    summary known: ObjectSummary? = nil
  ) throws(JSONError) {
    var stored = stored
    var summary: ObjectSummary
    if let known { summary = known } else { summary = try reader.read(stored) }
    if summary.hasResourceVersion {
      var document = try JSONValue(jsonBytes: stored)
      document["metadata"]?["resourceVersion"] = nil
      stored = document.jsonBytes
      summary.hasResourceVersion = false
    }
    guard summary.hasMetadata, let offset = Self.spliceOffset(in: stored) else {
      throw JSONError(code: .type, message: "the object has no metadata")
    }
    self.init(
      key: key, json: Self.splice(Self.member(revision), into: stored, at: offset), revision: revision,
      createRevision: createRevision, summary: summary, spliceOffset: offset)
  }

  /// Whether it is what is made of this stored value: a look at the bytes, which costs a small part of reading them.
  func isServedForm(of keyValue: StorageKeyValue) -> Bool {
    revision == keyValue.modRevision && createRevision == keyValue.createRevision && key == keyValue.key
      && isServedForm(of: keyValue.value)
  }

  /// Whether it is what is made of these bytes at its revision.
  func isServedForm(of stored: [UInt8]) -> Bool {
    let spliced = json.count - stored.count
    guard spliced == Self.member(revision).count, spliceOffset > 0, spliceOffset <= stored.count else { return false }
    return json.withUnsafeBytes { json in
      stored.withUnsafeBytes { value in
        Self.areEqual(json[..<spliceOffset], value[..<spliceOffset])
          && Self.areEqual(json[(spliceOffset + spliced)...], value[spliceOffset...])
      }
    }
  }

  /// Compares as many bytes with as many others.
  private static func areEqual(_ some: Slice<UnsafeRawBufferPointer>, _ others: Slice<UnsafeRawBufferPointer>) -> Bool {
    let one = UnsafeRawBufferPointer(rebasing: some)
    let other = UnsafeRawBufferPointer(rebasing: others)
    var position = 0
    while position + 8 <= one.count {
      let left = one.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let right = other.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      if left != right { return false }
      position += 8
    }
    while position < one.count {
      if one[position] != other[position] { return false }
      position += 1
    }
    return true
  }

  /// The same object with another `resourceVersion`: its last state at the revision of its deletion.
  func at(revision: Int64) -> StoredObject {
    var bare = json
    bare.removeSubrange(spliceOffset..<spliceOffset + Self.member(self.revision).count)
    return StoredObject(
      key: key, json: Self.splice(Self.member(revision), into: bare, at: spliceOffset), revision: revision,
      createRevision: createRevision, summary: summary, spliceOffset: spliceOffset)
  }

  /// The same version with one more annotation; for what is made for one client's eyes.
  package func annotated(_ name: String, _ value: String) -> StoredObject {
    // What is in the cache has been read before, so that it can be read again.
    guard var document = try? JSONValue(jsonBytes: json), var metadata = document["metadata"]?.objectValue else {
      return self
    }
    var annotations = metadata["annotations"]?.objectValue ?? JSONObject()
    annotations[name] = .string(value)
    metadata["annotations"] = .object(annotations)
    document["metadata"] = .object(metadata)
    return replacingJSON(with: document.jsonBytes)
  }

  /// The same version in another form, which carries the `resourceVersion` already.
  func replacingJSON(with json: [UInt8]) -> StoredObject {
    StoredObject(
      key: key, json: json, revision: revision, createRevision: createRevision, summary: summary,
      spliceOffset: Self.spliceOffset(in: json) ?? 0)
  }

  private static let memberName = Array(#""resourceVersion":""#.utf8)

  private static func member(_ revision: Int64) -> [UInt8] {
    guard revision != 0 else { return [] }
    var member: [UInt8] = []
    member.reserveCapacity(48)
    member += memberName
    member += String(revision).utf8
    member.append(UInt8(ascii: "\""))
    member.append(UInt8(ascii: ","))
    return member
  }

  private static func splice(_ member: [UInt8], into bytes: [UInt8], at offset: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + member.count)
    result += bytes[..<offset]
    result += member
    result += bytes[offset...]
    return result
  }

  /// The offset behind the opening brace of the first `metadata` at the top level of valid JSON; nil if there is none
  /// or it is empty (the spliced text ends in a comma, so that a member has to follow).
  private static func spliceOffset(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { Self.findSplice($0) }
  }

  private static let metadataName = Array("metadata".utf8)

  private static func findSplice(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var depth = 0
    var position = 0
    var expectsKey = false
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        expectsKey = depth == 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ","): expectsKey = depth == 1
      case UInt8(ascii: "\""):
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let end = position
        position += 1
        guard expectsKey else { continue }
        expectsKey = false
        guard end <= bytes.count, end - start == metadataName.count,
          metadataName.indices.allSatisfy({ bytes[start + $0] == metadataName[$0] })
        else { continue }
        while position < bytes.count, bytes[position] != UInt8(ascii: "{") { position += 1 }
        position += 1
        var next = position
        while next < bytes.count, isSpace(bytes[next]) { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: "\"") ? position : nil
      default: break
      }
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d }
}

/// A list's answer: whole objects, and where in the history it stands.
package struct ListResult: Sendable {
  package var objects: [StoredObject]
  /// The list shows exactly the state at this revision.
  package var revision: Int64
  /// Opaque token for the next page; "" when this is the last.
  package var continueToken: String
  /// How many objects follow, where it is known (no selector was given).
  package var remainingItemCount: Int64?
  /// Turns an object into the form of the resource that was asked; nil: it is in that form.
  var view: (@Sendable (StoredObject) -> StoredObject)?

  package var resourceVersion: String { String(revision) }

  /// An object of the list as the client is to see it; made anew with each call where forms differ.
  package func shown(_ object: StoredObject) -> StoredObject { view?(object) ?? object }
}
