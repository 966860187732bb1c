import MVCC
import Testing

@Suite struct PrefixTests {
  private func store(_ keys: [(String, Int)]) -> MVCCStore {
    var store = MVCCStore()
    for (key, bytes) in keys {
      _ = store.apply(.put(PutRequest(key: Array(key.utf8), value: Bytes(repeating: 0, count: bytes))))
    }
    return store
  }

  private func names(_ sizes: [PrefixSize]) -> [String] { sizes.map { String(decoding: $0.prefix, as: UTF8.self) } }

  @Test func keysAreGroupedAsPeopleNameThem() {
    let store = store([
      ("/registry/pods/default/a", 3000), ("/registry/pods/default/b", 3000), ("/registry/pods/other/c", 3000),
      ("/registry/events/x", 5000), ("jobs/1", 1000), ("jobs/2", 1000), ("key1", 600), ("key2", 600), ("other", 10),
      ("/alone", 20), ("jobs2/1", 30), ("kez9", 1),
    ])
    let sizes = store.largestPrefixes(20)
    #expect(
      names(sizes) == [
        "/registry/pods/", "/registry/events/", "jobs/", "key", "jobs2/", "/alone", "other", "kez",
      ])
    #expect(sizes[0].keys == 3 && sizes[3].keys == 2)
    #expect(sizes.reduce(0) { $0 + $1.bytes } == store.size)
    #expect(names(store.largestPrefixes(2)) == ["/registry/pods/", "/registry/events/"])
    #expect(MVCCStore().largestPrefixes(5).isEmpty)
  }

  /// All versions count, and deletions, until they are compacted.
  @Test func historyCounts() {
    var store = store((0..<10).map { _ in ("a/1", 1000) })
    let before = store.largestPrefixes(1)
    #expect(before[0].bytes == store.size && before[0].keys == 1)
    _ = store.apply(.deleteRange(DeleteRangeRequest(.all)))
    #expect(store.largestPrefixes(1)[0].bytes == store.size)
  }

  @Test func manyPlainGroupsAreBounded() {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    var keys: [(String, Int)] = []
    for a in letters { for b in letters { for c in letters.prefix(3) { keys.append(("\(a)\(b)\(c)", 1)) } } }
    let store = store(keys)
    let sizes = store.largestPrefixes(5000)
    #expect(sizes.count <= 1001)
    #expect(sizes.reduce(0) { $0 + $1.keys } == keys.count)
    #expect(names(sizes)[0] == "")
  }

  @Test func onlyWhatAddsTakesSpace() {
    let put = Operation.put(PutRequest(key: [1], value: [1]))
    let deletion = Operation.deleteRange(DeleteRangeRequest(.all))
    func transaction(_ operations: [Operation], else others: [Operation] = []) -> Command {
      .transaction(TransactionRequest(success: operations, failure: others))
    }
    let nested = Operation.transaction(TransactionRequest(failure: [put]))
    #expect(Command.put(PutRequest(key: [1], value: [1])).takesSpace)
    #expect(Command.leaseGrant(id: 1, timeToLive: 1).takesSpace)
    #expect(transaction([put]).takesSpace && transaction([], else: [put]).takesSpace)
    #expect(transaction([deletion, nested]).takesSpace)
    #expect(!transaction([deletion]).takesSpace)
    #expect(!Command.deleteRange(DeleteRangeRequest(.all)).takesSpace)
    #expect(!Command.compact(revision: 1).takesSpace && !Command.leaseRevoke(id: 1).takesSpace)
  }
}
