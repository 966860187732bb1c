import ClusterClient
import KubernetesAPI
import Testing

@Suite struct EventCorrelatorTests {
  private struct Written: Equatable {
    var message: String
    var count: Int32
  }

  /// A correlator, and the events that are in the cluster by its decisions. An event's name is its index.
  private struct Bench {
    var correlator = EventCorrelator()
    var written: [Written] = []
    var dropped = 0

    mutating func take(_ event: RecordedEvent, at second: Int) {
      switch correlator.correlate(event, now: .seconds(second)) {
      case .drop: dropped += 1
      case .create(let record):
        correlator.created(record, as: ObjectKey(name: "\(written.count)"))
        written.append(Written(message: record.message, count: record.count))
      case .update(let key, let record):
        written[Int(key.name)!] = Written(message: record.message, count: record.count)
      }
    }
  }

  private static let prefix = "(combined from similar events): "

  private func event(
    _ message: String = "no luck", about name: String = "web", container: String = "",
    kind: EventRecorder.Kind = .warning, reason: String = "Failed", by component: String = "tester"
  ) -> RecordedEvent {
    var object = CoreV1.ObjectReference()
    object.apiVersion = "apps/v1"
    object.kind = "ReplicaSet"
    object.namespace = "default"
    object.name = name
    object.fieldPath = container
    return RecordedEvent(object: object, kind: kind, reason: reason, message: message, component: component)
  }

  // MARK: Counting

  @Test func theSameEventIsCounted() {
    var bench = Bench()
    for second in 0..<3 { bench.take(event(), at: second) }
    #expect(bench.written == [Written(message: "no luck", count: 3)])
  }

  @Test func eventsThatDifferAreNotTheSame() {
    var bench = Bench()
    let events = [
      event(), event("luck"), event(about: "db"), event(container: "spec.containers{web}"), event(kind: .normal),
      event(reason: "Killed"), event(by: "other"),
    ]
    for event in events { bench.take(event, at: 0) }
    #expect(bench.written == events.map { Written(message: $0.message, count: 1) })
  }

  @Test func whatCouldNotBeWrittenCounts() {
    var correlator = EventCorrelator()
    guard case .create(let first) = correlator.correlate(event(), now: .zero) else {
      Issue.record("a new event is created")
      return
    }
    #expect(first.count == 1)
    guard case .create(let second) = correlator.correlate(event(), now: .zero) else {
      Issue.record("the first was never said to be there")
      return
    }
    #expect(second.count == 2)
  }

  @Test func anEventThatIsGoneBeginsAnew() {
    var correlator = EventCorrelator()
    if case .create(let record) = correlator.correlate(event(), now: .zero) {
      correlator.created(record, as: ObjectKey(name: "old"))
    }
    guard case .update(let old, let record) = correlator.correlate(event(), now: .zero) else {
      Issue.record("it is there")
      return
    }
    #expect(old.name == "old" && record.count == 2)
    #expect(record.first.count == 1 && record.first.message == record.message)
    correlator.created(record.first, as: ObjectKey(name: "new"))
    guard case .update(let new, let next) = correlator.correlate(event(), now: .zero) else {
      Issue.record("it is there again")
      return
    }
    #expect(new.name == "new" && next.count == 2)
  }

  // MARK: Combining

  @Test func moreThanTenSimilarEventsAreCombined() {
    var bench = Bench()
    for index in 0..<14 { bench.take(event("pod \(index)"), at: index) }
    let single = (0..<10).map { Written(message: "pod \($0)", count: 1) }
    #expect(bench.written == single + [Written(message: Self.prefix + "pod 13", count: 4)])
    bench.take(event("pod 3"), at: 14)
    #expect(bench.written[3].count == 2, "it has an event of its own")
    bench.take(event("pod 10", reason: "Killed"), at: 15)
    #expect(bench.written.last == Written(message: "pod 10", count: 1), "of another reason there was only this one")
    #expect(bench.dropped == 0)
  }

  @Test func similarEventsAreForgottenAfterAWhile() {
    var bench = Bench()
    for index in 0..<11 { bench.take(event("pod \(index)"), at: 0) }
    bench.take(event("within"), at: 600)
    bench.take(event("still within"), at: 1200)
    #expect(bench.written.count == 11)
    #expect(bench.written.last == Written(message: Self.prefix + "still within", count: 3))
    bench.take(event("later"), at: 1801)
    #expect(bench.written.last == Written(message: "later", count: 1))
    #expect(bench.dropped == 0)
  }

  @Test func longMessagesAreCut() {
    var bench = Bench()
    for index in 0..<11 { bench.take(event("\(index) " + String(repeating: "x", count: 2000)), at: 0) }
    #expect(bench.written.map(\.message.count) == Array(repeating: 1024, count: 11))
    #expect(bench.written.last?.message.hasPrefix(Self.prefix + "10 x") == true)
  }

  // MARK: Spam

  @Test func burstsAreLimited() {
    var bench = Bench()
    for _ in 0..<30 { bench.take(event(), at: 0) }
    #expect(bench.written == [Written(message: "no luck", count: 25)])
    #expect(bench.dropped == 5)
    bench.take(event(), at: 299)
    #expect(bench.dropped == 6, "nothing is allowed yet")
    bench.take(event(), at: 300)
    #expect(bench.written == [Written(message: "no luck", count: 32)], "what was dropped counts")
    bench.take(event(reason: "Killed"), at: 300)
    #expect(bench.dropped == 6, "what happens for the first time is told")
    bench.take(event(reason: "Killed"), at: 300)
    #expect(bench.dropped == 7, "again, it fares no better than other events about the object")
    bench.take(event(about: "db"), at: 300)
    bench.take(event(by: "other"), at: 300)
    #expect(bench.written.count == 4, "other objects and other components do not suffer")
    #expect(bench.dropped == 7)
  }

  @Test func noMoreThanABurstIsSavedUp() {
    var bench = Bench()
    for _ in 0..<25 { bench.take(event(), at: 0) }
    for _ in 0..<30 { bench.take(event(), at: 1_000_000) }
    #expect(bench.dropped == 5)
  }

  // MARK: Bounds

  @Test func onlyTheLatestAreRemembered() {
    var bench = Bench()
    bench.take(event(about: "first"), at: 0)
    for index in 0..<2047 { bench.take(event(about: "\(index)"), at: 0) }
    bench.take(event(about: "first"), at: 0)
    #expect(bench.written[0].count == 2, "so many are remembered")
    for index in 0..<4096 { bench.take(event(about: "other \(index)"), at: 0) }
    bench.take(event(about: "first"), at: 0)
    #expect(bench.written[0].count == 2)
    #expect(bench.written.last?.count == 1, "it is as new as one never seen")
    #expect(bench.written.count == 1 + 2047 + 4096 + 1)
  }
}
