import EtcdAPI
import FoundationEssentials
import Logging
import StoreClient

/// Compacts the store every five minutes to where it stood five minutes before. Front-ends agree, as kube-apiserver's
/// do, through the version of one key: whoever raises it first compacts in this round, the others only note where the
/// store stands.
struct Compactor: Sendable {
  let client: StoreClient
  let interval: Duration
  let logger: Logger

  static let key = "compact_rev_key"

  /// What a front-end remembers from round to round.
  struct State: Sendable, Equatable {
    /// The key's version as last seen: the number of rounds so far.
    var round: Int64 = 0
    /// Where the store stood then.
    var revision: Int64 = 0
  }

  /// Compacts until the task is cancelled.
  func run() async {
    var state = State()
    while true {
      do { try await Task.sleep(for: interval) } catch { return }
      do { state = try await step(state) } catch {
        logger.warning("Compacting the store failed", metadata: ["error": "\(error)"])
      }
    }
  }

  /// One round. Returns what to remember.
  func step(_ state: State) async throws(StoreClientError) -> State {
    let key = Data(Self.key.utf8)
    var compare = Etcdserverpb_Compare()
    compare.key = key
    compare.target = .version
    compare.result = .equal
    compare.version = state.round
    var put = Etcdserverpb_PutRequest()
    put.key = key
    put.value = Data(String(state.revision).utf8)
    var then = Etcdserverpb_RequestOp()
    then.requestPut = put
    var range = Etcdserverpb_RangeRequest()
    range.key = key
    var otherwise = Etcdserverpb_RequestOp()
    otherwise.requestRange = range
    var request = Etcdserverpb_TxnRequest()
    request.compare = [compare]
    request.success = [then]
    request.failure = [otherwise]
    let answer = try await client.txn(request)
    guard answer.succeeded else {
      let round = answer.responses.first?.responseRange.kvs.first?.version ?? 0
      return State(round: round, revision: answer.header.revision)
    }
    // The first round of a cluster has nothing to compact to.
    if state.revision > 0 {
      var compaction = Etcdserverpb_CompactionRequest()
      compaction.revision = state.revision
      do { _ = try await client.compact(compaction) } catch {
        // Somebody else was there first: that is what was wanted.
        if error.code != .compacted { throw error }
      }
      logger.info("Compacted the store", metadata: ["revision": "\(state.revision)"])
    }
    return State(round: state.round + 1, revision: answer.header.revision)
  }
}
