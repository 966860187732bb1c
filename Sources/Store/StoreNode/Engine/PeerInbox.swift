import ByteCoding
import Logging
import MVCC
import RaftCore
import RaftTransport
import Replica
import Synchronization

/// Takes what peers send, on the transport's event loop, and hands it on. Before the engine runs (a replica whose disk
/// is empty still asks who knows it) only control messages are looked at.
final class PeerInbox: PeerTransportDelegate {
  private struct State {
    var engine: Engine?
    var transport: PeerTransport?
    /// Who takes part, as is on the disk.
    var known: Set<MemberID> = []
    /// The same, but not on the disk yet.
    var announced: Set<MemberID> = []
    var answers: [MemberID: PeerControl] = [:]
    var connected: Set<MemberID> = []
    /// A member does not know this one, or knows that it was removed.
    var isStranger = false
    /// Zero as long as it is not known: the disk is empty.
    var clusterID: UInt64
  }

  private let logger: Logger
  private let isEmpty: Bool
  private let state: Mutex<State>
  private let piecesWaiting = Atomic<Int>(0)

  /// - Parameters:
  ///   - known: the members that have been heard of before this start.
  ///   - isEmpty: the disk was empty at this start: there is no term on it.
  ///   - clusterID: the cluster's, where the disk says it.
  init(logger: Logger, known: Set<MemberID>, isEmpty: Bool, clusterID: UInt64?) {
    self.logger = logger
    self.isEmpty = isEmpty
    state = Mutex(State(known: known, clusterID: clusterID ?? 0))
  }

  /// It is decided which cluster this is.
  func establish(clusterID: UInt64) {
    let transport = state.withLock { state in
      state.clusterID = clusterID
      return state.transport
    }
    transport?.establish(clusterID: clusterID)
  }

  /// The transport that answers go out on; to be set before it listens.
  func use(_ transport: PeerTransport) { state.withLock { $0.transport = transport } }

  /// From here on Raft's messages are passed on, and the peers are told that this member takes part.
  func start(_ engine: Engine, peers: [MemberID]) {
    let (transport, announced, connected) = state.withLock { state in
      state.engine = engine
      return (state.transport, state.announced, state.connected)
    }
    for peer in connected { engine.metrics.counters.connected(true, to: peer) }
    // Those who announced themselves while this replica still asked for itself.
    for member in announced { remember(member, engine) }
    for peer in peers { transport?.send([PeerControl.announcement.encoded()], to: peer) }
  }

  /// Asks those peers who have not answered yet whether they know this member. (A peer's answer is lost while its own
  /// connection hither does not stand.)
  ///
  /// - Returns: what was answered so far.
  func askPeers() -> [MemberID: PeerControl] {
    let (answers, connected, transport) = state.withLock { ($0.answers, $0.connected, $0.transport) }
    for peer in connected where answers[peer] == nil { transport?.send([PeerControl.query.encoded()], to: peer) }
    return answers
  }

  /// Whether a member that takes part has refused this one because it is none.
  var isStranger: Bool { state.withLock { $0.isStranger } }

  func denied(by peer: MemberID, _ standing: PeerStanding) {
    guard standing != .unknown else { return }
    let engine = state.withLock { state in
      state.isStranger = true
      return state.engine
    }
    if standing == .removed { engine?.wasRemoved() }
  }

  func met(stranger: MemberID) { state.withLock { $0.engine }?.met(stranger: stranger) }

  /// Writes down that a peer takes part. Nothing of Raft's is taken from it before: what it votes and acknowledges must
  /// not count with anybody who could forget that it has ever been there (``BootstrapVerdict``).
  private func remember(_ peer: MemberID, _ engine: Engine) {
    engine.snapshotBox.post(.remember(peer) { self.state.withLock { _ = $0.known.insert(peer) } })
  }

