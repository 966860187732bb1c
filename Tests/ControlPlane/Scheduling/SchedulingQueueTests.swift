import ClusterClient
import Scheduling
import Testing

@Suite struct SchedulingQueueTests {
  private func add(_ queue: inout SchedulingQueue, _ name: String, priority: Int32 = 0, now: Duration = .zero) {
    queue.add(ObjectKey(namespace: "default", name: name), uid: name, priority: priority, changed: false, now: now)
  }

  @Test func prioritiesThenOrder() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    add(&queue, "high", priority: 10)
    add(&queue, "b")
    add(&queue, "a")
    #expect(
      [queue.take(now: .zero), queue.take(now: .zero), queue.take(now: .zero)].map { $0?.uid } == ["high", "a", "b"])
    #expect(queue.take(now: .zero) == nil)
  }

  @Test func whatFitsNowhereWaitsForAChange() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    _ = queue.take(now: .zero)
    queue.failed("a", waits: true, now: .zero)
    #expect(queue.take(now: .seconds(30)) == nil)
    queue.wakeAll(now: .seconds(30))
    #expect(queue.take(now: .seconds(30))?.uid == "a", "its back-off is long over")
    queue.failed("a", waits: true, now: .seconds(30))
    queue.wakeAll(now: .seconds(31))
    #expect(queue.take(now: .seconds(31)) == nil, "its second back-off is not")
    #expect(queue.nextDeadline == .seconds(32))
    #expect(queue.take(now: .seconds(32))?.uid == "a")
  }

  @Test func changesDuringTheAttemptAreNotMissed() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    _ = queue.take(now: .zero)
    queue.wakeAll(now: .zero)
    queue.failed("a", waits: true, now: .zero)
    #expect(queue.take(now: .milliseconds(999)) == nil)
    #expect(queue.take(now: .seconds(1))?.uid == "a")
  }

  @Test func patienceEnds() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    _ = queue.take(now: .zero)
    queue.failed("a", waits: true, now: .zero)
    #expect(queue.nextDeadline == .seconds(60))
    #expect(queue.take(now: .seconds(60))?.uid == "a")
  }

  @Test func errorsBackOff() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    var delays: [Duration] = []
    var now = Duration.zero
    for _ in 0..<6 {
      #expect(queue.take(now: now)?.uid == "a")
      queue.failed("a", waits: false, now: now)
      let due = queue.nextDeadline ?? .zero
      delays.append(due - now)
      now = due
    }
    #expect(delays == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
  }

  @Test func removedPodsAreGone() {
    var queue = SchedulingQueue()
    add(&queue, "a")
    add(&queue, "b")
    queue.remove("a")
    #expect(queue.take(now: .zero)?.uid == "b")
    queue.remove("b")
    queue.failed("b", waits: true, now: .zero)
    #expect(queue.count == 0)
    #expect(queue.nextDeadline == nil)
  }

  @Test func manyKeepTheirOrder() {
    var queue = SchedulingQueue()
    for index in 0..<5000 { add(&queue, "\(index)") }
    for index in 0..<5000 {
      #expect(queue.take(now: .zero)?.uid == "\(index)")
      queue.placed("\(index)")
    }
  }
}
