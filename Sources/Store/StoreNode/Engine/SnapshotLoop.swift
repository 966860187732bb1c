import Logging
import MVCC
import RaftCore
import RaftLog
import Replica

/// The snapshot thread: writes the replica's own snapshots, serves pieces of them to followers, and takes a leader's.
///
/// Its own it writes piece by piece, and followers are served between the pieces.
struct SnapshotLoop: ~Copyable {
  private struct Saving {
    var state: FrozenState
    let writer: SnapshotWriter
    let start = MonotonicTime.now
  }

  private struct Receiving {
    var writer: SnapshotWriter
    var decoder: StateDecoder
  }

  private let files: SnapshotFiles
  private let peersFile: KnownPeers
  private let engine: Engine
  private var saving: Saving?
  /// A third of a processor, and of the disk's time, for a snapshot of one's own.
  private var pace = Pace(rest: 2)
  private var receiving: Receiving?
  private var receivingSince = MonotonicTime.now
  private var pins = SnapshotPins()
  private var doubts = SnapshotDoubts()

  init(_ files: SnapshotFiles, peersFile: KnownPeers, engine: Engine) {
    self.files = files
    self.peersFile = peersFile
    self.engine = engine
  }

  mutating func run() {
    while let messages = engine.snapshotBox.take(until: saving == nil ? nil : pace.next) {
      for message in messages {
        switch message {
        case .save(let frozen): beginSaving(frozen)
        case .read(let request): read(request)
        case .store(let chunk): store(chunk)
        case .drop(let metadata): drop(metadata)
        case .remember(let member, let done): if remember(member) { done() }
        case .keepAddresses(let book): keep(book)
        case .run(let body): body()
        }
      }
      if pace.isDue { saveFurther() }
    }
    saving?.writer.abandon()
  }

  // MARK: - The replica's own

  private mutating func beginSaving(_ frozen: FrozenState) {
    saving?.writer.abandon()
    do throws(StorageError) {
      saving = Saving(state: frozen, writer: try files.begin(frozen.metadata, isReceived: false))
    } catch {
      saving = nil
      notSaved(error)
    }
  }

  /// The next piece of the snapshot that is being written, if there is one.
  private mutating func saveFurther() {
    guard var current = saving else { return }
    // What is frozen is let go of as soon as it is written.
    saving = nil
    let start = MonotonicTime.now
    do throws(StorageError) {
      if let chunk = current.state.nextChunk() {
        try current.writer.write(chunk)
        saving = current
      } else {
        try finishSaving(current)
      }
    } catch {
      current.writer.abandon()
      notSaved(error)
    }
    pace.worked(since: start)
  }

  private mutating func finishSaving(_ saved: Saving) throws(StorageError) {
    let (written, counters) = (MonotonicTime.now, engine.metrics.counters)
    try files.commit(saved.writer, keeping: pins.pinned(at: written.nanoseconds))
    counters.snapshotSyncs.record(nanoseconds: written.elapsed)
    counters.snapshotSaves.record(nanoseconds: saved.start.elapsed)
    let metadata = saved.writer.metadata
    engine.logger.info("saved a snapshot", metadata: ["index": "\(metadata.index)", "bytes": "\(saved.writer.size)"])
    engine.consensusBox.post(.input(.snapshotSaved(metadata)))
    engine.stateBox.post(.snapshotSaved(metadata))
  }

  /// A snapshot that cannot be written costs nothing but log: it is tried again when it is due again. Its file goes
  /// at once: the next try has another name, and the disk may be full already.
  private func notSaved(_ error: StorageError) {
    engine.logger.error("a snapshot could not be written", metadata: ["error": "\(error)"])
    engine.stateBox.post(.snapshotSaved(nil))
  }

  /// A leader's snapshot says more than the one that is being written.
  private mutating func giveUpSaving(upTo index: LogIndex) {
    guard let current = saving, current.writer.metadata.index <= index else { return }
    saving = nil
    current.writer.abandon()
    engine.stateBox.post(.snapshotSaved(nil))
  }

  // MARK: - For followers, and a leader's