  func answer(_ question: [UInt8]) -> [UInt8]? {
    let (engine, known, clusterID) = state.withLock { ($0.engine, $0.known.union($0.announced), $0.clusterID) }
    guard let engine, let question = try? MemberQuestion(decoding: question) else { return nil }
    return engine.directory.answer(question, clusterID: clusterID, known: known)?.encoded()
  }

  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream) {
    if frame.first == PeerControl.mark { return control(frame, from: peer) }
    guard let engine = engine(forRaftOf: peer) else { return }
    engine.metrics.counters.received(frame.count, from: peer)
    pass(frame[...], from: peer, to: engine)
  }

  private func engine(forRaftOf peer: MemberID) -> Engine? {
    state.withLock { $0.known.contains(peer) ? $0.engine : nil }
  }

  /// A piece of a snapshot is checked and read on the snapshot thread. A leader that hears nothing for some time sends
  /// its piece again, but while the first ones have not been looked at more of them are of no use.
  func received(unchecked frame: UncheckedFrame, from peer: MemberID) {
    guard let engine = engine(forRaftOf: peer) else { return }
    engine.metrics.counters.received(frame.count, from: peer)
    guard piecesWaiting.add(1, ordering: .relaxed).oldValue < Self.mostPieces else {
      piecesWaiting.subtract(1, ordering: .relaxed)
      return
    }
    engine.snapshotBox.post(
      .run { [self] in
        piecesWaiting.subtract(1, ordering: .relaxed)
        guard let payload = frame.checked() else {
          // Over TLS it was not the network: the memory of one of the two machines is not in order.
          logger.error("a piece of a snapshot was altered on its way", metadata: ["peer": "\(peer)"])
          return
        }
        pass(payload, from: peer, to: engine)
      })
  }

  /// Of all peers together: only a leader sends any, one at a time.
  private static let mostPieces = 4

  private func pass(_ frame: ArraySlice<UInt8>, from peer: MemberID, to engine: Engine) {
    do throws(ByteCodingError) {
      let message = try RaftMessage(decoding: frame)
      guard message.from == peer else {
        logger.error("a peer spoke for another one", metadata: ["peer": "\(peer)", "from": "\(message.from)"])
        return
      }
      guard message.isPlausible else {
        logger.error("a peer says what cannot be", metadata: ["peer": "\(peer)", "term": "\(message.term)"])
        return
      }
      engine.consensusBox.post(.input(.message(message)))
    } catch {
      logger.error("a peer's message cannot be read", metadata: ["peer": "\(peer)", "error": "\(error)"])
    }
  }

  private func control(_ frame: [UInt8], from peer: MemberID) {
    guard let message = try? PeerControl(decoding: frame) else {
      logger.error("a peer's control message cannot be read", metadata: ["peer": "\(peer)"])
      return
    }
    switch message {
    case .announcement:
      let engine = state.withLock { state in
        !state.known.contains(peer) && state.announced.insert(peer).inserted ? state.engine : nil
      }
      if let engine { remember(peer, engine) }
    case .query:
      let (knows, engine, transport, clusterID) = state.withLock {
        ($0.known.contains(peer) || $0.announced.contains(peer), $0.engine, $0.transport, $0.clusterID)
      }
      // One whose disk is empty has promised nothing that would still count.
      let nothing: (term: Term, commit: LogIndex)? = isEmpty ? (0, 0) : nil
      guard let (term, commit) = engine.map({ $0.progress }) ?? nothing else { return }
      let answer = PeerControl.answer(knowsYou: knows, term: term, commit: commit, clusterID: clusterID)
      transport?.send([answer.encoded()], to: peer)
    case .answer:
      state.withLock { $0.answers[peer] = message }
    case .checkpoint(let checkpoint):
      state.withLock { $0.engine }?.stateBox.post(.checkpoint(checkpoint, from: peer))
    case .leaseQuestion(let number, let lease):
      let (engine, transport) = state.withLock { ($0.engine, $0.transport) }
      engine?.say(ofLease: lease) { time in
        transport?.send([PeerControl.leaseAnswer(number: number, time).encoded()], to: peer)
      }
    case .leaseAnswer(let number, let time):
      state.withLock { $0.engine }?.leaseInquiries.finish(number, by: peer, time)
    }
  }

  func connected(to peer: MemberID) {
    let (engine, transport) = state.withLock { state in
      state.connected.insert(peer)
      return (state.engine, state.transport)
    }
    engine?.metrics.counters.connected(true, to: peer)
    let greeting: PeerControl = engine == nil ? .query : .announcement
    transport?.send([greeting.encoded()], to: peer)
  }

  func disconnected(from peer: MemberID) {
    let engine = state.withLock { state in
      state.connected.remove(peer)
      return state.engine
    }
    engine?.metrics.counters.connected(false, to: peer)
  }

  func refused(by peer: MemberID) {
    state.withLock { $0.engine }?.consensusBox.post(.input(.connectionRefused(peer)))
  }
}
