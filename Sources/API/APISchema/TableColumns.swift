/// One column of a `Table` answer.
package struct TableColumn: Sendable, Equatable {
  package let name: String
  /// `string`, `integer`, `boolean`, `date`.
  package let type: String
  /// `name` for the column of names, else empty.
  package let format: String
  /// 0 is always shown, 1 with `-o wide`.
  package let priority: Int

  package init(name: String, type: String, format: String = "", priority: Int = 0) {
    self.name = name
    self.type = type
    self.format = format
    self.priority = priority
  }
}

/// The columns of each resource's tables.
package struct TableColumns: Sendable {
  /// Parsed on first use.
  package static let builtIn = TableColumns(parsing: SchemaTables.columns)

  /// Resources that have no columns of their own show these.
  package static let fallback = [
    TableColumn(name: "Name", type: "string", format: "name"), TableColumn(name: "Created At", type: "date"),
  ]

  private var columns: [String: [TableColumn]] = [:]

  /// The columns of `pods` in `v1`.
  package func columns(of resource: String, in groupVersion: GroupVersion) -> [TableColumn] {
    columns["\(groupVersion.apiVersion) \(resource)"] ?? Self.fallback
  }

  private init(parsing text: StaticString) {
    var key = ""
    for line in text.description.split(separator: "\n") {
      if line.first != " " {
        key = String(line)
        continue
      }
      let cells = line.dropFirst().split(separator: "|").map { cell in
        cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
      }
      guard cells.count == 4, let priority = Int(cells[3]) else { preconditionFailure("column table: \(line)") }
      columns[key, default: []].append(
        TableColumn(name: cells[0], type: cells[1], format: cells[2] == "-" ? "" : cells[2], priority: priority))
    }
  }
}
