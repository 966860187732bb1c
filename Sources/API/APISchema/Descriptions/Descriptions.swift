/// What types and fields are for, in a line each: `kubectl explain` shows them, out of the OpenAPI documents.
///
/// A table's notation: a type in the first column, its fields below, each after one space; behind the name its text.
///
///     Volume Storage that the containers of a pod can mount. = VolumeSource
///      name Its name, unique in the pod.
///
/// `= OTHER` at the end of a type's text: fields that have no line here are described there. All of it is this project's
/// own wording. What pods, services and deployments lead to is complete, and a test sees to it; the rest has none yet.
struct Descriptions: Sendable {
  /// Parsed on first use.
  static let builtIn = Descriptions(parsing: [
    ("meta/v1.", metaV1), ("core/v1.", pods), ("core/v1.", containers), ("core/v1.", volumes), ("core/v1.", services),
    ("apps/v1.", appsV1),
  ])

  private struct Entry: Sendable {
    var text: Substring
    var fields: [Substring: Substring] = [:]
    /// The type, in the same package, whose descriptions hold for the other fields.
    var fallback: String?
  }

  /// By package, version and name: `core/v1.Pod`.
  private var entries: [String: Entry] = [:]

  private init(parsing tables: [(scope: String, text: StaticString)]) {
    for table in tables {
      var current = ""
      for line in table.text.description.split(separator: "\n") {
        let isField = line.first == " "
        let parts = line.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
        // The tables are part of this module: a mistake in them is a programming error, which every test would meet.
        guard parts.count == 2 else { preconditionFailure("description: \(line)") }
        guard !isField else {
          entries[current]?.fields[parts[0]] = parts[1]
          continue
        }
        current = table.scope + parts[0]
        precondition(entries[current] == nil, "described twice: \(current)")
        var entry = Entry(text: parts[1])
        if let sign = parts[1].lastIndex(of: "="), sign > parts[1].startIndex {
          let other = parts[1][sign...].dropFirst().drop { $0 == " " }
          entry.fallback = table.scope + String(other)
          entry.text = parts[1][..<parts[1].index(before: sign)]
        }
        entries[current] = entry
      }
    }
  }

  private static func name(_ type: TypeSchema) -> String { "\(type.package)/\(type.version).\(type.name)" }

  /// What the type is; nil: nobody has said so yet.
  func text(of type: TypeSchema) -> String? { entries[Self.name(type)].map { String($0.text) } }

  /// What a field of the type is, those of inline types included.
  func text(of field: String, in type: TypeSchema) -> String? {
    var next: String? = Self.name(type)
    while let name = next {
      guard let entry = entries[name] else { return nil }
      if let text = entry.fields[Substring(field)] { return String(text) }
      next = entry.fallback
    }
    return nil
  }

  /// What stands in every document of a described kind.
  static let apiVersion = "Group and version that the document is written in."
  static let kind = "Kind of the object, in CamelCase."
}
