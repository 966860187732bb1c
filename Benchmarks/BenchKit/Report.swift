package import FoundationEssentials

/// What a benchmark found: rows of figures, a column for each of those who took part.
package struct Report: Codable, Sendable {
  /// One measured thing.
  package struct Row: Codable, Sendable {
    /// Under which load or on what, such as `16 clients`.
    package var subject: String
    /// What was measured with its unit, such as `puts/s`.
    package var metric: String
    /// Each participant's figures, one a round.
    package var values: [String: [Double]]

    package init(_ subject: String, _ metric: String, _ values: [String: [Double]]) {
      self.subject = subject
      self.metric = metric
      self.values = values
    }
  }

  package var title: String
  /// The columns' order.
  package var participants: [String]
  /// The two participants whose quotient is printed.
  package var compared: [String]
  package var rows: [Row] = []
  /// What a reader must know to read the figures.
  package var notes: [String] = []

  /// - Parameter compared: the two participants whose quotient is printed, or none; when it is not said, the two that
  ///   take part, if there are two.
  package init(title: String, participants: [String], compared: [String]? = nil) {
    self.title = title
    self.participants = participants
    self.compared = compared ?? (participants.count == 2 ? participants : [])
  }

  /// The quotient of the two that are compared; nil where one of them has no figures.
  package func ratio(_ row: Row) -> Double? {
    guard compared.count == 2, let first = row.values[compared[0]], let second = row.values[compared[1]] else {
      return nil
    }
    let ratio = Statistics.ratio(first, to: second)
    return ratio.isFinite ? ratio : nil
  }

  /// The whole report as text: medians, with the least and the greatest round in brackets.
  package var table: String {
    let hasRatio = rows.contains { ratio($0) != nil }
    var lines = [["", "", ""] + participants + (hasRatio ? ["\(compared[0]) ÷ \(compared[1])"] : [])]
    lines[0][1] = "median [least, greatest]"
    lines[0].remove(at: 2)
    var previous = ""
    for row in rows {
      var cells = [row.subject == previous ? "" : row.subject, row.metric]
      previous = row.subject
      for participant in participants { cells.append(row.values[participant].map(Self.cell) ?? "") }
      if hasRatio { cells.append(ratio(row).map(Figures.text) ?? "") }
      lines.append(cells)
    }
    let widths = lines[0].indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
    let text = lines.map { cells in
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].count)
        return column < 2 ? cells[column] + space : space + cells[column]
      }
      return String(padded.joined(separator: "   ").reversed().drop { $0 == " " }.reversed())
    }
    return (["", title, ""] + text + (notes.isEmpty ? [] : [""]) + notes.map { "- \($0)" }).joined(separator: "\n")
  }

  private static func cell(_ values: [Double]) -> String {
    let middle = Figures.text(Statistics.median(values))
    guard values.count > 1, let least = values.min(), let greatest = values.max() else { return middle }
    return "\(middle) [\(Figures.text(least)), \(Figures.text(greatest))]"
  }
}

/// Everything that one command measured, for a file.
package struct ReportFile: Codable, Sendable {
  /// The machine, line by line.
  package var machine: [String]
  package var reports: [Report]

  package init(machine: [String], reports: [Report]) {
    self.machine = machine
    self.reports = reports
  }

  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return try encoder.encode(self)
  }
}
