import BenchKit
import FoundationEssentials
import Testing

struct ReportTests {
  private var report: Report {
    var report = Report(title: "Puts", participants: ["apus", "peer"], compared: ["apus", "peer"])
    report.rows = [
      .init("1 client", "puts/s", ["apus": [100, 300, 200], "peer": [50, 100, 100]]),
      .init("1 client", "p50, ms", ["apus": [1.5], "peer": [3]]),
      .init("alone", "MiB", ["apus": [12]]),
    ]
    report.notes = ["a note"]
    return report
  }

  @Test("Medians, the range of the rounds, and the ratio by rounds; a subject is named once")
  func table() {
    #expect(
      report.table == """

        Puts

                   median [least, greatest]             apus              peer   apus ÷ peer
        1 client   puts/s                     200 [100, 300]   100 [50.0, 100]          2.00
                   p50, ms                              1.50              3.00         0.500
        alone      MiB                                  12.0

        - a note
        """)
  }

  @Test("Two who take part are compared, of one or three nobody unless it is said")
  func compared() {
    #expect(Report(title: "", participants: ["a", "b"]).compared == ["a", "b"])
    #expect(Report(title: "", participants: ["a"]).compared.isEmpty)
    #expect(Report(title: "", participants: ["a", "b", "c"]).compared.isEmpty)
    #expect(Report(title: "", participants: ["a", "b", "c"], compared: ["a", "c"]).compared == ["a", "c"])
  }

  @Test("A file holds every round")
  func json() throws {
    let file = ReportFile(machine: ["a machine"], reports: [report])
    let read = try JSONDecoder().decode(ReportFile.self, from: try file.json())
    #expect(read.machine == ["a machine"])
    #expect(read.reports.first?.rows.first?.values["apus"] == [100, 300, 200])
  }
}
