import JSONDocument

/// An object at one version, as it is served: immutable, shared by the cache and everyone who reads from it.
package final class StoredObject: Sendable {
  /// Where it lies in the store.
  package let key: String
  /// The whole object as JSON, with its `resourceVersion`. To be sent as it is.
  package let json: [UInt8]
  /// The revision of its last change; `metadata.resourceVersion` in text.
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
  package var resourceVersion: String { String(revision) }

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
  /// - Throws: when the bytes are no object of this API in JSON.
  convenience init(
    key: String, stored: [UInt8], revision: Int64, createRevision: Int64, reader: SummaryReader
  ) throws(JSONError) {
    var stored = stored
    var summary = try reader.read(stored)
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

  /// The same object with another `resourceVersion`: its last state at the revision of its deletion.
  func at(revision: Int64) -> StoredObject {
    var bare = json
    bare.removeSubrange(spliceOffset..<spliceOffset + Self.member(self.revision).count)
    return StoredObject(
      key: key, json: Self.splice(Self.member(revision), into: bare, at: spliceOffset), revision: revision,
      createRevision: createRevision, summary: summary, spliceOffset: spliceOffset)
  }

  /// The same version in another form, which carries the `resourceVersion` already.
  func replacingJSON(with json: [UInt8]) -> StoredObject {
    StoredObject(
      key: key, json: json, revision: revision, createRevision: createRevision, summary: summary,
      spliceOffset: Self.spliceOffset(in: json) ?? 0)
  }

  private static func member(_ revision: Int64) -> [UInt8] { Array(#""resourceVersion":"\#(revision)","#.utf8) }

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
    let wanted = Array("metadata".utf8)
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
        guard end <= bytes.count, bytes[start..<end].elementsEqual(wanted) else { continue }
        while position < bytes.count, bytes[position] != UInt8(ascii: "{") { position += 1 }
        position += 1
        var next = position
        while next < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[next]) { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: "\"") ? position : nil
      default: break
      }
    }
    return nil
  }
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

  package var resourceVersion: String { String(revision) }
}
