import Foundation
import MVCC
import StoreNode
import Testing
import Waiting

/// What clients and followers are given by replicas that have just started, or have a disk that forgets.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LagTests {
  /// The leader's snapshots go bad on its disk, where nobody looks at them, and then a follower needs one. Nothing is
  /// written that would make the next one due.
  @Test func aSnapshotThatHasGoneBadIsMadeAnewForAFollower() async throws {
    try await withReplicas { replicas in
      try await replicas.start(["s1", "s2", "s3"])
      _ = try await replicas.put("first", "1", at: "s1")
      await replicas.stop("s3")
      for index in 0..<300 { _ = try await replicas.put("key\(index % 40)", "\(index)", at: "s1") }
      try await replicas.untilEqual(["s1", "s2"])
      try await replicas.until("no snapshot is being written") {
        try ["s1", "s2"].allSatisfy { name in
          let names = try snapshots(of: name, replicas)
          return names.count == 2 && names.allSatisfy { $0.hasSuffix(".snapshot") }
        }
      }
      for name in ["s1", "s2"] {
        for file in try snapshots(of: name, replicas) {
          let handle = try FileHandle(forUpdating: URL(fileURLWithPath: file))
          // In the middle of the keys.
          let place = try handle.seekToEnd() / 2
          try handle.seek(toOffset: place)
          let byte = try #require(try handle.read(upToCount: 1)?.first)
          try handle.seek(toOffset: place)
          try handle.write(contentsOf: [byte ^ 0x10])
          try handle.close()
        }
      }
      try await replicas.start(["s3"])
      try await replicas.untilEqual(["s1", "s2", "s3"])
      try await replicas.until("s3 says that it was given a snapshot") {
        replicas.messages("s3").contains("installed a leader's snapshot")
      }
      let leaders = replicas.messages("s1") + replicas.messages("s2")
      #expect(leaders.contains { $0.hasPrefix("a snapshot has gone bad on the disk") }, "\(leaders)")
      for index in 0..<20 { _ = try await replicas.put("more\(index)", "x", at: "s3") }
      try await replicas.untilEqual(["s1", "s2", "s3"])
    }
  }

  private func snapshots(of name: String, _ replicas: Replicas) throws -> [String] {
    let folder = "\(replicas.cluster.dataPath(name))/snapshots"
    return try FileManager.default.contentsOfDirectory(atPath: folder).map { "\(folder)/\($0)" }
  }

  /// A replica that has just started gives a lease its full time again, so as never to end it too early; but what it
  /// tells is what the leader knows.
  @Test func whatIsLeftOfALeaseIsTheLeadersToSay() async throws {
    try await withReplicas { replicas in
      let names = ["s1", "s2", "s3"]
      // Another leader would give it its full time again, too: five seconds without a word make one.
      try await replicas.start(names) { $0.electionTicks = 250 }
      let (lease, _) = try await replicas.node("s1").leaseGrant(id: 7, timeToLive: 60)
      let put = PutRequest(key: Array("leased".utf8), value: [1], lease: 7)
      _ = try await replicas.node("s2").propose(.put(put))
      var left = lease.timeToLive
      try await replicas.until("three seconds are gone") {
        left = try await replicas.node("s1").leaseTimeToLive(id: 7, wantsKeys: false).remaining
        return left <= 57
      }
      let leader = await replicas.node("s1").status().leader
      let follower = try #require(names.first { replicas.node($0).identity.memberID != leader })
      await replicas.stop(follower)
      try await replicas.start([follower]) { $0.electionTicks = 250 }
      let status = try await replicas.node(follower).leaseTimeToLive(id: 7, wantsKeys: true)
      #expect(status.remaining <= left && status.remaining > 0, "\(status)")
      #expect(status.lease == lease && status.keys == [Array("leased".utf8)])
      // Who has not restarted says the same.
      for name in names {
        #expect(try await replicas.node(name).leaseTimeToLive(id: 7, wantsKeys: false).remaining <= left)
      }
      _ = try await replicas.node(follower).leaseRevoke(id: 7)
      for name in names {
        await #expect(throws: StoreError.mvcc(.leaseNotFound)) {
          try await replicas.node(name).leaseTimeToLive(id: 7, wantsKeys: false)
        }
      }
    }
  }
}
