import FoundationEssentials
import Glibc
import Supervision
import Testing
import Waiting

/// What an operator types when something has gone wrong with the store, with real processes and folders; and what must
/// be refused. See docs/backup.md, docs/members.md and docs/design/store.md.
@Suite("apus store", .serialized, .enabled(if: StoreHosts.obstacle == nil, "\(StoreHosts.obstacle ?? "")"))
struct StoreCommandTests {
  private func withHosts(_ body: (StoreHosts) async throws -> Void) async throws {
    let hosts = try StoreHosts()
    let result: Result<Void, any Error>
    do { result = .success(try await body(hosts)) } catch { result = .failure(error) }
    await hosts.remove()
    try result.get()
  }

  // MARK: Backup and restore

  @Test func aBackupBecomesANewCluster() async throws {
    try await withHosts { hosts in
      let backup = "\(hosts.folder)/backup.db"
      try hosts.start()
      try await hosts.untilServing()
      for key in ["a", "b"] { try await hosts.put(key) }
      try await hosts.etcdctl(["snapshot", "save", backup], on: ["s2"])
      try await hosts.put("c")
      let status = await hosts.store(["snapshot", "status", backup])
      #expect(status.code == 0 && status.text.contains("revision"), "\(status)")
      try await refuseWhatIsWrong(hosts, backup)

      await hosts.stop()
      for name in hosts.names { rename("\(hosts.data(name))/store", "\(hosts.folder)/\(name).old") }
      var clusters: Set<Substring> = []
      for name in hosts.names {
        let restored = await hosts.restore(backup, name, ["--bump-revision", "1000"])
        #expect(restored.code == 0, "\(restored)")
        let line = restored.text.split(separator: "\n").first { $0.hasPrefix("cluster id") }
        clusters.insert(try #require(line))
        let again = await hosts.restore(backup, name, ["--bump-revision", "1000"])
        #expect(again.refuses("the folder is not empty"), "\(again)")
      }
      #expect(clusters.count == 1, "\(clusters)")
      try hosts.start()
      try await hosts.untilServing()
      for name in hosts.names { #expect(try await hosts.keys(on: name) == ["a", "b"]) }
      let hashes = try await hosts.etcdctl(["endpoint", "hashkv"]).split(separator: "\n").map {
        $0.split(separator: ",").last
      }
      #expect(hashes.count == 3 && Set(hashes).count == 1, "\(hashes)")
      try await hosts.put("d")
      try await keepOut(hosts)
    }
  }

  private func refuseWhatIsWrong(_ hosts: StoreHosts, _ backup: String) async throws {
    let running = await hosts.restore(backup, "s1")
    #expect(running.refuses("the folder is not empty"), "\(running)")
    let missing = await hosts.restore("\(hosts.folder)/nothing.db", "s1")
    #expect(missing.refuses("nothing.db"), "\(missing)")
    let stranger = await hosts.restore(backup, "s9")
    #expect(stranger.refuses("gives the host “s9” no store"), "\(stranger)")
    let damaged = "\(hosts.folder)/damaged.db"
    var bytes = try Data(contentsOf: URL(filePath: backup))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: damaged))
    try Data("not a backup".utf8).write(to: URL(filePath: "\(hosts.folder)/text.db"))
    for file in [damaged, "\(hosts.folder)/text.db", "\(hosts.folder)/nothing.db"] {
      let status = await hosts.store(["snapshot", "status", file])
      #expect(status.refuses(file), "\(status)")
      let into = "\(hosts.folder)/fresh"
      let restored = await hosts.store(["restore", file, "--config", hosts.config, "--host", "s1", "--data", into])
      #expect(restored.refuses(file), "\(restored)")
      #expect(!hosts.exists("\(into)/store"), "a folder that appears whole or not at all")
    }
  }

  /// One of the old cluster comes back with its old folder.
  private func keepOut(_ hosts: StoreHosts) async throws {
    await hosts.stop(["s3"])
    rename("\(hosts.data("s3"))/store", "\(hosts.folder)/s3.new")
    rename("\(hosts.folder)/s3.old", "\(hosts.data("s3"))/store")
    try hosts.start(["s3"])
    try await eventually("both sides say why", detail: { hosts.log("s3") + hosts.log("s1") }) {
      ["s1", "s3"].allSatisfy { hosts.log($0).contains("with the id") }
    }
    try await hosts.put("e", on: ["s1", "s2"])
    // One of the two took it; the other hears a moment later that it counts.
    try await eventually("s1 has it") { try await hosts.keys(on: "s1") == ["a", "b", "d", "e"] }
  }

