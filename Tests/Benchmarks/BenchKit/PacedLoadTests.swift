import BenchKit
import Synchronization
import Testing

struct PacedLoadTests {
  private struct Odd: Error {}

  @Test("Operations start without waiting for those before, and count from when they were due")
  func pace() async throws {
    let first = Mutex<CheckedContinuation<Void, Never>?>(nil)
    // The first ends only once the tenth has begun.
    let load = try await Load.paced(rate: 1000, time: .seconds(60), limit: 10) { number in
      switch number {
      case 0: await withCheckedContinuation { continuation in first.withLock { $0 = continuation } }
      case 9:
        while true {
          if let waiting = first.withLock({ $0.take() }) { return waiting.resume() }
          await Task.yield()
        }
      default: break
      }
    }
    #expect(load.count == 10 && load.failures == 0)
    // It waited for nine that were due a millisecond apart.
    #expect(try #require(load.latencies.last) >= 9_000_000)
  }

  @Test("It ends when it is told to; failures do not count, and a load of nothing else is an error")
  func end() async throws {
    let begun = Atomic(0)
    let load = try await Load.paced(
      rate: 100_000, time: .seconds(60), limit: 1_000_000, mostWaiting: 8,
      while: { begun.load(ordering: .relaxed) < 50 }
    ) { number in
      begun.wrappingAdd(1, ordering: .relaxed)
      if number % 2 == 1 { throw Odd() }
    }
    #expect((50...58).contains(load.count + load.failures) && abs(load.count - load.failures) <= 1)
    await #expect(throws: Program.Failure.self) {
      try await Load.paced(rate: 1000, time: .seconds(60), limit: 3) { _ in throw Odd() }
    }
  }

  @Test("No more than so many wait at once")
  func waiting() async throws {
    let counts = Mutex((running: 0, most: 0))
    _ = try await Load.paced(rate: 1_000_000, time: .seconds(60), limit: 200, mostWaiting: 3) { _ in
      counts.withLock { counts in
        counts.running += 1
        counts.most = max(counts.most, counts.running)
      }
      await Task.yield()
      counts.withLock { $0.running -= 1 }
    }
    #expect(counts.withLock { $0.most } <= 3)
  }
}
