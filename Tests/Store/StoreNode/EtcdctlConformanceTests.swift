import EtcdAPI
import Foundation
import Programs
import Testing
import Waiting

/// What etcdctl can be asked for, asked of one replica of ours and of an etcd, command by command: every answer in every
/// format must be the same. What is normalised, and why, is in `EtcdctlSpeaker`; what differs on purpose is in
/// docs/design/store.md.
@Suite(.enabled(if: EtcdServer.program != nil && EtcdServer.control != nil), .serialized, .timeLimit(.minutes(10)))
struct EtcdctlConformanceTests {
  private func compare(_ steps: [EtcdctlStep], electionTicks: Int = 10) async throws {
    let etcd = try EtcdServer()
    do {
      try await LoneReplica.with(electionTicks: electionTicks) { server in
        let (theirs, ours) = (try EtcdctlSpeaker(port: etcd.port), try EtcdctlSpeaker(port: server.port))
        try await eventually("etcd serves") { try await theirs.say("get none").hasPrefix("0") }
        for (index, step) in steps.enumerated() {
          async let expected = theirs.say(step)
          async let answer = ours.say(step)
          let (left, right) = try await (answer, expected)
          #expect(left == right, "step \(index): etcdctl \(step.command)")
        }
      }
    } catch {
      await etcd.remove()
      throw error
    }
    await etcd.remove()
  }

  // MARK: - Keys

  @Test func putAndGetWithEveryFlag() async throws {
    try await compare([
      "put a 1", "put b 2", "put ab 22", "put a 3 --prev-kv", "put c -- -5", "put a 4 --prev-kv -w json",
      "put a 4 --prev-kv -w fields", "put a 4 --prev-kv -w table", "put lx v --lease=abc", "put lx v --lease=zz",
      "put a --ignore-value", "put a --ignore-value --prev-kv", "put a --ignore-lease x", "put zz --ignore-value",
      "put zz x --ignore-lease", "put '' x", "put", "put a b c", EtcdctlStep("put d", input: "from a\nfile\n"),
      "put --ignore-value --ignore-lease a", "put --ignore-value a x", "put 'ключ и ещё' 'значение'", "put e ''",
      "get a", "get a -w json", "get a -w fields", "get a -w table", "get a --hex", "get a --hex -w fields",
      "get a --print-value-only", "get a --keys-only", "get a --keys-only --print-value-only",
      "get a --print-value-only -w json", "get e", "get e -w json", "get 'ключ и ещё' -w fields",
      "get '' --prefix", "get '' --from-key", "get b --from-key", "get a b", "get b a", "get a a", "get a --prefix",
      "get '' --prefix --limit 2", "get '' --prefix --limit 2 -w json", "get '' --prefix --limit 2 -w fields",
      "get '' --prefix --limit -1", "get '' --prefix --limit 100000", "get '' --prefix --limit x",
      "get '' --prefix --order DESCEND", "get '' --prefix --order ascend", "get '' --prefix --order x",
      "get '' --prefix --keys-only --limit 3 --order DESCEND", "get '' --prefix --sort-by x",
      "get a --rev 2", "get a --rev 1", "get a --rev 100000", "get a --rev -1", "get '' --prefix --rev 3 -w json",
      "get '' --from-key --rev 4 --limit 1 -w json", "get a --consistency s", "get a --consistency l",
      "get '' --prefix --consistency s -w json", "get a --consistency x", "get a --from-key --prefix",
      "get a b --prefix", "get a b --from-key", "get none", "get none -w json", "get none -w fields",
      "get none -w table", "get", "get ''", "get '' x", "get a -w nosuch",
      .protobuf("get '' --prefix --limit 3") { (answer: inout Etcdserverpb_RangeResponse) in answer.clearHeader() },
      .protobuf("put p 1 --prev-kv") { (answer: inout Etcdserverpb_PutResponse) in answer.clearHeader() },
      .protobuf("put p 2 --prev-kv") { (answer: inout Etcdserverpb_PutResponse) in answer.clearHeader() },
      "version",
    ])
  }

