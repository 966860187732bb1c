import ByteCoding
import Logging
import RaftCore
import RaftTransport
import Replica
import Synchronization

/// What members say to each other besides Raft: on the same streams, told apart by the first byte.
enum PeerControl: Hashable, Sendable {
  /// "I take part": sent on every new connection before anything of Raft's, remembered for good by the receiver.
  case announcement
  /// "My disk is empty: do you know me, and which term are you in?" Not answered by one that does not know its own
  /// term yet.
  case query
  case answer(knowsYou: Bool, term: Term, commit: LogIndex)

  /// No format of ``RaftMessage`` begins with it.
  static let mark: UInt8 = 0xc0

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.mark)
    switch self {
    case .announcement: writer.write(UInt8(1))
    case .query: writer.write(UInt8(2))
    case .answer(let knowsYou, let term, let commit):
      writer.write(UInt8(3))
      writer.write(knowsYou)
      writer.write(varint: term)
      writer.write(varint: commit)
    }
    return writer.bytes
  }

  init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    _ = try reader.readByte()
    let tag = try reader.readByte()
    switch tag {
    case 1: self = .announcement
    case 2: self = .query
    case 3:
      self = .answer(
        knowsYou: try reader.readBool(), term: try reader.readVarint(), commit: try reader.readVarint())
    default: throw .unknownValue(UInt64(tag), field: "control message")
    }
    try reader.expectEnd()
  }
}

/// Takes what peers send, on the transport's event loop, and hands it on. Before the engine runs (a replica whose disk
/// is empty still asks who knows it) only control messages are looked at.
final class PeerInbox: PeerTransportDelegate {
  private struct State {
    var engine: Engine?
    var transport: PeerTransport?
    var known: Set<MemberID> = []
    var answers: [MemberID: PeerControl] = [:]
    var connected: Set<MemberID> = []
  }

  private let logger: Logger
  private let isEmpty: Bool
  private let state = Mutex(State())

  /// - Parameters:
  ///   - known: the members that have been heard of before this start.
  ///   - isEmpty: the disk was empty at this start: there is no term on it.
  init(logger: Logger, known: Set<MemberID>, isEmpty: Bool) {
    self.logger = logger
    self.isEmpty = isEmpty
    state.withLock { $0.known = known }
  }

  /// The transport that answers go out on; to be set before it listens.
  func use(_ transport: PeerTransport) { state.withLock { $0.transport = transport } }

  /// From here on Raft's messages are passed on, and the peers are told that this member takes part.
  func start(_ engine: Engine, peers: [MemberID]) {
    let (transport, known) = state.withLock { state in
      state.engine = engine
      return (state.transport, state.known)
    }
    // Those who announced themselves while this replica still asked for itself.
    for member in known { engine.snapshotBox.post(.remember(member)) }
    for peer in peers { transport?.send([PeerControl.announcement.encoded()], to: peer) }
  }

  /// Asks those peers who have not answered yet whether they know this member. (A peer's answer is lost while its own
  /// connection hither does not stand.)
  ///
  /// - Returns: what was answered so far, and who can be reached.
  func askPeers() -> (answers: [MemberID: PeerControl], connected: Set<MemberID>) {
    let (answers, connected, transport) = state.withLock { ($0.answers, $0.connected, $0.transport) }
    for peer in connected where answers[peer] == nil { transport?.send([PeerControl.query.encoded()], to: peer) }
    return (answers, connected)
  }

  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream) {
    if frame.first == PeerControl.mark { return control(frame, from: peer) }
    guard let engine = state.withLock({ $0.engine }) else { return }
    do throws(ByteCodingError) {
      let message = try RaftMessage(decoding: frame[...])
      guard message.from == peer else {
        logger.error("a peer spoke for another one", metadata: ["peer": "\(peer)", "from": "\(message.from)"])
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
        state.known.insert(peer).inserted ? state.engine : nil
      }
      engine?.snapshotBox.post(.remember(peer))
    case .query:
      let (knows, engine, transport) = state.withLock { ($0.known.contains(peer), $0.engine, $0.transport) }
      // One whose disk is empty has promised nothing that would still count.
      let nothing: (term: Term, commit: LogIndex)? = isEmpty ? (0, 0) : nil
      guard let (term, commit) = engine.map({ $0.progress }) ?? nothing else { return }
      transport?.send([PeerControl.answer(knowsYou: knows, term: term, commit: commit).encoded()], to: peer)
    case .answer:
      state.withLock { $0.answers[peer] = message }
    }
  }

  func connected(to peer: MemberID) {
    let (engine, transport) = state.withLock { state in
      state.connected.insert(peer)
      return (state.engine, state.transport)
    }
    let greeting: PeerControl = engine == nil ? .query : .announcement
    transport?.send([greeting.encoded()], to: peer)
  }

  func disconnected(from peer: MemberID) {
    state.withLock { _ = $0.connected.remove(peer) }
  }

  func refused(by peer: MemberID) {
    let engine = state.withLock { $0.engine }
    engine?.consensusBox.post(.input(.connectionRefused(peer)))
  }
}
