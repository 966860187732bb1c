import Programs
import Testing

/// What the metrics and health port of a store answers.
struct StatusAnswer: Equatable {
  /// 0 when nobody answers.
  var code: Int
  var body: String
}

extension TestCluster {
  static var hasCurl: Bool { Program(named: "curl") != nil }

  func statusPort(_ name: String, _ path: String) async throws -> StatusAnswer {
    let curl = try #require(Program(named: "curl"))
    let outcome = await curl.run([
      "-s", "--max-time", "30", "--cacert", certificates.adminTrust(.storeClient), "--cert",
      certificates.adminStoreClient.certificate, "--key", certificates.adminStoreClient.key, "-w", "\n%{http_code}",
      "https://\(config.host(named: name)!.address):\(config.ports.storeMetrics)\(path)",
    ])
    let end = try #require(outcome.text.lastIndex(of: "\n"), "\(outcome)")
    return StatusAnswer(
      code: Int(outcome.text[outcome.text.index(after: end)...]) ?? 0, body: String(outcome.text[..<end]))
  }

  /// `/metrics`, held against the format.
  func metrics(of name: String) async throws -> PrometheusFormat {
    let answer = try await statusPort(name, "/metrics")
    try #require(answer.code == 200, "\(answer)")
    return try PrometheusFormat(answer.body)
  }
}