  @Test func everyOrderOfARange() async throws {
    var steps: [EtcdctlStep] = ["put s/c 1", "put s/a 3", "put s/b 2", "put s/c 0", "put s/b 5", "put s/b 4"]
    for target in ["CREATE", "KEY", "MODIFY", "VALUE", "VERSION", "modify"] {
      for order in ["", " --order ASCEND", " --order DESCEND"] {
        for rest in ["", " --limit 2 -w json", " --rev 5", " --keys-only"] {
          steps.append(.init("get s/ --prefix --sort-by \(target)\(order)\(rest)"))
        }
      }
    }
    try await compare(steps)
  }

  @Test func deletions() async throws {
    try await compare([
      "put a 1", "put ab 2", "put b 3", "put c 4", "put d 5", "put e 6", "put f 7", "put g 8",
      "del none", "del none -w json", "del a --prev-kv", "del a --prev-kv", "del a -w json", "del ab -w fields",
      "del b --prev-kv -w fields", "del c --prev-kv -w json", "del d -w table", "del e f", "del f e", "del ''",
      "del ''  x", "del", "del a b c", "del a --prefix --from-key", "del a b --prefix", "del a b --from-key",
      .protobuf("del f --prev-kv") { (answer: inout Etcdserverpb_DeleteRangeResponse) in answer.clearHeader() },
      "del x --from-key", "put h 9", "put i 10", "del h --from-key --prev-kv", "put j 11", "put k 12",
      "del '' --prefix --prev-kv -w json", "put l 13", "del '' --from-key", "get '' --prefix -w json",
    ])
  }

  // MARK: - Transactions

  @Test func transactionsWithEveryComparison() async throws {
    var steps: [EtcdctlStep] = ["put a 5", "put a 6", "put b 6", "lease grant 1000", "put b 7 --lease=$1"]
    // a: created at 2, changed at 3, version 2, "6", no lease. b: created at 4, changed at 5, "7".
    let fields = [("create", ["1", "2", "3"]), ("mod", ["2", "3", "4"]), ("version", ["1", "2", "3"])]
    for (field, values) in fields + [("lease", ["0", "1"]), ("value", ["5", "6", "7", ""])] {
      for sign in ["=", "!=", "<", ">"] {
        for value in values {
          steps.append(.transaction(["\(field)(\"a\") \(sign) \"\(value)\""], then: ["get a"], else: ["get b"]))
        }
      }
      steps.append(.transaction(["\(field)(\"none\") = \"0\""], then: ["get a"], else: ["get b"]))
      steps.append(.transaction(["\(field)(\"none\") != \"0\""], then: ["get a"], else: ["get b"]))
      steps.append(.transaction(["\(field)(\"\") = \"0\""], then: ["get a"], else: ["get b"]))
    }
    try await compare(steps)
  }

