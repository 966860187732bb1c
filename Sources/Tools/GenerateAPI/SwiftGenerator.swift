package import APISchema

/// Makes the Swift text of every type: a struct with its properties, a memberwise initialiser, and its JSON codec.
package struct SwiftGenerator {
  /// A file to write.
  package struct File {
    package let name: String
    package let text: String
  }

  private let schema: Schema
  private let resources: ResourceTable
  private let layout: SwiftLayout
  /// A file is closed once it holds this many lines.
  private static let linesPerFile = 300

  package init(schema: Schema, resources: ResourceTable) {
    self.schema = schema
    self.resources = resources
    self.layout = SwiftLayout(schema: schema)
  }

  /// All files, in a stable order.
  package func files() -> [File] {
    var groups: [(name: String, title: String, types: [Int])] = []
    for (index, type) in schema.types.enumerated() {
      let name = SwiftNames.group(package: type.package, version: type.version)
      if groups.last?.name == name {
        groups[groups.count - 1].types.append(index)
      } else {
        groups.append((name, "\(type.package)/\(type.version)", [index]))
      }
    }
    var files: [File] = []
    for group in groups {
      var part = 1
      var lines: [String] = []
      func close() {
        guard !lines.isEmpty else { return }
        var text = "// Made by GenerateAPI from the schema tables; do not edit.\n\npackage import JSONDocument\n\n"
        if part == 1 { text += "/// The types of `\(group.title)`.\npackage enum \(group.name) {}\n\n" }
        text += "extension \(group.name) {\n" + lines.joined(separator: "\n") + "\n}\n"
        files.append(File(name: "\(group.name).\(part).swift", text: text))
        part += 1
        lines = []
      }
      for index in group.types {
        if !lines.isEmpty { lines.append("") }
        lines += type(index, in: group.name).map { $0.isEmpty ? "" : "  \($0)" }
        if lines.count > Self.linesPerFile { close() }
      }
      close()
    }
    return files
  }

  // MARK: - A type

  private func type(_ index: Int, in scope: String) -> [String] {
    let type = schema.types[index]
    let fields = type.fields.map {
      SwiftField(field: $0, schema: schema, scope: scope, isBoxed: layout.isBoxed($0.name, of: index))
    }
    var lines = ["/// `\(type.name)` of `\(type.package)/\(type.version)`."]
    lines.append("package struct \(type.name): \(conformances(type).joined(separator: ", ")) {")
    var body: [String] = []
    if type.isKind {
      body.append("/// What every document of this kind carries.")
      body.append("package static let apiVersion = \"\(type.groupVersionKind.apiVersion)\"")
      body.append("package static let kind = \"\(type.name)\"")
    }
    if isObject(type) { body += resource(type) }
    body += fields.map(\.declaration)
    let initializations = fields.compactMap(\.initialization)
    body.append("")
    body +=
      initializations.isEmpty
      ? ["package init() {}"] : ["package init() {"] + initializations.map { "  \($0)" } + ["}", ""]
    body += memberwise(fields)
    if !fields.isEmpty {
      let names = fields.map { "\"\($0.field.name)\"" }
      body += ["", "private static let fields = FieldTable(["] + wrapped(names) + ["])"]
    }
    body += [""] + reader(fields) + [""] + writer(fields, isKind: type.isKind)
    lines += body.map { $0.isEmpty ? "" : "  \($0)" }
    lines.append("}")
    return lines
  }

  private func conformances(_ type: TypeSchema) -> [String] {
    if isObject(type) { return ["KubernetesObject"] }
    if type.isKind, let items = type.field("items"), case .array(.type(let index)) = items.type,
      type.field("metadata") != nil, isObject(schema.types[index])
    {
      return ["KubernetesList"]
    }
    return type.isKind ? ["KubernetesKind"] : ["JSONCodable"]
  }

  /// Whether documents of the type are objects with a name.
  private func isObject(_ type: TypeSchema) -> Bool {
    guard type.isKind, case .type(let index)? = type.field("metadata")?.type else { return false }
    return schema.types[index].name == "ObjectMeta"
  }

  private func resource(_ type: TypeSchema) -> [String] {
    let found = resources.resource(for: type.groupVersionKind)
    let plural = found?.name ?? type.name.lowercased() + "s"
    let namespaced = found?.isNamespaced ?? true
    return [
      "package static let resource = ResourceDescription(",
      "  group: \"\(type.group)\", version: \"\(type.version)\", kind: kind, plural: \"\(plural)\",",
      "  namespaced: \(namespaced))",
    ]
  }

  // MARK: - Its parts

  private func memberwise(_ fields: [SwiftField]) -> [String] {
    guard !fields.isEmpty else { return [] }
    var lines = ["package init("]
    for (position, field) in fields.enumerated() {
      let comma = position + 1 < fields.count ? "," : ""
      lines.append("  \(field.property): \(field.swiftType) = \(field.zero)\(comma)")
    }
    lines.append(") {")
    lines += fields.map { "  self.\($0.property) = \($0.property)" }
    return lines + ["}"]
  }

  private func reader(_ fields: [SwiftField]) -> [String] {
    var lines = ["package init(from reader: inout JSONReader) throws(JSONError) {", "  self.init()"]
    if fields.isEmpty { return lines + ["  try reader.skipObject()", "}"] }
    lines += ["  try reader.beginObject()", "  while let field = try reader.nextField(Self.fields) {"]
    lines.append("    switch field {")
    for (position, field) in fields.enumerated() {
      lines.append("    case \(position): self.\(field.property) = \(field.read)")
    }
    return lines + ["    default: try reader.skipValue()", "    }", "  }", "}"]
  }

  private func writer(_ fields: [SwiftField], isKind: Bool) -> [String] {
    var lines = ["package func write(to writer: inout JSONWriter) {", "  writer.beginObject()"]
    if isKind {
      lines += ["  writer.key(\"apiVersion\")", "  writer.write(Self.apiVersion)"]
      lines += ["  writer.key(\"kind\")", "  writer.write(Self.kind)"]
    }
    for field in fields { lines += field.write.map { "  \($0)" } }
    return lines + ["  writer.endObject()", "}"]
  }

  private func wrapped(_ words: [String]) -> [String] {
    var lines: [String] = []
    var line = " "
    for word in words {
      if line.count + word.count > 100 {
        lines.append(line)
        line = " "
      }
      line += " \(word),"
    }
    return lines + [line]
  }
}
