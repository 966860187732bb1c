import ControllerKit
import Testing

@Suite struct WorkQueueCoreTests {
  @Test func keysAreNotQueuedTwice() {
    var queue = WorkQueueCore<String>()
    for key in ["a", "b", "a", "a"] { queue.add(key) }
    #expect(queue.take() == "a")
    #expect(queue.take() == "b")
    #expect(queue.take() == nil)
  }

  @Test func keysInWorkComeBackOnce() {
    var queue = WorkQueueCore<String>()
    queue.add("a")
    #expect(queue.take() == "a")
    queue.add("a")
    queue.add("a")
    #expect(queue.take() == nil, "never two workers on one key")
    queue.done("a")
    #expect(queue.take() == "a")
    queue.done("a")
    #expect(queue.take() == nil)
    #expect(queue.count == 0)
  }

  @Test func failuresDoubleTheDelay() {
    var queue = WorkQueueCore<String>(initialBackoff: .milliseconds(10), maximumBackoff: .milliseconds(50))
    var delays: [Duration] = []
    for _ in 0..<5 {
      delays.append(queue.addFailed("a", now: .zero))
      queue.promote(now: .seconds(1))
      #expect(queue.take() == "a")
      queue.done("a")
    }
    #expect(delays == [.milliseconds(10), .milliseconds(20), .milliseconds(40), .milliseconds(50), .milliseconds(50)])
    queue.forget("a")
    #expect(queue.addFailed("a", now: .seconds(2)) == .milliseconds(2010))
  }

  @Test func onlySuccessEndsTheBackoff() {
    var queue = WorkQueueCore<String>(initialBackoff: .milliseconds(10), maximumBackoff: .seconds(1))
    var due: [Duration] = []
    for _ in 0..<3 {
      // A change of the object: it is worked on at once, but how often it failed stays known.
      queue.add("a")
      #expect(queue.take() == "a")
      due.append(queue.addFailed("a", now: .zero))
      queue.done("a")
    }
    #expect(due == [.milliseconds(10), .milliseconds(20), .milliseconds(40)])
    #expect(queue.failureCount("a") == 3)
    #expect(queue.take() == nil)
  }

  @Test func delayedKeysBecomeDueInOrder() {
    var queue = WorkQueueCore<String>()
    queue.add("late", at: .seconds(3))
    queue.add("early", at: .seconds(1))
    queue.add("late", at: .seconds(2))
    #expect(queue.nextDeadline == .seconds(1))
    queue.promote(now: .milliseconds(999))
    #expect(queue.take() == nil)
    queue.promote(now: .seconds(2))
    #expect(queue.take() == "early")
    #expect(queue.take() == "late", "the earliest of its delays counts")
    #expect(queue.nextDeadline == nil)
  }

  @Test func longQueuesKeepTheirOrder() {
    var queue = WorkQueueCore<Int>()
    for key in 0..<1000 { queue.add(key) }
    for key in 0..<1000 {
      #expect(queue.take() == key)
      queue.done(key)
    }
  }
}

@Suite struct WorkQueueTests {
  @Test func workersWaitAndAreServed() async {
    let queue = WorkQueue<String>()
    async let first = queue.next()
    queue.add("a")
    #expect(await first == "a")
    queue.add("b", after: .milliseconds(5))
    #expect(await queue.next() == "b")
  }

  @Test func failedKeysComeBack() async {
    let queue = WorkQueue<String>(initialBackoff: .milliseconds(1))
    queue.add("a")
    for count in 0..<4 {
      let key = await queue.next()
      #expect(key == "a")
      #expect(queue.failureCount("a") == count)
      queue.addFailed("a")
      queue.done("a")
    }
  }

  @Test func shutDownWakesWorkers() async {
    let queue = WorkQueue<String>()
    async let waiting = queue.next()
    queue.shutDown()
    #expect(await waiting == nil)
    queue.add("a")
    #expect(await queue.next() == nil)
  }

  @Test func cancelledWorkersGetNothing() async {
    let queue = WorkQueue<String>()
    let task = Task { await queue.next() }
    task.cancel()
    #expect(await task.value == nil)
    queue.add("a")
    #expect(await queue.next() == "a", "the key was not lost with the worker")
  }
}
