import JSONDocument
import KubernetesAPI

/// A field that field selectors may name, besides `metadata.name` and `metadata.namespace`.
struct SelectableField: Sendable {
  /// As in a selector: `spec.nodeName`.
  let name: String
  /// Where the object has it; one or two steps.
  let path: [String]
  /// What it counts as when the object does not have it: "" or a default such as "false".
  let absent: String
  /// The selectable field whose value counts where this one is empty.
  let substitute: String?

  init(_ name: String, path: [String]? = nil, absent: String = "", substitute: String? = nil) {
    self.name = name
    self.path = path ?? name.split(separator: ".").map(String.init)
    self.absent = absent
    self.substitute = substitute
  }
}

/// What the cache knows of an object besides its bytes.
struct ObjectSummary: Sendable {
  var namespace = ""
  var name = ""
  var uid = ""
  var labels: [String: String] = [:]
  /// The values of the kind's selectable fields, in their declared order.
  var fields: [String] = []
  /// Whether the bytes carry a `resourceVersion` already, which only foreign writers do.
  var hasResourceVersion = false
  var hasMetadata = false
}

/// Reads summaries from bytes in one pass, without making a document of them.
struct SummaryReader: Sendable {
  /// A member at the top of an object that selectable fields lie in, or are.
  private struct Member: Sendable {
    /// The fields that are the member itself.
    var own: [Int] = []
    /// The fields' names in it, and for each of them the fields.
    var steps = FieldTable([])
    var positions: [[Int]] = []
  }

  private let absent: [String]
  /// `metadata` first, then what `members` are.
  private let names: FieldTable
  private let members: [Member]
  private let substitutes: [(position: Int, other: Int)]
  private static let metadataNames = FieldTable(["name", "namespace", "uid", "labels", "resourceVersion"])

  init(_ fields: [SelectableField]) {
    absent = fields.map(\.absent)
    var names: [String] = []
    var steps: [String: [(step: String?, position: Int)]] = [:]
    for (position, field) in fields.enumerated() {
      precondition(field.path[0] != "metadata", "a kind's own selectable fields lie outside of its metadata")
      if steps[field.path[0]] == nil { names.append(field.path[0]) }
      steps[field.path[0], default: []].append((field.path.count > 1 ? field.path[1] : nil, position))
    }
    self.names = FieldTable(["metadata"] + names)
    members = names.map { name in
      var member = Member()
      var inner: [String] = []
      for (step, position) in steps[name] ?? [] {
        guard let step else {
          member.own.append(position)
          continue
        }
        if let known = inner.firstIndex(of: step) {
          member.positions[known].append(position)
        } else {
          inner.append(step)
          member.positions.append([position])
        }
      }
      member.steps = FieldTable(inner)
      return member
    }
    substitutes = fields.enumerated().compactMap { position, field in
      guard let other = fields.firstIndex(where: { $0.name == field.substitute }) else { return nil }
      return (position, other)
    }
  }

  /// What `read` finds in the stored form of an object with that metadata; nil where the kind has selectable fields,
  /// which lie elsewhere in the object.
  func summary(of metadata: MetaV1.ObjectMeta) -> ObjectSummary? {
    guard absent.isEmpty else { return nil }
    return ObjectSummary(
      namespace: metadata.namespace, name: metadata.name, uid: metadata.uid, labels: metadata.labels, hasMetadata: true)
  }

  /// - Throws: when the bytes are not a JSON object, or its metadata is of the wrong shape.
  func read(_ bytes: [UInt8]) throws(JSONError) -> ObjectSummary {
    var reader = JSONReader(bytes)
    var summary = ObjectSummary()
    summary.fields = absent
    try reader.beginObject()
    while let found = try reader.nextMember(names) {
      if found == 0, try reader.peekKind() == .object {
        try readMetadata(&reader, into: &summary)
      } else if found > 0 {
        try read(members[found - 1], &reader, into: &summary)
      } else {
        try reader.skipValue()
      }
    }
    try reader.finish()
    for (position, other) in substitutes where summary.fields[position].isEmpty {
      summary.fields[position] = summary.fields[other]
    }
    return summary
  }

  private func readMetadata(_ reader: inout JSONReader, into summary: inout ObjectSummary) throws(JSONError) {
    summary.hasMetadata = true
    try reader.beginObject()
    while let found = try reader.nextMember(Self.metadataNames) {
      switch found {
      case 0: summary.name = try readText(&reader) ?? ""
      case 1: summary.namespace = try readText(&reader) ?? ""
      case 2: summary.uid = try readText(&reader) ?? ""
      case 3:
        if try reader.readNull() { continue }
        summary.labels = try reader.readMap(of: String.self)
      case 4:
        summary.hasResourceVersion = true
        try reader.skipValue()
      default: try reader.skipValue()
      }
    }
  }

  private func read(
    _ member: Member, _ reader: inout JSONReader, into summary: inout ObjectSummary
  ) throws(JSONError) {
    if !member.own.isEmpty {
      guard let text = try readText(&reader) else { return }
      for position in member.own { summary.fields[position] = text }
      return
    }
    guard try reader.peekKind() == .object else { return try reader.skipValue() }
    try reader.beginObject()
    while let found = try reader.nextMember(member.steps) {
      guard found >= 0 else {
        try reader.skipValue()
        continue
      }
      guard let text = try readText(&reader) else { continue }
      for position in member.positions[found] { summary.fields[position] = text }
    }
  }

  /// A scalar as selectors compare it; nil for null, arrays and objects.
  private func readText(_ reader: inout JSONReader) throws(JSONError) -> String? {
    switch try reader.peekKind() {
    case .string: return try reader.readString()
    case .bool: return try reader.readBool() ? "true" : "false"
    case .number: return try reader.readValue().description
    case .null, .array, .object:
      try reader.skipValue()
      return nil
    }
  }
}
