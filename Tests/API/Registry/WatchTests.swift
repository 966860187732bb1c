import JSONDocument
import Registry
import SeededNumbers
import StorageStandIn
import Synchronization
import Testing

@Suite("Watches and lists")
struct WatchTests {
  /// The next `count` events as "TYPE name".
  private static func take(_ count: Int, from watch: ObjectWatch) async throws -> [String] {
    var seen: [String] = []
    while seen.count < count, let event = try await watch.next() {
      seen.append("\(event.kind.rawValue) \(event.object.name)")
    }
    return seen
  }

  @Test("every change comes once and in order, to all watchers")
  func order() async throws {
    try await Harness.run { harness in
      let resource = harness["configmaps"]
      let start = try await harness.list("configmaps").resourceVersion
      var watches: [ObjectWatch] = []
      for _ in 0..<3 {
        watches.append(
          try await harness.registry.watch(
            resource, namespace: "default", options: WatchOptions(resourceVersion: start)))
      }
      for index in 0..<50 {
        try await harness.create("configmaps", Sample.configMap("m\(index)"))
        if index % 2 == 0 { try await harness.delete("configmaps", "m\(index)") }
      }
      var expected: [String] = []
      for index in 0..<50 {
        expected.append("ADDED m\(index)")
        if index % 2 == 0 { expected.append("DELETED m\(index)") }
      }
      for watch in watches {
        var revisions: [Int64] = []
        var seen: [String] = []
        while seen.count < expected.count, let event = try await watch.next() {
          seen.append("\(event.kind.rawValue) \(event.object.name)")
          revisions.append(event.object.revision)
          let text = try JSONValue(jsonBytes: Array(event.jsonLine.dropLast()))
          #expect(text[path: "object", "metadata", "resourceVersion"]?.stringValue == event.object.resourceVersion)
        }
        #expect(seen == expected)
        #expect(zip(revisions, revisions.dropFirst()).allSatisfy { $0 < $1 })
        watch.cancel()
      }
    }
  }

