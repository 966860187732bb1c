import HTTPServer
import MVCC
import NIOHTTP1

/// `/health`, `/livez` and `/readyz`, with etcd's parameters and answers.
///
/// - `/health` is JSON: `?serializable=true` asks only whether this member can be read; `?exclude=NOSPACE` passes an
///   alarm over.
/// - `/livez`: is the process worth keeping? It fails only when the member cannot be read by itself, unless that is
///   meant to be so.
/// - `/readyz`: should it get requests? Each check has a path of its own (`/readyz/read_index`); `?verbose` tells all;
///   `?exclude=CHECK` and `?allowlist=CHECK` choose.
///
/// A store that waits at its start lives, and is not ready: it says for whom it waits.
struct HealthChecks: Sendable {
  typealias Answer = (HTTPResponseStatus, String, String)

  enum Check: String, CaseIterable {
    case dataCorruption = "data_corruption"
    case serializableRead = "serializable_read"
    case linearizableRead = "linearizable_read"
    /// The newer name of etcd 3.6 for the same.
    case readIndex = "read_index"
  }

  private static let plain = "text/plain; charset=utf-8"
  private static let live: [Check] = [.serializableRead]
  private static let ready: [Check] = [.dataCorruption, .serializableRead, .linearizableRead, .readIndex]

  let node: StoreNode

  func answer(_ request: HTTPServerRequest) async -> Answer {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    guard let first = parts.first, ["health", "livez", "readyz"].contains(first), parts.count <= 2 else {
      return (.notFound, Self.plain, "404 page not found\n")
    }
    guard request.method == .GET || request.method == .HEAD else {
      return (.methodNotAllowed, Self.plain, "Method Not Allowed\n")
    }
    if first == "health" {
      guard parts.count == 1 else { return (.notFound, Self.plain, "404 page not found\n") }
      return await health(request.query)
    }
    if first == "livez", parts.count == 1, node.refusal != nil || node.waitsAtStart != nil {
      // It lives to say that its state is wrong, or for whom it waits; to start it again would change nothing.
      return (.ok, Self.plain, "ok\n")
    }
    let checks = first == "livez" ? Self.live : Self.ready
    guard parts.count == 2 else { return await run(checks, first, request.query) }
    guard let check = checks.first(where: { $0.rawValue == parts[1] }) else {
      return (.notFound, Self.plain, "404 page not found\n")
    }
    return await run([check], "\(first)/\(check.rawValue)", request.query)
  }

  // MARK: - /health

  private func health(_ query: HTTPQuery) async -> Answer {
    let reason = await illness(
      isSerializable: query["serializable"] == "true", excluding: Set(query.all("exclude")))
    count(reason == nil)
    let body = #"{"health":"\#(reason == nil)","reason":"\#(Self.escaped(reason ?? ""))"}"#
    return (reason == nil ? .ok : .serviceUnavailable, "application/json", body)
  }

  private func illness(isSerializable: Bool, excluding: Set<String>) async -> String? {
    if let waiting { return waiting }
    for alarm in await node.alarms() {
      let name = alarm.kind == .corrupt ? "CORRUPT" : "NOSPACE"
      if !excluding.contains(name) { return "ALARM \(name)" }
    }
    if !isSerializable, node.engine?.figures.leadership.leader == nil { return "RAFT NO LEADER" }
    return await failure(of: isSerializable ? .serializableRead : .linearizableRead).map { "RANGE ERROR:\($0)" }
  }

  // MARK: - /livez and /readyz

  private func run(_ checks: [Check], _ path: String, _ query: HTTPQuery) async -> Answer {
    let (excluded, allowed) = (Set(query.all("exclude")), Set(query.all("allowlist")))
    let known = Set(checks.map(\.rawValue))
    if let unknown = excluded.union(allowed).subtracting(known).min() {
      return (.notFound, Self.plain, "there is no check “\(unknown)” here; there are \(known.sorted())\n")
    }
    guard excluded.isEmpty || allowed.isEmpty else {
      return (.badRequest, Self.plain, "exclude and allowlist cannot be used together\n")
    }
    var lines = ""
    var isWell = true
    // Both names of one check share a run.
    var quorum: String??
    for check in checks {
      if excluded.contains(check.rawValue) || !(allowed.isEmpty || allowed.contains(check.rawValue)) {
        lines += "[+]\(check.rawValue) excluded: ok\n"
        continue
      }
      let failure: String?
      if check == .linearizableRead || check == .readIndex {
        if quorum == nil { quorum = .some(await self.failure(of: check)) }
        failure = quorum ?? nil
      } else {
        failure = await self.failure(of: check)
      }
      if let failure {
        isWell = false
        lines += "[-]\(check.rawValue) failed: \(failure)\n"
      } else {
        lines += "[+]\(check.rawValue) ok\n"
      }
    }
    count(isWell)
    if !isWell { return (.serviceUnavailable, Self.plain, "\(lines)\(path) check failed\n") }
    return (.ok, Self.plain, query["verbose"] == nil ? "ok\n" : "\(lines)\(path) check passed\n")
  }

  private var waiting: String? { node.waitsAtStart.map { "apus: the store starts: \($0)" } }

  /// Nil when all is well.
  private func failure(of check: Check) async -> String? {
    if let waiting { return waiting }
    do {
      switch check {
      case .dataCorruption:
        // Its own: the healthy majority that took the other one out of service goes on serving.
        let own = node.identity.memberID
        let isCorrupt = await node.alarms().contains { $0.kind == .corrupt && [own, 0].contains($0.member) }
        return isCorrupt ? "alarm activated: CORRUPT" : nil
      case .serializableRead:
        var request = RangeRequest(KeyRange(key: [0], end: []), limit: 1)
        request.isSerializable = true
        _ = try await node.range(request)
      case .linearizableRead, .readIndex: try await node.linearizableBarrier()
      }
      return nil
    } catch let error as StoreError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  private func count(_ isWell: Bool) {
    guard let counters = node.engine?.metrics.counters else { return }
    if isWell {
      counters.healthy.add(1, ordering: .relaxed)
    } else {
      counters.unhealthy.add(1, ordering: .relaxed)
    }
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