  @Test func transactionsWithEveryOperation() async throws {
    let holds = ["mod(\"a\") > \"0\""]
    var steps: [EtcdctlStep] = [
      "put a 1", "put b 2", .transaction([], then: []), .transaction([], then: ["get a"]),
      .transaction([], then: [], else: ["get a"]),
      .transaction(["value(\"a\") = \"1\""], then: ["put a 2"], else: ["put a 3", "get a"]),
      .transaction(["value(\"a\") > \"5\""], then: ["put a 2"], else: ["put a 3", "get a"]),
      .transaction(
        holds + ["version(\"a\") = \"3\"", "create(\"a\") < \"1000\"", "lease(\"a\") = \"0\""],
        then: ["get a", "get a", "del zzz"], else: ["get b"]),
      .transaction(holds, then: ["put k1 v", "put k2 v", "get k --prefix", "del k1 --prev-kv", "get k1"]),
      .transaction(holds, then: ["put k1 v", "put k1 w"]), .transaction(holds, then: ["put k1 v", "del k1"]),
      .transaction(holds, then: ["del k --prefix", "put k1 v"]), .transaction(holds, then: ["del k1", "del k1"]),
      .transaction(holds, then: ["put k3 v", "del k --prefix", "get k --prefix"]),
      .transaction(holds, then: ["put k5 v", "get k --prefix", "put k6 w", "get k --prefix"]),
      .transaction(holds, then: ["get k --prefix", "put k5 v --ignore-value", "get k1"]),
      .transaction(holds, then: ["put k5 --ignore-value --prev-kv", "get k5"]),
      .transaction(holds, then: ["put none --ignore-value"]), .transaction(holds, then: ["put k1 v --lease=7777"]),
      .transaction(holds, then: ["put n 1", "put none --ignore-value"]), "get n",
      .transaction(holds, then: ["put n 1", "get a --rev 100000"]), "get n",
      .transaction(holds, then: ["get a --rev 3", "put n 1"]), .transaction(holds, then: ["get a --rev 100000"]),
      .transaction(holds, then: ["put '' v"]), .transaction(holds, then: ["put \"two words\" \"of mine\""]),
      .transaction(holds, then: ["get \"two words\" --print-value-only", "get a z --keys-only --limit 2"]),
      .transaction(holds, then: ["get '' --prefix --sort-by MODIFY --order DESCEND"]),
      .transaction(["garbage"], then: ["get a"]), .transaction(["mod(\"a\") = \"x\""], then: ["get a"]),
      .transaction(holds, then: ["nonsense"]), .transaction(holds, then: ["get a"], "-i"),
      .transaction(["mod(\"a\") < \"0\""], then: ["get a"], else: ["put q r", "del q"], "--interactive"),
      .transaction(holds, then: ["get a", "del a"], "--hex"),
      .transaction(holds, then: (0..<128).map { "put m\($0) x" }, "-w json"),
      .transaction(holds, then: (0..<129).map { "put m\($0) x" }),
      .transaction(holds, then: (0..<129).map { "get m\($0)" }), "get m --prefix --keys-only",
    ]
    for format in ["json", "fields", "table"] {
      steps += ["put a 1", "put b 2"].map { EtcdctlStep($0) }
      steps.append(
        .transaction(
          ["mod(\"a\") > \"0\""],
          then: ["put k1 v", "put k2 v --prev-kv", "get k --prefix", "del k3 --prev-kv", "del a --prev-kv", "get k1"],
          "-w \(format)"))
      steps.append(.transaction(["mod(\"a\") > \"0\""], then: ["get a"], else: [], "-w \(format)"))
    }
    steps.append(
      .protobuf("txn", input: "\nput k1 w\nget k --prefix\n\n\n") { (answer: inout Etcdserverpb_TxnResponse) in
        answer.clearHeader()
        for index in answer.responses.indices {
          answer.responses[index].responsePut.clearHeader()
        }
      })
    try await compare(steps)
  }

  // MARK: - Revisions

  @Test func compaction() async throws {
    var steps: [EtcdctlStep] = (1...9).map { EtcdctlStep("put key \($0)") } + ["del key", "put key again"]
    steps += [
      "compaction 3", "compaction 3", "compaction 2", "get key --rev 2", "get key --rev 3", "get key --rev 4",
      "compaction 5 --physical", "compaction 100000", "compaction 0", "compaction -- -1", "compaction x", "compaction",
      "compaction 6 -w json", "compaction 6 --physical -w json", "get key --rev 5 -w json", "get key --rev 6 -w json",
      .transaction([], then: ["get key --rev 5"]), .transaction([], then: ["get key --rev 7"]),
      "watch key --rev=2", "watch key --rev=2 -w json",
      .endless("watch key --rev=11", lines: 6), "compaction 11", "get key --rev 11", "get key --rev 12",
      "endpoint hashkv", "endpoint hashkv --rev 12", "endpoint hashkv --rev 5", "endpoint hashkv --rev 100000",
      "endpoint hashkv -w json", "endpoint hashkv -w fields", "endpoint hashkv -w table", "compaction 12",
      "get key -w json",
    ]
    try await compare(steps)
  }

  // MARK: - Leases