  // MARK: Recovery

  @Test func whatIsLeftOfALostMajorityIsTaken() async throws {
    try await withHosts { hosts in
      try hosts.start()
      try await hosts.untilServing()
      for key in ["a", "b"] { try await hosts.put(key) }
      try await eventually("s3 has both") { try await hosts.keys(on: "s3") == ["a", "b"] }
      await hosts.kill("s3")
      try await hosts.untilServing(["s1", "s2"])
      try await hosts.put("c", on: ["s1", "s2"])
      let output = "\(hosts.folder)/recovered.db"
      let survivors = ["--data", hosts.data("s1"), "--data", "\(hosts.data("s3"))/store"]
      let used = await hosts.store(["recover"] + survivors + ["--yes", "--output", output])
      #expect(used.refuses("a process still uses one of the folders"), "\(used)")

      // Both go without a word, and s2's disk is lost.
      for name in ["s2", "s1"] { await hosts.kill(name) }
      try FileManager.default.removeItem(atPath: hosts.data("s2"))
      let before = try await hosts.checksums(of: "s1") + hosts.checksums(of: "s3")
      let plan = await hosts.store(["recover", "--plan", "--config", hosts.config] + survivors)
      #expect(plan.code == 0 && plan.text.contains("Nothing was changed"), "\(plan)")
      for part in ["s1", "s2", "s3", "behind"] { #expect(plan.text.contains(part), "\(part) in \(plan)") }
      await refuseUnclearWishes(hosts, survivors, output)
      #expect(try await hosts.checksums(of: "s1") + hosts.checksums(of: "s3") == before, "a plan only looks")

      let older = "\(hosts.folder)/older.db"
      let taken = await hosts.store(["recover"] + survivors + ["--take", "s3", "--yes", "--output", older])
      #expect(taken.code == 0 && taken.text.contains("s3's state"), "\(taken)")
      let done = await hosts.store(["recover"] + survivors + ["--yes", "--output", output])
      #expect(done.code == 0 && done.text.contains("s1's state"), "\(done)")
      let again = await hosts.store(["recover"] + survivors + ["--yes", "--output", output])
      #expect(again.refuses("it is not overwritten"), "\(again)")
      #expect(try await hosts.checksums(of: "s1") + hosts.checksums(of: "s3") == before, "so does the taking")

      for (backup, keys) in [(older, ["a", "b"]), (output, ["a", "b", "c"])] {
        for name in hosts.names {
          try? FileManager.default.removeItem(atPath: "\(hosts.data(name))/store")
          let restored = await hosts.restore(backup, name)
          #expect(restored.code == 0, "\(restored)")
        }
        try hosts.start()
        try await hosts.untilServing()
        for name in hosts.names { #expect(try await hosts.keys(on: name) == keys) }
        await hosts.stop()
      }
    }
  }

  private func refuseUnclearWishes(_ hosts: StoreHosts, _ survivors: [String], _ output: String) async {
    let wishes: [(arguments: [String], reason: String)] = [
      ([], "name the members' data folders"),
      (survivors + ["--plan", "--yes", "--output", output], "choose one"),
      (survivors + ["--yes"], "--yes and --output FILE go together"),
      (survivors + ["--output", output], "--yes and --output FILE go together"),
      (survivors + ["--yes", "--output", output, "--take", "s2"], "no folder is s2's"),
      (["--data", "\(hosts.folder)/nothing"], "nothing"),
      (["--data", "\(hosts.folder)/certs"], "certs"),
      (survivors + survivors, "s1"),
    ]
    for (arguments, reason) in wishes {
      let outcome = await hosts.store(["recover"] + arguments)
      #expect(outcome.refuses(reason), "\(arguments): \(outcome)")
    }
    #expect(!hosts.exists(output))
  }

  // MARK: One replica anew

  @Test func aReplicaIsRebuiltFromTheOthers() async throws {
    try await withHosts { hosts in
      try hosts.start()
      try await hosts.untilServing()
      for key in ["a", "b"] { try await hosts.put(key) }
      let running = await hosts.runs("s3", ["--rebuild"])
      #expect(running.refuses("another process uses this folder"), "\(running)")
      await hosts.stop(["s3"])
      await hosts.kill("s2")
      // One of the others does not answer: nothing is touched.
      let before = try await hosts.checksums(of: "s3")
      let early = await hosts.runs("s3", ["--rebuild"])
      #expect(early.refuses("s2 did not answer"), "\(early)")
      #expect(try await hosts.checksums(of: "s3") == before)
      #expect(hosts.aside(of: "s3").isEmpty)

      try hosts.start(["s2"])
      try await hosts.untilServing(["s1", "s2"])
      try await hosts.put("c", on: ["s1"])
      try hosts.start(["s3"], ["--rebuild"])
      try await hosts.untilServing(["s3"])
      #expect(hosts.aside(of: "s3").count == 1, "the old folder is evidence")
      #expect(try await hosts.keys(on: "s3") == ["a", "b", "c"])
      // Once more with the flag goes on; without it, too.
      for flags in [["--rebuild"], []] {
        await hosts.stop(["s3"])
        try hosts.start(["s3"], flags)
        try await hosts.untilServing(["s3"])
      }
      #expect(try await hosts.keys(on: "s3") == ["a", "b", "c"])
      // It counts again: with it and one other there is a majority.
      await hosts.kill("s2")
      try await hosts.untilServing(["s1", "s3"])
      try await hosts.put("d", on: ["s3"])
    }
  }

  @Test func wrongFoldersAreRefused() async throws {
    try await withHosts { hosts in
      try hosts.start()
      try await hosts.untilServing()
      try await hosts.put("a")
      let twice = await hosts.runs("s1")
      #expect(twice.refuses("another process uses this folder"), "\(twice)")
      await hosts.stop(["s3"])
      let wrong = await hosts.runs("s3", data: hosts.data("s1"))
      #expect(wrong.refuses("another process uses this folder"), "\(wrong)")
      await hosts.stop(["s1"])
      let others = await hosts.runs("s3", data: hosts.data("s1"))
      #expect(others.refuses("check --data and the host's name"), "\(others)")
      // An empty disk, where the others know the member.
      try hosts.start(["s1"])
      try await hosts.untilServing(["s1", "s2"])
      let emptied = await hosts.runs("s3", data: "\(hosts.folder)/empty")
      #expect(emptied.refuses("--rejoin"), "\(emptied)")
      let stranger = await hosts.runs("s9")
      #expect(stranger.refuses("has no host “s9”"), "\(stranger)")
      try hosts.start(["s3"])
      try await hosts.untilServing(["s3"])
      #expect(try await hosts.keys(on: "s3") == ["a"])
    }
  }

  // MARK: A member that was removed

  /// Its supervisor does not start it again and again, and ends when it has nothing else to look after.
  @Test func aRemovedMemberEndsForGood() async throws {
    try await withHosts { hosts in
      try hosts.start(["s1", "s2"])
      let supervisor = try hosts.startSupervised("s3")
      try await hosts.untilServing()
      try await hosts.put("a")
      let members = try await hosts.etcdctl(["member", "list"]).split(separator: "\n")
      let line = try #require(members.first { $0.contains("s3") }, "\(members)")
      let id = String(line.prefix { $0 != "," })
      try await hosts.etcdctl(["member", "remove", id], on: ["s1"])
      #expect(await supervisor.ended() == .code(Supervisor.finalCode), "\(hosts.log("s3"))")
      let log = hosts.log("s3")
      #expect(log.contains("this member was removed from the cluster"), "\(log)")
      #expect(log.contains("is not started again") && log.contains("no role is left to run"), "\(log)")
      #expect(log.components(separatedBy: "started store, pid").count == 2, "started once: \(log)")
      let again = await hosts.runs("s3")
      #expect(again.code == Supervisor.finalCode && again.text.contains("was removed"), "\(again)")
      try await hosts.put("b", on: ["s1"])
    }
  }
}

extension StoreHosts {
  /// Of every file in a host's data folder.
  fileprivate func checksums(of name: String) async throws -> String {
    try await Command(["sh", "-c", "cd '\(data(name))' && find . -type f | sort | xargs sha256sum"]).run()
  }

  /// The folders that were moved aside.
  fileprivate func aside(of name: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: data(name))) ?? []).filter { $0.hasPrefix("store.aside-") }
  }
}
