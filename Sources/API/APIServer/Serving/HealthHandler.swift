import HTTPServer
import NIOHTTP1

/// One thing that can be well or not.
struct HealthCheck: Sendable {
  /// May have slashes in it.
  var name: String
  /// Which endpoints include it: being alive must not depend on others, being ready does.
  var isPartOfLiveness: Bool
  /// `nil` when all is well, else what is wrong.
  var problem: @Sendable () async -> String?

  init(_ name: String, liveness: Bool = false, _ problem: @escaping @Sendable () async -> String?) {
    self.name = name
    self.isPartOfLiveness = liveness
    self.problem = problem
  }

  /// What every server has: it answers at all, and its log takes what it is told.
  static let ping = HealthCheck("ping", liveness: true) { nil }
  static let log = HealthCheck("log", liveness: true) { nil }
}

/// `/livez`, `/readyz` and `/healthz`, with `?verbose`, `?exclude=NAME`, and each check by itself (`/readyz/NAME`), in
/// Kubernetes' form.
struct HealthHandler: Sendable {
  private let checks: [HealthCheck]

  init(checks: [HealthCheck]) { self.checks = [.ping, .log] + checks }

  /// Answers a health path. False if it is none.
  func answer(_ path: String, _ responder: Responder) async throws -> Bool {
    let parts = path.split(separator: "/", maxSplits: 1)
    guard let endpoint = parts.first, ["livez", "readyz", "healthz"].contains(endpoint) else { return false }
    let name = parts.count == 2 ? parts[1].drop { $0 == "/" } : ""
    if !name.isEmpty {
      // Each can be asked for under each endpoint, also where it does not count.
      guard let check = checks.first(where: { $0.name == name }) else { return false }
      let problem = await check.problem()
      try await responder.text(
        problem.map { "internal server error: \($0)\n" } ?? "ok", status: problem == nil ? .ok : .internalServerError)
      return true
    }
    let included = checks.filter { endpoint != "livez" || $0.isPartOfLiveness }
    var excluded = Set(responder.request.query.all("exclude").filter { !$0.isEmpty })
    var text = ""
    var healthy = true
    for check in included {
      if excluded.remove(check.name) != nil {
        text += "[+]\(check.name) excluded: ok\n"
      } else if await check.problem() != nil {
        // What is wrong may name addresses: it is told at the check's own path, not to everybody.
        text += "[-]\(check.name) failed: reason withheld\n"
        healthy = false
      } else {
        text += "[+]\(check.name) ok\n"
      }
    }
    if !excluded.isEmpty {
      let names = excluded.sorted().map { "\"\($0)\"" }.joined(separator: ",")
      text += "warn: some health checks cannot be excluded: no matches for \(names)\n"
    }
    if !healthy {
      try await responder.text(text + "\(endpoint) check failed\n", status: .internalServerError)
    } else if responder.request.query["verbose"] != nil {
      try await responder.text(text + "\(endpoint) check passed\n")
    } else {
      try await responder.text("ok")
    }
    return true
  }
}