  @Test func leases() async throws {
    var steps: [EtcdctlStep] = [
      "lease list", "lease list -w json", "lease list -w fields", "lease grant 1000", "lease grant 500",
      "lease grant 9000000001", "lease grant x", "lease grant", "lease revoke 1234", "lease revoke x", "lease revoke",
      "lease timetolive 1234", "lease timetolive 1234 --keys", "lease timetolive 1234 -w json",
      "lease timetolive 1234 -w fields", "lease timetolive", "lease keep-alive 1234", "lease keep-alive 1234 --once",
      "lease keep-alive", "lease keep-alive x", "lease grant 600 -w json",
      "lease grant 600 -w fields",
      "lease grant 600 -w table", "put la 1 --lease=$1", "put lb 2 --lease=$1", "put la --ignore-value --lease=$1",
      "put la x --ignore-lease", "put la --ignore-lease --ignore-value", "get la -w json", "get la -w fields",
      "lease timetolive $1", .unordered("lease timetolive $1 -w table"), "lease timetolive $1 -w json",
      "lease timetolive $1 -w fields", .unordered("lease timetolive $1 --keys -w fields"), "put lb 3",
      "lease timetolive $1 --keys", "lease timetolive $1 --keys -w json", "lease keep-alive $1 --once",
      "lease keep-alive $1 --once -w json", "lease keep-alive $1 --once -w fields",
      .endless("lease keep-alive $1", lines: 1), "put lc 1 --lease=$1", "put lc 2 --lease=$2",
      "lease timetolive $1 --keys", "lease timetolive $2 --keys", "del la", "lease timetolive $1 --keys",
      .transaction(["lease(\"lc\") > \"0\""], then: ["put ld 1 --lease=$2", "get ld"]),
      "lease timetolive $2 --keys -w table", .unordered("lease list"), "lease revoke $2", "lease revoke $2",
      "get l --prefix -w json", "lease timetolive $2", "lease timetolive $2 --keys -w json", "lease revoke $1 -w json",
      "lease revoke $1 -w json", "lease timetolive $1 -w fields", "get l --prefix", "put lx 1 --lease=$1",
      // Both end it by themselves.
      "lease grant 15", "put short 1 --lease=$3",
    ]
    steps.append(.endless("watch short --rev=2", lines: 6))
    steps += ["get short", "lease timetolive $3", "lease keep-alive $3"]
    // Too short a lease would not outlast an election.
    steps += ["lease grant 0", "lease grant -- -5", "lease grant 1", "lease grant 2"]
    // An election of etcd's length: the shortest lease follows from it.
    try await compare(steps, electionTicks: 100)
  }

  // MARK: - Watches

  @Test func watches() async throws {
    let print = "echo $ETCD_WATCH_EVENT_TYPE $ETCD_WATCH_KEY $ETCD_WATCH_VALUE $ETCD_WATCH_REVISION"
    try await compare([
      "put w/a 1", "put w/b 2", "put w/a 3", "del w/b", "put w/c 4", "put other 5",
      .transaction([], then: ["put w/d 6", "put w/e 7", "del w/a"]),
      .endless("watch w/ --prefix --rev=1", lines: 24), .endless("watch w/ --prefix --rev=1 --prev-kv", lines: 30),
      .endless("watch w/a --rev=3 --prev-kv", lines: 10), .endless("watch w/a w/c --rev=1", lines: 15),
      .endless("watch w/a --prefix --rev=4", lines: 6), .endless("watch '' --prefix --rev=7", lines: 12),
      .endless("watch w/ --prefix --rev=5 -w json", lines: 1),
      .endless("watch w/ --prefix --rev=1 -w fields", lines: 60),
      .endless("watch w/ --prefix --rev=7 --prev-kv -w json", lines: 1),
      "watch w/ --prefix --rev=7 --prev-kv -w table",
      .endless("watch w/a --rev=1 -- sh -c '\(print)'", lines: 12),
      .endless("watch w/ --prefix --rev=4 --prev-kv -- sh -c '\(print)'", lines: 30),
      "watch", "watch w --from-key", "watch a b --prefix",
      .endless("watch --rev=2", lines: 9, environment: ["ETCDCTL_WATCH_KEY": "w/a"]),
      .endless(
        "watch --rev=5", lines: 15, environment: ["ETCDCTL_WATCH_KEY": "w/", "ETCDCTL_WATCH_RANGE_END": "w0"]),
      // From a revision that is yet to come, and onwards.
      .endless(
        "watch n/ --prefix --rev=9 --prev-kv", lines: 21,
        meanwhile: ["put n/early 1", "put n/a 2", "put n/a 3", "del n/a", "del n/a", "del n/ --prefix"]),
      .endless("watch n/a --rev=9 -w json", lines: 1),
      // Typed; the watches are independent, so that only the first prints.
      .endless("watch -i", lines: 9, typed: "watch w/a --rev=2\nwatch w/none\n"),
      .endless("watch -i", lines: 15, typed: "watch w/ --prefix --rev=5\n"),
      .endless("watch -i --rev=5 w/c", lines: 1, typed: "garbage\n"),
      EtcdctlStep("watch -i", input: "watch\n"), EtcdctlStep("watch -i", input: "progress\n"),
    ])
  }

  // MARK: - What clients build of it

