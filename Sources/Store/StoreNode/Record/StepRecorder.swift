import Logging
import RaftCore
import RaftLog
import Replay
import Replica
import Synchronization

/// Keeps the last steps of this replica's consensus half on disk, for `apus store replay` (docs/replay.md).
///
///     consensus ──▶ StepTap ──▶ mailbox ──▶ recorder thread: encodes, writes, never syncs
///
/// The consensus hands over what it was given and what came of it, by reference; it neither encodes nor waits. If the
/// thread cannot follow (a slow disk, a busy processor), steps are dropped, and the recording says how many. If the
/// files cannot be written, the recording ends there, and the replica goes on without.
final class StepRecorder: Sendable {
  enum Message: Sendable {
    case steps([StepEvent], size: Int)
    /// The present state: the next segment begins with it.
    case base(RecordHead.Origin, ReplicaConsensus, time: UInt64)
    case stopped
  }

  /// What the thread has not written yet, in bytes of memory.
  private let waiting = Atomic<Int>(0)
  private let wantsBase = Atomic<Bool>(false)
  private let isOff = Atomic<Bool>(false)
  private let box = Mailbox<Message>()
  private let folder: RecordFolder
  private let head: RecordHead
  private let logger: Logger

  /// So much may wait.
  private static let mostWaiting = 16 << 20

  /// - Parameters:
  ///   - path: the folder of the recording; made where it is missing.
  ///   - limit: what all segments together may take, in bytes.
  ///   - head: of this start, whatever its segment's number.
  init(_ path: String, limit: Int, head: RecordHead, logger: Logger) {
    folder = RecordFolder(path, limit: limit)
    self.head = head
    self.logger = logger
  }

  // MARK: - For the consensus

  /// Whether there is room for so much more.
  func hasRoom(for size: Int) -> Bool { waiting.load(ordering: .relaxed) + size <= Self.mostWaiting }

  var isIdle: Bool { waiting.load(ordering: .relaxed) == 0 }
  var hasEnded: Bool { isOff.load(ordering: .relaxed) }
  /// The present segment is full.
  var isDue: Bool { wantsBase.load(ordering: .relaxed) }

  func post(_ events: [StepEvent], size: Int) {
    waiting.add(size, ordering: .relaxed)
    box.post(.steps(events, size: size))
  }

  func begin(_ origin: RecordHead.Origin, _ consensus: ReplicaConsensus, at time: UInt64) {
    wantsBase.store(false, ordering: .relaxed)
    box.post(.base(origin, consensus, time: time))
  }

  func stop() {
    box.post(.stopped)
    box.close()
  }

  // MARK: - The thread

  func run() {
    var (head, files) = (head, Files(folder: folder))
    do throws(StorageError) {
      head.segment = try folder.open() + 1
      var encoder = StepEncoder(head)
      while let messages = box.take() {
        for message in messages { try handle(message, &encoder, &files) }
        try files.write(encoder.takeBytes())
        if encoder.segmentSize - encoder.baseSize >= max(folder.segmentSize, encoder.baseSize) {
          wantsBase.store(true, ordering: .relaxed)
        }
      }
    } catch {
      logger.warning("the recording of this replica's steps ends: \(error)")
      isOff.store(true, ordering: .relaxed)
      // What is still posted goes nowhere.
      while box.take() != nil {}
    }
  }

  private func handle(
    _ message: Message, _ encoder: inout StepEncoder, _ files: inout Files
  ) throws(StorageError) {
    switch message {
    case .steps(let events, let size):
      for event in events { encoder.add(event) }
      waiting.subtract(size, ordering: .relaxed)
      // A burst is written in pieces.
      try files.write(encoder.takeBytes())
    case .base(let origin, let consensus, let time):
      if files.isOpen {
        if case .gap = origin { encoder.end(.gap) } else { encoder.end(.continues) }
        try files.write(encoder.takeBytes())
      }
      if case .gap(let lost) = origin {
        logger.info("the recording of this replica's steps has a gap", metadata: ["steps": "\(lost)"])
      }
      encoder.begin(origin, consensus, at: time)
      try files.begin(encoder.segment)
      try files.write(encoder.takeBytes())
    case .stopped:
      encoder.end(.stopped)
      try files.write(encoder.takeBytes())
    }
  }

