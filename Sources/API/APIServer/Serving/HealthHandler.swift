import HTTPServer
import NIOHTTP1

/// One thing that can be well or not.
struct HealthCheck: Sendable {
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
}

/// `/livez`, `/readyz` and `/healthz`, with `?verbose`, `?exclude=NAME`, and each check by itself (`/readyz/NAME`).
struct HealthHandler: Sendable {
  let checks: [HealthCheck]

  /// Answers a health path. False if it is none.
  func answer(_ path: String, _ responder: Responder) async throws -> Bool {
    let parts = path.split(separator: "/")
    guard let endpoint = parts.first, ["livez", "readyz", "healthz"].contains(endpoint), parts.count <= 2 else {
      return false
    }
    let included = checks.filter { endpoint != "livez" || $0.isPartOfLiveness }
    if parts.count == 2 {
      guard parts[1] == "ping" || included.contains(where: { $0.name == parts[1] }) else { return false }
      let problem = await included.first { $0.name == parts[1] }?.problem()
      try await responder.text(
        problem.map { "internal server error: \($0)" } ?? "ok", status: problem == nil ? .ok : .internalServerError)
      return true
    }
    let excluded = Set(responder.request.query.all("exclude"))
    var lines = ["[+]ping ok"]
    var healthy = true
    for check in included {
      if excluded.contains(check.name) {
        lines.append("[+]\(check.name) excluded: ok")
      } else if await check.problem() != nil {
        // What is wrong may name addresses: it is told at the check's own path, not to everybody.
        lines.append("[-]\(check.name) failed: reason withheld")
        healthy = false
      } else {
        lines.append("[+]\(check.name) ok")
      }
    }
    let text = lines.joined(separator: "\n") + "\n"
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