  @Test func locksAndElections() async throws {
    try await compare([
      "lock m echo held", "lock m --ttl=1 true", "lock m false", "lock m nosuchprogram", "lock '' true", "lock",
      "lock m -- sh -c 'echo rev $ETCD_LOCK_REV'", "get '' --prefix --keys-only", .endless("lock m", lines: 1),
      "get m --prefix",
      .endless(
        "lock m", lines: 1, after: 1, meanwhile: ["get m --prefix --keys-only", "get m --prefix --sort-by CREATE"]),
      .endless("elect e one", lines: 2, after: 2, meanwhile: [.endless("elect -l e", lines: 2), "get e --prefix"]),
      .endless("elect e two -w fields", lines: 12), "elect", "elect a b c", "get e --prefix",
    ])
  }

  @Test func aMirror() async throws {
    let copies = try EtcdServer()
    defer { Task { await copies.remove() } }
    try await copies.untilServing()
    let destination = "http://127.0.0.1:\(copies.port)"
    // Each server is mirrored into a third one, one after the other: it must have become the same there.
    let etcd = try EtcdServer()
    try await LoneReplica.with { server in
      var seen: [String] = []
      for (prefix, port) in [("theirs/", etcd.port), ("ours/", server.port)] {
        let (source, copy) = (try EtcdctlSpeaker(port: port), try EtcdctlSpeaker(port: copies.port))
        try await eventually("it serves") { try await source.say("get none").hasPrefix("0") }
        for step in ["put k/a 1", "put k/b 2", "put other 3", "put k/a 4"] as [EtcdctlStep] {
          _ = try await source.say(step)
        }
        let mirror = Task {
          try await source.say(
            .endless("make-mirror --prefix k/ --dest-prefix \(prefix) \(destination)", lines: 1))
        }
        try await eventually("what there was is copied") {
          try await copy.say(.init("get \(prefix)a -w json")).contains("NA==")
        }
        for step in ["put k/c 5", "del k/b", "put other 6", "put k/a 7"] as [EtcdctlStep] {
          _ = try await source.say(step)
        }
        try await eventually("what came then is copied") {
          try await copy.say(.init("get \(prefix)a --print-value-only")).contains("7")
        }
        let text = try await copy.say(.init("get \(prefix) --prefix"))
        seen.append(text.replacing(prefix, with: "copy/"))
        // It prints how many keys it has copied, every thirty seconds.
        mirror.cancel()
        _ = try? await mirror.value
      }
      #expect(seen[0] == seen[1])
    }
    await etcd.remove()
  }

  // MARK: - Users

  @Test func usersAndRolesInEveryFormat() async throws {
    var steps: [EtcdctlStep] = []
    for format in ["simple", "json", "fields", "table"] {
      let (role, user) = ("r\(format)", "u\(format)")
      let commands: [EtcdctlStep] = [
        .init("role add \(role)"), .init("role grant-permission \(role) readwrite a b"),
        .init("role grant-permission \(role) read c --prefix"),
        .init("role grant-permission \(role) write d --from-key"),
        .init("role grant-permission \(role) bad d"), .init("role get \(role)"), "role list",
        .init("role revoke-permission \(role) a b"), .init("role revoke-permission \(role) zz"),
        .init("role revoke-permission \(role) d --from-key"), .init("role get \(role)"), "role get none",
        .init("user add \(user):pw"), .init("user add n\(format) --no-password"),
        .init("user add v\(format) --new-user-password=x"),
        .init("user passwd \(user) --interactive=false", input: "newpw\n"),
        .init("user add x\(format) --interactive=false", input: "pw2\n"), .init("user grant-role \(user) \(role)"),
        .init("user grant-role \(user) none"), .init("user get \(user)"), .init("user get \(user) --detail"),
        "user list", .init("user revoke-role \(user) \(role)"), .init("user revoke-role \(user) \(role)"),
        "user get none", .init("user delete v\(format)"), .init("user delete v\(format)"), .init("role delete \(role)"),
        .init("role delete \(role)"), "auth enable", "auth disable",
      ]
      for var command in commands {
        command.command += " -w \(format)"
        steps.append(command)
      }
    }
    try await compare(steps)
  }

  // MARK: - The server itself

