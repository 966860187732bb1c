import Foundation
import Programs
import Testing
import Waiting

/// `etcdctl member …`, unmodified, against replicas over TLS: what it says next to what it says of a real etcd, and a
/// whole story of machines that come and go.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(5)))
struct MemberConformanceTests {
  /// The same requests to both, word by word: ids and addresses are each one's own.
  @Test(.enabled(if: EtcdServer.program != nil)) func answersAreEtcds() async throws {
    let etcd = try EtcdServer()
    let cluster = try TestCluster(1)
    cluster.start()
    do {
      let theirs = Spoken { arguments in
        let program = try #require(EtcdServer.control)
        let outcome = await program.run(
          ["--endpoints", "http://127.0.0.1:\(etcd.port)", "--command-timeout", "30s"] + arguments,
          environment: ["ETCDCTL_API": "3"])
        return (outcome.text, outcome.code)
      }
      let ours = Spoken { try await cluster.etcdctl($0) }
      let expected = try await story(theirs)
      let answers = try await story(ours)
      #expect(answers.count == expected.count)
      for (answer, expected) in zip(answers, expected) { #expect(answer == expected) }
    } catch {
      await cluster.remove()
      await etcd.remove()
      throw error
    }
    await cluster.remove()
    await etcd.remove()
  }

  private func story(_ etcdctl: Spoken) async throws -> [String] {
    let own = try await etcdctl.untilListed()
    let (one, two) = (etcdctl.elsewhere(own.peerURL, 1), etcdctl.elsewhere(own.peerURL, 2))
    var said: [String] = []
    func say(_ arguments: String...) async throws {
      said.append("\(arguments.prefix(2).joined(separator: " ")): \(try await etcdctl.say(arguments))")
    }
    try await say("member", "list")
    try await say("member", "promote", own.id)
    try await say("member", "promote", "1234")
    try await say("member", "remove", "1234")
    try await say("member", "remove", own.id)
    try await say("member", "update", "1234", "--peer-urls=\(one)")
    try await say("member", "add", "x", "--peer-urls=\(own.peerURL)")
    try await say("member", "add", "x", "--peer-urls=garbage")
    try await say("member", "add", "x", "--learner", "--peer-urls=\(one)")
    try await say("member", "list")
    let learner = try await etcdctl.member(at: one)
    try await say("member", "promote", learner)
    try await say("member", "update", own.id, "--peer-urls=\(one)")
    // (etcd 3.4 lists a learner as a voter after this: not compared.)
    try await say("member", "update", learner, "--peer-urls=\(two)")
    try await say("member", "remove", learner)
    try await say("member", "remove", learner)
    try await say("member", "update", own.id, "--peer-urls=\(own.peerURL)")
    try await say("member", "list")
    return said
  }

  /// Three hosts run what their files say; two more are added, one is removed, one replaced by `apus store member`'s way.
  @Test func machinesComeAndGo() async throws {
    let cluster = try TestCluster(5)
    let first = ["s1", "s2", "s3"]
    do {
      cluster.start(first, knowing: first)
      let etcdctl = Spoken { try await cluster.etcdctl($0, endpoints: first) }
      _ = try await etcdctl.untilListed()
      #expect(try await cluster.etcdctl(["put", "kept", "yes"], endpoints: first).output == "OK\n")
      let added = try await cluster.etcdctl(
        ["member", "add", "s4", "--peer-urls=\(cluster.peerURL("s4"))"], endpoints: ["s2"])
      #expect(added.code == 0 && added.output.contains("added to cluster"), "\(added.output)")
      cluster.start(["s4"])
      try await cluster.until("s4 has what was kept") {
        try await cluster.etcdctl(["get", "kept"], endpoints: ["s4"]).output == "kept\nyes\n"
      }
      try await cluster.until("s4 lists four that vote") {
        let list = try await cluster.etcdctl(["member", "list"], endpoints: ["s4"]).output
        return list.split(separator: "\n").count == 4 && !list.contains("true") && !list.contains("unstarted")
      }
      try await cluster.until("s4 says that four are an even number") {
        try await cluster.etcdctl(["endpoint", "status", "-w", "json"], endpoints: ["s4"]).output
          .contains("even number")
      }
      // One of the first machines is dead for good: another takes its place.
      await cluster.stop("s3")
      try await cluster.until("s3 is replaced") {
        let outcome = try? await MemberReplacement(cluster).run("s3", by: cluster.peerURL("s5"))
        return outcome != nil
      }
      cluster.start(["s5"])
      try await cluster.until("s1 lists s5 as a voter in place of s3") {
        let list = try await cluster.etcdctl(["member", "list"], endpoints: ["s1"]).output
        return list.contains("s5") && !list.contains("s3") && !list.contains("true")
      }
      // And one leaves, asked for at itself.
      let leaving = try await etcdctl.member(named: "s1", endpoint: "s1", of: cluster)
      let removed = try await cluster.etcdctl(["member", "remove", leaving], endpoints: ["s1"])
      #expect(removed.code == 0 && removed.output.contains("removed from cluster"), "\(removed.output)")
      guard case .failure(let reason) = await cluster.ending(of: "s1") else {
        Issue.record("a removed member goes on")
        return
      }
      #expect("\(reason)".contains("was removed from the cluster"), "\(reason)")
      #expect(
        try await cluster.etcdctl(["get", "kept"], endpoints: ["s2", "s4", "s5"]).output == "kept\nyes\n")
      try await cluster.until("nobody says so any more") {
        let last = try await cluster.etcdctl(["endpoint", "status"], endpoints: ["s2", "s4", "s5"])
        return last.code == 0 && !last.output.contains("even number")
      }
    } catch {
      await cluster.remove()
      throw error
    }
    await cluster.remove()
  }
}

