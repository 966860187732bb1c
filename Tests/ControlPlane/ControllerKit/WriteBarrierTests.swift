import ClusterClient
import ControllerKit
import Testing

@Suite struct WriteBarrierTests {
  let key = ObjectKey(namespace: "n", name: "a")

  @Test func waitsForItsOwnWrites() {
    let barrier = WriteBarrier()
    #expect(barrier.source(for: key, cacheRevision: 0) == .cache)
    barrier.wrote(key, resourceVersion: "12")
    barrier.wrote(key, resourceVersion: "11")
    #expect(barrier.source(for: key, cacheRevision: 11) == .wait)
    #expect(barrier.source(for: ObjectKey(name: "b"), cacheRevision: 0) == .cache)
    #expect(barrier.source(for: key, cacheRevision: 12) == .cache)
  }

  @Test func unknownOutcomesAreReadFromTheAPI() {
    let barrier = WriteBarrier()
    barrier.wrote(key, resourceVersion: "5")
    barrier.lost(key)
    #expect(barrier.source(for: key, cacheRevision: 100) == .api)
    barrier.settled(key, newest: 200)
    #expect(barrier.source(for: key, cacheRevision: 199) == .wait)
    #expect(barrier.source(for: key, cacheRevision: 200) == .cache)
  }

  @Test func forgets() {
    let barrier = WriteBarrier()
    barrier.lost(key)
    barrier.forget(key)
    #expect(barrier.source(for: key, cacheRevision: 0) == .cache)
  }
}