  private mutating func read(_ request: SnapshotChunkRequest) {
    var chunk: SnapshotChunk?
    if let index = doubts.mustExamine(for: request, at: .now) { examine(index) }
    do throws(StorageError) {
      if let piece = try files.read(index: request.index, offset: request.offset, count: request.maximumBytes) {
        pins.served(request.to, index: piece.metadata.index, offset: piece.offset, at: MonotonicTime.now.nanoseconds)
        chunk = SnapshotChunk(
          metadata: piece.metadata, totalSize: piece.totalSize, offset: piece.offset, data: piece.data)
      }
    } catch {
      engine.logger.error("a snapshot could not be read", metadata: ["error": "\(error)"])
      if let index = request.index ?? files.newest?.index { examine(index) }
    }
    if files.isNewestDamaged, doubts.mayRenew(at: .now) { engine.stateBox.post(.renewSnapshot) }
    engine.consensusBox.post(.input(.snapshotChunkRead(chunk, request)))
  }

  private func examine(_ index: LogIndex) {
    guard let defect = files.examine(index) else { return }
    engine.logger.error(
      "a snapshot has gone bad on the disk: it is not sent any more, another one is made of the state in memory",
      metadata: ["index": "\(index)", "error": "\(defect)"])
  }

  /// Pieces are decoded as they come, so that a damaged snapshot never gets its final name.
  private mutating func store(_ chunk: SnapshotChunk) {
    var begun: SnapshotWriter?
    do {
      if chunk.offset == 0 {
        receiving?.writer.abandon()
        receiving = nil
        engine.metrics.counters.snapshotsInstalling.store(1, ordering: .relaxed)
        receivingSince = .now
        receiving = Receiving(
          writer: try files.begin(chunk.metadata, isReceived: true), decoder: StateDecoder())
        engine.logger.info(
          "receiving a snapshot", metadata: ["index": "\(chunk.metadata.index)", "bytes": "\(chunk.totalSize)"])
      }
      guard var current = receiving, current.writer.metadata == chunk.metadata, current.writer.size == chunk.offset
      else {
        // It is of a transfer that was given up.
        engine.consensusBox.post(.input(.snapshotRejected(chunk.metadata)))
        return
      }
      begun = current.writer
      receiving = nil
      try current.writer.write(chunk.data)
      try current.decoder.feed(chunk.data)
      guard chunk.isLast else {
        receiving = current
        engine.consensusBox.post(.input(.snapshotChunkStored(chunk.metadata, nextOffset: current.writer.size)))
        return
      }
      let state = try current.decoder.finish()
      guard state.metadata == chunk.metadata else { throw SnapshotError.inconsistent("it is for another index") }
      try files.commit(current.writer, keeping: pins.pinned(at: MonotonicTime.now.nanoseconds))
      engine.metrics.counters.snapshotReceipts.record(nanoseconds: receivingSince.elapsed)
      engine.metrics.counters.snapshotsInstalling.store(0, ordering: .relaxed)
      giveUpSaving(upTo: chunk.metadata.index)
      engine.keepRestored(state)
      engine.consensusBox.post(.input(.snapshotStored(chunk.metadata)))
    } catch let error as StorageError {
      begun?.abandon()
      engine.fail("a leader's snapshot cannot be stored: \(error)")
    } catch {
      engine.metrics.counters.snapshotsInstalling.store(0, ordering: .relaxed)
      engine.logger.error("a leader's snapshot is damaged", metadata: ["error": "\(error)"])
      begun?.abandon()
      engine.consensusBox.post(.input(.snapshotRejected(chunk.metadata)))
    }
  }

  /// What there is of a leader's snapshot goes, if it is that one.
  private mutating func drop(_ metadata: SnapshotMetadata) {
    guard let current = receiving, current.writer.metadata == metadata else { return }
    current.writer.abandon()
    receiving = nil
    engine.metrics.counters.snapshotsInstalling.store(0, ordering: .relaxed)
    engine.logger.info(
      "what was received of a snapshot is not needed any more", metadata: ["index": "\(metadata.index)"])
  }

  /// They are a help and no more: the log says them too.
  private func keep(_ book: AddressBook) {
    guard let path = engine.dataPath else { return }
    do throws(StorageError) {
      try book.save(in: path)
    } catch {
      engine.logger.error("the members' addresses cannot be written", metadata: ["error": "\(error)"])
    }
  }

  private func remember(_ member: MemberID) -> Bool {
    do throws(StorageError) {
      try peersFile.remember(member)
      return true
    } catch {
      engine.fail("the list of known members cannot be written: \(error)")
      return false
    }
  }
}
