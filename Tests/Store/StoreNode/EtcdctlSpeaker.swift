import Foundation
import Programs
import Supervision
import Synchronization
import Testing
import Waiting

/// etcdctl at one server, and what it says with that taken out which must differ between two servers.
final class EtcdctlSpeaker: Sendable {
  private let program: Program
  private let connecting: [String]
  /// The leases that were granted through this, in hexadecimal.
  private let leases = Mutex<[String]>([])

  /// - Parameter connecting: the flags that say where the server is.
  init(_ connecting: [String]) throws {
    program = try #require(EtcdServer.control)
    self.connecting = connecting + ["--command-timeout", "30s"]
  }

  convenience init(port: Int) throws { try self.init(["--endpoints", "http://127.0.0.1:\(port)"]) }

  /// Runs a command; what it says of the commands meanwhile is in it as well.
  func say(_ step: EtcdctlStep) async throws -> String {
    let known = leases.withLock { $0 }
    let arguments = connecting + step.words(known)
    var environment = step.environment
    environment["ETCDCTL_API"] = "3"
    if let lines = step.lines {
      return try await interrupted(step, arguments, environment, lines)
    }
    if let decode = step.decode { return try await decoded(step, arguments, environment, decode) }
    let outcome = await program.run(
      arguments, environment: environment, input: step.input.map { EtcdctlStep.filled($0, known) })
    note(outcome.text)
    return "\(outcome.code): \(comparable(outcome.text, step))"
  }

  /// What a command prints, as it is.
  func raw(_ command: String) async throws -> String {
    await program.run(connecting + EtcdctlStep(command).words([]), environment: ["ETCDCTL_API": "3"]).text
  }