  @Test func endpointsMembersAndMaintenance() async throws {
    var steps: [EtcdctlStep] = ["put a 1"]
    for format in ["simple", "json", "fields", "table"] {
      for command in [
        "endpoint health", "endpoint health --cluster", "endpoint status", "endpoint status --cluster",
        "endpoint hashkv", "endpoint hashkv --cluster", "member list", "alarm disarm",
      ] { steps.append(.init("\(command) -w \(format)")) }
    }
    steps += [
      "alarm list", "alarm list -w table", "defrag", "defrag --cluster", "defrag -w json", "move-leader 1234",
      "move-leader x", "move-leader", "member add", "member add x", "member remove", "member remove x",
      "member remove 1234", "member promote x", "member promote 1234", "member update x --peer-urls=http://localhost:1",
      "member update 1234", "snapshot save", "snapshot save /nonexistent/x", "nosuchcommand",
    ]
    try await compare(steps)
  }

  /// Ours is said by `apus store snapshot status`; etcdctl's own looks for an etcd's file.
  @Test func aSnapshotIsSaved() async throws {
    let etcd = try EtcdServer()
    try await LoneReplica.with { server in
      var said: [[String]] = []
      for port in [etcd.port, server.port] {
        let path = "/tmp/apus-saved-\(UInt64.random(in: 0 ... .max))"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let speaker = try EtcdctlSpeaker(port: port)
        try await eventually("it serves") { try await speaker.say("get none").hasPrefix("0") }
        var answers: [String] = []
        for command: EtcdctlStep in ["put a 1", .init("snapshot save \(path)"), .init("snapshot save \(path)")] {
          answers.append(try await speaker.say(command).replacing(path, with: "PATH"))
        }
        said.append(answers)
      }
      #expect(said[1] == said[0])
    }
    await etcd.remove()
  }

  // MARK: - Three members

  @Test func theLeadershipIsMoved() async throws {
    let etcds = try EtcdServer.cluster(of: 3)
    let cluster = try TestCluster(3)
    cluster.start()
    do {
      let theirs = try await story(
        of: etcds.map { try EtcdctlSpeaker(port: $0.port) }, newcomer: "http://127.0.0.1:1")
      let ours = try await story(
        of: cluster.names.map { try EtcdctlSpeaker(cluster.connecting(to: [$0])) }, newcomer: "https://127.0.0.1:1")
      #expect(ours.count == theirs.count)
      for (our, their) in zip(ours, theirs) { #expect(our == their) }
    } catch {
      await cluster.remove()
      for etcd in etcds { await etcd.remove() }
      throw error
    }
    await cluster.remove()
    for etcd in etcds { await etcd.remove() }
  }

  private func story(of members: [EtcdctlSpeaker], newcomer: String) async throws -> [String] {
    /// A member's own id, and whether it leads.
    func status(_ member: EtcdctlSpeaker) async throws -> (id: String, leads: Bool)? {
      let fields = try await member.raw("endpoint status").split(separator: ", ")
      return fields.count > 5 ? (String(fields[1]), fields[4] == "true") : nil
    }
    func leader() async throws -> Int {
      try await eventually("somebody leads") {
        for (index, member) in members.enumerated() where try await status(member)?.leads == true { return index }
        return nil
      }
    }
    let first = try await leader()
    let (leads, follows) = (members[first], members[(first + 1) % 3])
    let (own, other) = (try #require(try await status(leads)).id, try #require(try await status(follows)).id)
    var said: [String] = []
    func say(_ command: String, at member: EtcdctlSpeaker) async throws {
      said.append("\(command.split(separator: " ")[0]): \(try await member.say(.init(command)))")
    }
    try await say("move-leader \(own)", at: leads)
    try await say("move-leader 1234", at: leads)
    try await say("move-leader \(other)", at: follows)
    // An etcd adds nobody before its members have been connected for some seconds.
    let learner = try await eventually("a learner is added") { () -> Substring? in
      _ = try await leads.say(.init("member add x --learner --peer-urls=\(newcomer)"))
      let list = try await leads.raw("member list").split(separator: "\n")
      return list.first { $0.contains("unstarted") }?.split(separator: ",").first
    }
    try await say("move-leader \(learner)", at: leads)
    try await say("member promote \(learner)", at: leads)
    try await say("member remove \(learner)", at: leads)
    try await say("move-leader \(other)", at: leads)
    #expect(try await members[leader()].raw("endpoint status").contains(other))
    return said
  }
}