  @Test("what was written here comes back through the watch as it was answered, and as others read it")
  func ownWrites() async throws {
    try await Harness.run { harness in
      let resource = harness["configmaps"]
      let start = try await harness.list("configmaps").resourceVersion
      let watch = try await harness.registry.watch(
        resource, namespace: "default", options: WatchOptions(resourceVersion: start))
      var written: [StoredObject] = []
      for index in 0..<20 {
        var map = Sample.configMap("m\(index)", data: ["k": .string("é \"\(index)\"")], labels: ["tier": "front"])
        let made = try await harness.registry.create(
          resource, namespace: "default", document: map, options: Harness.admin)
        map["data"] = ["k": .string(String(repeating: "x", count: index))]
        let changed = try await harness.registry.update(
          resource, namespace: "default", name: "m\(index)", document: map, options: Harness.admin)
        written += [made.object, changed.object]
        // Nothing is kept of a write that did not take place.
        var trial = Harness.admin
        trial.dryRun = true
        map["data"] = ["k": "never"]
        _ = try await harness.registry.update(
          resource, namespace: "default", name: "m\(index)", document: map, options: trial)
      }
      var shared = 0
      for object in written {
        let event = try #require(try await watch.next())
        #expect(event.object.json == object.json)
        #expect(event.object.revision == object.revision)
        if event.object === object { shared += 1 }
      }
      watch.cancel()
      // Where answer and event are worked out at the very same moment, each has its own: seldom.
      #expect(shared > 0)
      let here = try await harness.list("configmaps").objects
      try await Harness.run(storage: harness.storage, seed: 2) { other in
        let there = try await other.list("configmaps").objects
        #expect(there.map(\.json) == here.map(\.json))
        #expect(there.map(\.labels) == here.map(\.labels))
        #expect(there.map(\.createRevision) == here.map(\.createRevision))
        #expect(there.map(\.uid) == here.map(\.uid))
        #expect(
          there.map { String(decoding: $0.metadataJSON, as: UTF8.self) }
            == here.map { String(decoding: $0.metadataJSON, as: UTF8.self) })
      }
    }
  }

  @Test("uids are UUIDs of version 4")
  func uids() async throws {
    try await Harness.run { harness in
      for index in 0..<20 {
        let map = try await harness.create("configmaps", Sample.configMap("m\(index)"))
        let uid = try #require(map[path: "metadata", "uid"]?.stringValue)
        #expect(uid.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
      }
    }
  }

  @Test("an object that enters or leaves a selector is added or deleted for that watcher")
  func selectors() async throws {
    try await Harness.run { harness in
      try await harness.create("configmaps", Sample.configMap("a", labels: ["tier": "front"]))
      try await harness.create("configmaps", Sample.configMap("b", labels: ["tier": "back"]))
      let watch = try await harness.registry.watch(
        harness["configmaps"], namespace: "default", options: WatchOptions(labelSelector: "tier=front"))
      try await harness.update("configmaps", Sample.configMap("b", labels: ["tier": "front"]))
      try await harness.update("configmaps", Sample.configMap("b", data: ["x": "1"], labels: ["tier": "front"]))
      try await harness.update("configmaps", Sample.configMap("a", labels: ["tier": "back"]))
      #expect(try await Self.take(4, from: watch) == ["ADDED a", "ADDED b", "MODIFIED b", "DELETED a"])
      watch.cancel()
      #expect(try await watch.next() == nil)
    }
  }

  @Test("an event is encoded once in a form, however many watch, also through another version")
  func sharedEncodings() async throws {
    try await Harness.run { harness in
      let events = try #require(harness.registry.resource(group: "events.k8s.io", version: "v1", plural: "events"))
      let start = try await harness.list("events").resourceVersion
      var watches: [ObjectWatch] = []
      for _ in 0..<200 {
        watches.append(
          try await harness.registry.watch(events, namespace: "default", options: WatchOptions(resourceVersion: start)))
      }
      let encoded = EncodingCount()
      let seen = try await withThrowingTaskGroup(of: [String].self) { group in
        for watch in watches {
          group.addTask {
            var texts: [String] = []
            while texts.count < 3, let event = try await watch.next() {
              texts.append(
                event.encoded(as: "text") {
                  encoded.value.add(1, ordering: .relaxed)
                  return String(decoding: event.object.json, as: UTF8.self)
                })
            }
            return texts
          }
        }
        for index in 0..<3 {
          try await harness.create(
            "events",
            [
              "metadata": ["name": .string("e\(index)")], "message": "text",
              "involvedObject": ["namespace": "default", "name": "p"],
            ])
        }
        return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
      }
      #expect(seen.count == 1 && seen.first?.count == 3)
      #expect(seen.first?.allSatisfy { $0.contains(#""note":"text""#) && $0.contains("events.k8s.io/v1") } == true)
      #expect(encoded.value.load(ordering: .relaxed) == 3)
      for watch in watches { watch.cancel() }
    }
  }

  @Test("events that have gathered are there without waiting; an end is told by the wait only")
  func ready() async throws {
    try await Harness.run { harness in
      for index in 0..<3 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      let watch = try await harness.registry.watch(harness["configmaps"], namespace: "default")
      #expect(try await watch.next()?.object.name == "m0")
      #expect(watch.nextReady()?.object.name == "m1")
      #expect(watch.nextReady()?.object.name == "m2")
      #expect(watch.nextReady()?.object.name == nil)
      try await harness.create("configmaps", Sample.configMap("m3"))
      #expect(try await watch.next()?.object.name == "m3")
      watch.cancel()
      #expect(watch.nextReady()?.object.name == nil)
    }
  }

  @Test("label and field selectors pick what they say")
  func listSelectors() async throws {
    try await Harness.run { harness in
      for index in 0..<6 {
        try await harness.create(
          "pods",
          Sample.pod(
            "p\(index)", labels: ["n": .string("\(index)"), "even": index % 2 == 0 ? "yes" : "no"],
            node: index < 3 ? "n1" : "n2"))
      }
      func names(_ labels: String, _ fields: String = "") async throws -> [String] {
        try await harness.list("pods", ListOptions(labelSelector: labels, fieldSelector: fields)).objects.map(\.name)
      }
      #expect(try await names("even=yes") == ["p0", "p2", "p4"])
      #expect(try await names("even!=yes,n notin (1)") == ["p3", "p5"])
      #expect(try await names("n in (1, 4),!absent") == ["p1", "p4"])
      #expect(try await names("n>3") == ["p4", "p5"])
      #expect(try await names("even=yes", "spec.nodeName=n1") == ["p0", "p2"])
      #expect(try await names("", "metadata.name=p3") == ["p3"])
      #expect(try await names("", "spec.nodeName!=n1,status.phase=Pending") == ["p3", "p4", "p5"])
      for (labels, fields) in [("a b", ""), ("a in 1", ""), ("", "spec.color=red"), ("", "x"), ("=", "")] {
        let error = await harness.failure { _ = try await names(labels, fields) }
        #expect(error?.code == 400, "\(labels) \(fields)")
      }
    }
  }

  @Test("pages show one state, also while it changes")
  func pages() async throws {
    try await Harness.run { harness in
      for index in 10..<35 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      var options = ListOptions(limit: 10)
      let first = try await harness.list("configmaps", options)
      #expect(first.objects.count == 10)
      #expect(first.remainingItemCount == 15)
      options.continueToken = first.continueToken
      let cached = try await harness.list("configmaps", options)
      #expect(cached.objects.first?.name == "m20")
      // From here on the cache shows another state than the first page did.
      try await harness.delete("configmaps", "m25")
      try await harness.create("configmaps", Sample.configMap("m225"))
      #expect(try await harness.list("configmaps").objects.count == 25)
      let second = try await harness.list("configmaps", options)
      #expect(second.objects.map(\.name) == cached.objects.map(\.name))
      #expect(second.revision == first.revision)
      options.continueToken = second.continueToken
      let third = try await harness.list("configmaps", options)
      #expect(third.objects.map(\.name) == (30..<35).map { "m\($0)" })
      #expect(third.continueToken == "")
      harness.storage.compact()
      options.continueToken = first.continueToken
      let error = await harness.failure { _ = try await harness.list("configmaps", options) }
      #expect(error?.code == 410)
      options.continueToken = "nonsense"
      let broken = await harness.failure { _ = try await harness.list("configmaps", options) }
      #expect(broken?.code == 400)
    }
  }

  @Test("a watch from before the history is expired; from within it resumes")
  func resume() async throws {
    try await Harness.run(configure: { $0.historyLength = 10 }) { harness in
      let made = try await harness.create("configmaps", Sample.configMap("m0"))
      let start = try #require(made[path: "metadata", "resourceVersion"]?.stringValue)
      for index in 1...8 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      _ = try await harness.list("configmaps")
      let watch = try await harness.registry.watch(
        harness["configmaps"], namespace: "default", options: WatchOptions(resourceVersion: start))
      #expect(try await Self.take(8, from: watch) == (1...8).map { "ADDED m\($0)" })
      watch.cancel()
      for index in 10...20 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      _ = try await harness.list("configmaps")
      let error = await harness.failure {
        _ = try await harness.registry.watch(
          harness["configmaps"], namespace: "default", options: WatchOptions(resourceVersion: start))
      }
      #expect(error?.code == 410)
      #expect(error?.reason == .expired)
      #expect(error?.message.hasPrefix("too old resource version: \(start) (") == true)
    }
  }

  @Test("a slow watcher is cut off, after what was queued")
  func slow() async throws {
    try await Harness.run(configure: { $0.watcherQueueLength = 5 }) { harness in
      let watch = try await harness.registry.watch(harness["configmaps"], namespace: "default")
      for index in 0..<10 { try await harness.create("configmaps", Sample.configMap("m\(index)")) }
      _ = try await harness.list("configmaps")
      var seen = 0
      let error = await harness.failure { while try await watch.next() != nil { seen += 1 } }
      #expect(seen == 5)
      #expect(error?.code == 429)
    }
  }

  @Test("the end of the initial objects is marked, and bookmarks carry a version")
  func bookmarks() async throws {
    try await Harness.run(configure: { $0.bookmarkInterval = 0.02 }) { harness in
      try await harness.create("configmaps", Sample.configMap("a"))
      let watch = try await harness.registry.watch(
        harness["configmaps"], namespace: "default",
        options: WatchOptions(allowBookmarks: true, sendInitialEvents: true))
      let first = try #require(try await watch.next())
      #expect(first.kind == .added)
      let marker = try #require(try await watch.next())
      #expect(marker.kind == .bookmark)
      let document = try JSONValue(jsonBytes: marker.object.json)
      #expect(document[path: "metadata", "annotations", "k8s.io/initial-events-end"] == "true")
      #expect(document["kind"] == "ConfigMap")
      // Something else moves on; the next bookmarks tell that this resource is current up to there.
      try await harness.create("secrets", ["metadata": ["name": "s"]])
      let revision = try await harness.storage.currentRevision()
      while let event = try await watch.next() {
        #expect(event.kind == .bookmark)
        if event.object.revision >= revision { break }
      }
      watch.cancel()
    }
  }

  @Test("after a break the cache goes on; after a compaction it lists anew and ends its watches")
  func breaks() async throws {
    try await Harness.run { harness in
      let watch = try await harness.registry.watch(harness["configmaps"], namespace: "default")
      harness.storage.breakWatches(StorageError(.unavailable, "the connection was reset"))
      try await harness.create("configmaps", Sample.configMap("a"))
      #expect(try await Self.take(1, from: watch) == ["ADDED a"])
      harness.storage.breakWatches(StorageError(.compacted, "required revision has been compacted"))
      let error = await harness.failure { _ = try await watch.next() }
      #expect(error?.code == 410)
      try await harness.registry.waitUntilReady()
      #expect(try await harness.list("configmaps").objects.map(\.name) == ["a"])
    }
  }

  @Test("reads show writes of another front-end, and share the question for the revision")
  func linearisable() async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { one in
      try await Harness.run(storage: storage, seed: 2) { two in
        for index in 0..<50 {
          try await one.create("configmaps", Sample.configMap("m\(index)"))
          #expect(try await two.get("configmaps", "m\(index)")["kind"] == "ConfigMap")
        }
        // Keys that the registry does not watch move the revision as well.
        _ = try await storage.txn(
          StorageTransaction(compares: [], then: [.put(key: "foo", value: [1])], otherwise: []))
        let list = try await two.list("configmaps")
        #expect(list.revision >= 50)
        #expect(list.objects.count == 50)
      }
    }
  }

  /// With the config map `a`, and questions for the revision that the store does not answer until it is let.
  private func withQuestionsHeld(
    _ body: @escaping @Sendable (Harness, InMemoryStorage) async throws -> Void
  ) async throws {
    let storage = InMemoryStorage()
    try await Harness.run(storage: storage) { harness in
      try await harness.create("configmaps", Sample.configMap("a"))
      _ = try await harness.get("configmaps", "a")
      storage.holdRevisionRequests()
      try await body(harness, storage)
    }
  }

  /// Reads of `a`, one after another: two ask, the others wait for the next question.
  private func fiveReaders(_ harness: Harness, _ storage: InMemoryStorage) async -> [Task<JSONValue, any Error>] {
    var readers: [Task<JSONValue, any Error>] = []
    for count in 1...5 {
      readers.append(Task { try await harness.get("configmaps", "a") })
      while storage.requestCounts.heldRevision + harness.registry.waitingReads < count { await Task.yield() }
    }
    #expect(storage.requestCounts.heldRevision == 2 && harness.registry.waitingReads == 3)
    return readers
  }

  @Test("waiting reads share one question for the revision, but join none that was sent before them")
  func sharedReads() async throws {
    try await withQuestionsHeld { harness, storage in
      let before = storage.requestCounts.revision
      async let first = harness.get("configmaps", "a")
      while storage.requestCounts.heldRevision == 0 { await Task.yield() }
      async let second = harness.get("configmaps", "a")
      while storage.requestCounts.heldRevision < 2 { await Task.yield() }
      // These come while two questions are under way; all of them fit into the third.
      let others = (0..<100).map { _ in Task { try await harness.get("configmaps", "a") } }
      while harness.registry.waitingReads < 100 { await Task.yield() }
      #expect(storage.requestCounts.heldRevision == 2)
      storage.releaseRevisionRequests()
      _ = try await (first, second)
      for other in others { _ = try await other.value }
      #expect(storage.requestCounts.revision - before == 3)
    }
  }

  @Test("a read that asks for others and is cancelled leaves them to another one")
  func cancelledAsker() async throws {
    try await withQuestionsHeld { harness, storage in
      let readers = await fiveReaders(harness, storage)
      storage.releaseOldestRevisionRequest()
      // One of the three asks for all of them: the first one.
      while storage.requestCounts.heldRevision < 2 || harness.registry.waitingReads > 0 { await Task.yield() }
      readers[2].cancel()
      storage.releaseRevisionRequests()
      await #expect(throws: (any Error).self) { try await readers[2].value }
      for reader in [0, 1, 3, 4] { _ = try await readers[reader].value }
    }
  }

  @Test("a read that was cancelled before it would ask costs no question")
  func cancelledWaiters() async throws {
    try await withQuestionsHeld { harness, storage in
      let before = storage.requestCounts.revision
      let readers = await fiveReaders(harness, storage)
      for reader in readers[2...3] { reader.cancel() }
      storage.releaseRevisionRequests()
      for reader in readers[2...3] { await #expect(throws: (any Error).self) { try await reader.value } }
      for reader in [0, 1, 4] { _ = try await readers[reader].value }
      #expect(storage.requestCounts.revision - before == 3)
    }
  }

  @Test("thousands of objects stay sorted and complete, in whatever order they come", arguments: [7, 8] as [UInt64])
  func many(seed: UInt64) async throws {
    try await Harness.run(seed: seed) { harness in
      var random = SeededGenerator(seed: seed)
      var model: Set<String> = []
      for _ in 0..<900 {
        let name = "m\(Int.random(in: 0..<600, using: &random))"
        if model.insert(name).inserted {
          try await harness.create("configmaps", Sample.configMap(name))
        } else {
          model.remove(name)
          try await harness.delete("configmaps", name)
        }
      }
      #expect(try await harness.list("configmaps").objects.map(\.name) == model.sorted())
      var paged: [String] = []
      var options = ListOptions(limit: 37)
      repeat {
        let page = try await harness.list("configmaps", options)
        paged += page.objects.map(\.name)
        options.continueToken = page.continueToken
      } while !options.continueToken.isEmpty
      #expect(paged == model.sorted())
    }
  }

  @Test("a store that is gone is 503 for reads that must be fresh, and no obstacle for the others")
  func unavailable() async throws {
    try await Harness.run { harness in
      try await harness.create("configmaps", Sample.configMap("a"))
      _ = try await harness.get("configmaps", "a")
      harness.storage.fail(with: StorageError(.unavailable, "no leader"))
      let error = await harness.failure { _ = try await harness.get("configmaps", "a") }
      #expect(error?.code == 503)
      let stale = try await harness.registry.get(
        harness["configmaps"], namespace: "default", name: "a", options: GetOptions(resourceVersion: "0"))
      #expect(stale.name == "a")
      harness.storage.fail(with: nil)
      _ = try await harness.get("configmaps", "a")
      let future = await harness.failure {
        _ = try await harness.registry.get(
          harness["configmaps"], namespace: "default", name: "a", options: GetOptions(resourceVersion: "junk"))
      }
      #expect(future?.code == 400)
    }
  }

  @Test("a version from the future is a timeout that says so")
  func future() async throws {
    try await Harness.run(configure: { $0.freshnessTimeout = 2 }) { harness in
      let error = await harness.failure {
        _ = try await harness.registry.list(
          harness["pods"], namespace: "", options: ListOptions(resourceVersion: "100000"))
      }
      #expect(error?.code == 504)
      #expect(error?.details?.causes.first?.reason == "ResourceVersionTooLarge")
    }
  }
}

/// Counts from several tasks.
private final class EncodingCount: Sendable {
  let value = Atomic(0)
}