  private struct Files {
    let folder: RecordFolder
    private var file: RecordFolder.Segment?

    init(folder: RecordFolder) { self.folder = folder }

    var isOpen: Bool { file != nil }

    mutating func begin(_ segment: UInt64) throws(StorageError) {
      file = nil
      file = try folder.begin(segment)
    }

    func write(_ bytes: [UInt8]) throws(StorageError) {
      guard !bytes.isEmpty, let file else { return }
      try file.append(bytes)
      folder.dropOldest(keeping: file)
    }
  }
}

/// Where the consensus says what happens to it. Touched by its thread only.
final class StepTap {
  private let recorder: StepRecorder
  private var events: [StepEvent] = []
  private var size = 0
  private var isTick = false
  /// Inputs that were dropped since the last that was not; nil while none is.
  private var lost: UInt64?

  /// As many go over at once; under less load, what a tick has brought.
  private static let most = (count: 512, size: 256 << 10)

  /// - Parameters:
  ///   - recovered: what the replica starts from.
  ///   - consensus: before anything has happened to it.
  init(_ recorder: StepRecorder, _ recovered: RecoveredLog, _ consensus: ReplicaConsensus) {
    self.recorder = recorder
    recorder.begin(recovered.recordedOrigin, consensus, at: wallClockMilliseconds())
    events.reserveCapacity(Self.most.count)
  }

  /// An input is given.
  func took(_ input: ReplicaInput) {
    guard !recorder.hasEnded else { return }
    if lost != nil {
      lost? += 1
    } else if case .tick = input {
      isTick = true
      events.append(.tick(time: wallClockMilliseconds()))
    } else {
      events.append(.input(input))
      size += input.recordedSize
    }
  }

  /// The effects were taken.
  func took(_ effects: [ReplicaEffect], _ consensus: ReplicaConsensus) {
    guard !recorder.hasEnded else { return drop() }
    if let lost {
      guard recorder.isIdle, !consensus.isRetired else { return }
      recorder.begin(.gap(lost: lost), consensus, at: wallClockMilliseconds())
      self.lost = nil
      return
    }
    guard !events.isEmpty || !effects.isEmpty else { return }
    events.append(.round(effects))
    size += 64 * effects.count
    if recorder.isDue, !consensus.isRetired {
      handOver()
      // If that failed, a gap's base will do.
      if lost == nil { recorder.begin(.rotation, consensus, at: wallClockMilliseconds()) }
    } else if isTick || events.count >= Self.most.count || size >= Self.most.size || effects.areRare {
      handOver()
    }
  }

  /// The consensus stops.
  func finish() {
    if lost == nil { handOver() }
    recorder.stop()
  }

  private func handOver() {
    let total = size + events.count * MemoryLayout<StepEvent>.stride
    if recorder.hasRoom(for: total) {
      recorder.post(events, size: total)
    } else {
      lost = UInt64(events.count { if case .round = $0 { false } else { true } })
    }
    drop()
  }

  private func drop() {
    events = []
    events.reserveCapacity(Self.most.count)
    (size, isTick) = (0, false)
  }
}

extension RecoveredLog {
  fileprivate var recordedOrigin: RecordHead.Origin {
    .start(hardState, hasLostTail: hasLostTail, acceptsLostTail: acceptsLostTail)
  }
}

extension ReplicaInput {
  /// The memory that it holds, about.
  fileprivate var recordedSize: Int {
    switch self {
    case .message(let message): message.approximateSize
    case .snapshotChunkRead(let chunk, _): chunk?.data.count ?? 0
    // The command's own size is bounded by what the replica has pending of its clients, where it is counted.
    default: 64
    }
  }
}

extension [ReplicaEffect] {
  /// What should be on the disk soon, as the process may be about to end.
  fileprivate var areRare: Bool {
    contains { effect in
      switch effect {
      case .leadership, .fault, .caughtUp, .disk, .installSnapshot: true
      default: false
      }
    }
  }
}