/// etcdctl at one store, and what it says with ids and addresses taken out.
private struct Spoken: Sendable {
  let run: @Sendable ([String]) async throws -> (output: String, code: Int32)

  func say(_ arguments: [String]) async throws -> String {
    let (output, code) = try await run(arguments)
    let lines = output.split(separator: "\n").filter { !$0.hasPrefix("{") }.map(normalized)
    // Members are listed by id, and those are drawn at random.
    return "\(lines.sorted().joined(separator: " | ")) (\(code))"
  }

  private func normalized(_ line: Substring) -> String {
    String(line)
      .replacing(/https?:\/\/127\.[0-9.]+:[0-9]+/, with: "URL")
      .replacing(/\b[0-9a-f]{12,16}\b/, with: "ID")
      .replacing(/\s+ID/, with: " ID")
      .replacing(/\b(one|s1)\b/, with: "NAME")
      .replacing("x=URL,NAME=URL", with: "NAME=URL,x=URL")
  }

  /// The member that is there first, once it has told its name.
  func untilListed() async throws -> (id: String, peerURL: String) {
    try await eventually("a member is there", every: .milliseconds(50)) {
      let (output, code) = try await run(["member", "list"])
      let fields = output.split(separator: "\n").first?.split(separator: ", ").map(String.init) ?? []
      guard code == 0, fields.count == 6, fields[1] == "started", fields[4].hasPrefix("http") else { return nil }
      return (fields[0], fields[3])
    }
  }

  func elsewhere(_ url: String, _ offset: Int) -> String {
    let port = Int(url.split(separator: ":").last ?? "") ?? 0
    return url.replacing(":\(port)", with: ":\(port + 1000 + offset)")
  }

  func member(at url: String) async throws -> String {
    let list = try await run(["member", "list"]).output
    let line = try #require(list.split(separator: "\n").first { $0.contains(url) }, "\(list)")
    return String(try #require(line.split(separator: ",").first))
  }

  func member(named name: String, endpoint: String, of cluster: TestCluster) async throws -> String {
    let list = try await cluster.etcdctl(["member", "list"], endpoints: [endpoint]).output
    let line = try #require(list.split(separator: "\n").first { $0.contains(", \(name), ") }, "\(list)")
    return String(try #require(line.split(separator: ",").first))
  }
}