  private func decoded(
    _ step: EtcdctlStep, _ arguments: [String], _ environment: [String: String], _ decode: (Data) throws -> String
  ) async throws -> String {
    let shell = try #require(Program(named: "sh"))
    let outcome = await shell.run(
      ["-c", #""$0" "$@" | base64 -w0"#, program.path] + arguments, environment: environment, input: step.input)
    guard let data = Data(base64Encoded: outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      return comparable(outcome.text, step)
    }
    return comparable(try decode(data), step)
  }

  private func interrupted(
    _ step: EtcdctlStep, _ arguments: [String], _ environment: [String: String], _ lines: Int
  ) async throws -> String {
    let path = "/tmp/apus-etcdctl-\(UInt64.random(in: 0 ... .max))"
    let (log, pipe) = ("\(path).log", "\(path).in")
    defer { for file in [log, pipe] { unlink(file) } }
    var command = ["env"] + environment.map { "\($0)=\($1)" }
    var input: Int32 = -1
    defer { if input >= 0 { close(input) } }
    if let typed = step.typed {
      // It stays open at this end, so that the input does not end.
      try #require(mkfifo(pipe, 0o600) == 0)
      input = open(pipe, O_RDWR | O_CLOEXEC)
      let text = Array(EtcdctlStep.filled(typed, leases.withLock { $0 }).utf8)
      try #require(write(input, text, text.count) == text.count)
      command += ["sh", "-c", "exec \"$0\" \"$@\" < \(pipe)"]
    }
    let child = try ChildProcess(command + [program.path] + arguments, log: log)
    func text() -> String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }
    func said(_ count: Int) -> Bool {
      !child.isRunning
        || text().split(separator: "\n", omittingEmptySubsequences: false).count { !$0.hasPrefix("{\"level\"") } > count
    }
    var others: [String] = []
    do {
      try await eventually("\(step.meanwhile.after) lines of etcdctl \(step.command)", detail: text) {
        said(step.meanwhile.after)
      }
      for other in step.meanwhile.steps { others.append("meanwhile \(try await say(other))") }
      try await eventually("\(lines) lines of etcdctl \(step.command)", detail: text) { said(lines) }
    } catch {
      child.signal(SIGKILL)
      throw error
    }
    // One that ends by itself belongs among the plain steps: here the signal would race its end.
    let isEndless = child.isRunning
    child.signal(SIGINT)
    let end = await child.ended()
    try #require(isEndless, "etcdctl \(step.command) ended by itself (\(end)): \(text())")
    note(text())
    return "\(end): \(comparable(text(), step))\n\(others.joined(separator: "\n"))"
  }

  // MARK: - What must differ

  /// Learns the ids of granted leases.
  private func note(_ text: String) {
    guard let found = text.firstMatch(of: /lease ([0-9a-f]+) granted with TTL\([0-9]+s\)\n/) else { return }
    leases.withLock { $0.append(String(found.1)) }
  }

  /// Everything that is left must be the same at both servers.
  private func comparable(_ text: String, _ step: EtcdctlStep) -> String {
    var text = text
    // A lease's id is drawn by the server, unless the client gives it one, and is in the names of locks.
    for (index, lease) in leases.withLock({ $0 }).enumerated() {
      text = text.replacing(lease, with: "$\(index + 1)")
      if let id = UInt64(lease, radix: 16) { text = text.replacing("\(id)", with: "$\(index + 1)") }
    }
    text = text.replacing(/\/[0-9a-f]{13,16}\b/, with: "/LEASE")
    // Ids of clusters and members, in every format. Etcd's terms begin at 2: it has an election of its own.
    text = text.replacing(/\b[0-9a-f]{13,16}\b/, with: "ID")
    text = text.replacing(/("(?:cluster_id|member_id|raft_term|ID|leader|raftTerm)"):[0-9]+/) { "\($0.1):N" }
    text = text.replacing(/("(?:ClusterID|MemberID|RaftTerm|ID|Leader)") : [0-9]+/) { "\($0.1) : N" }
    text = text.replacing(/"Lease" : [1-9][0-9]{6,}/, with: "\"Lease\" : LEASE")
    // Etcd does not say the revision to a watch that a compaction ends; ours does.
    text = text.replacing(/,"revision":[0-9]+(,"raft_term":N},"Events":\[\],"CompactRevision":[1-9])/) { "\($0.1)" }
    // Where they are, which version of etcd they are or speak like, and how long things took.
    text = text.replacing(/https?:\/\/[0-9.]+:[0-9]+/, with: "URL")
    text = text.replacing(/\b3\.[0-9]+\.[0-9]+\b/, with: "VERSION")
    text = text.replacing(/\b[0-9.]+(?:µs|ms)|\b[0-9]+\.[0-9]+s/, with: "TIME")
    // What is left of a lease.
    text = text.replacing(/remaining\([0-9]+s\)/, with: "remaining(LEFT)")
    text = text.replacing(/"ttl":[0-9]+/, with: "\"ttl\":LEFT")
    if step.command.contains("timetolive") { text = text.replacing(/"TTL" : [0-9]+/, with: "\"TTL\" : LEFT") }
    // Sizes and the log's indexes. (Its own replica's log has an entry for every renewal of a lease, too.)
    text = text.replacing(/("(?:dbSize|dbSizeInUse|raftIndex|raftAppliedIndex)"):[0-9]+/) { "\($0.1):N" }
    text = text.replacing(/("(?:DBSize|RaftIndex|RaftAppliedIndex)") : [0-9]+/) { "\($0.1) : N" }
    text = text.replacing(/VERSION, [0-9.]+ [kMG]?B, (true|false), (true|false), [0-9]+, [0-9]+, [0-9]+/) {
      "VERSION, SIZE, \($0.1), \($0.2), TERM, INDEX, INDEX"
    }
    text = text.replacing(/VERSION \| +[0-9.]+ [kMG]?B \| +(true|false) \| +(true|false) \|[ 0-9|]+/) {
      "VERSION | SIZE | \($0.1) | \($0.2) | "
    }
    // The hash of a store's history is each implementation's own: only members of one cluster compare it.
    text = text.replacing(/("hash":|"Hash" : |URL, |URL \| +)[0-9]+/) { "\($0.1)HASH" }
    // A table is as wide as what is in it.
    text = text.replacing(/-{2,}/, with: "--").replacing(/[ ]{2,}/, with: " ")
    // Where etcdctl itself crashes it says at which addresses.
    if let crash = text.firstRange(of: "goroutine ") { text = String(text[..<crash.lowerBound]) }
    // etcdctl's own log.
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("{\"level\"") }
    if step.isUnordered { lines.sort() }
    return lines.joined(separator: "\n")
  }
}
