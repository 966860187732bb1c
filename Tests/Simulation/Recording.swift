import RaftCore
import Replay
import Replica

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a replica's process would record of its steps, in memory.
struct SimulatedRecording {
  /// Begins anew so often that segments are many.
  static let segmentSize = 4096
  /// The oldest go beyond that.
  static let kept = 64

  private(set) var segments: [[UInt8]] = []
  private var encoder: StepEncoder?

  /// The process starts.
  mutating func start(_ replica: SimulatedReplica, at time: Int) {
    let recovered = replica.recovered
    let origin = RecordHead.Origin.start(
      recovered.hardState, hasLostTail: recovered.hasLostTail, acceptsLostTail: recovered.acceptsLostTail)
    let head = RecordHead(
      clusterID: 1, member: replica.id, name: "", start: replica.consensus.start,
      segment: (encoder?.segment ?? 0) + 1, origin: origin, inputs: 0, time: UInt64(time / 1000))
    encoder = StepEncoder(head)
    begin(origin, replica.consensus, at: time)
  }

  mutating func took(_ input: ReplicaInput, at time: Int) {
    if case .tick = input { encoder?.add(.tick(time: UInt64(time / 1000))) } else { encoder?.add(.input(input)) }
  }

  mutating func took(_ effects: [ReplicaEffect], _ consensus: ReplicaConsensus, at time: Int) {
    encoder?.add(.round(effects))
    if let encoder, encoder.segmentSize - encoder.baseSize > Self.segmentSize {
      self.encoder?.end(.continues)
      flush()
      begin(.rotation, consensus, at: time)
    }
    flush()
  }

  private mutating func begin(_ origin: RecordHead.Origin, _ consensus: ReplicaConsensus, at time: Int) {
    encoder?.begin(origin, consensus, at: UInt64(time / 1000))
    segments.append([])
    if segments.count > Self.kept { segments.removeFirst() }
    flush()
  }

  private mutating func flush() { segments[segments.count - 1] += encoder?.takeBytes() ?? [] }

  /// With what has not been taken yet: a run that fails ends in the middle of a round.
  private var whole: [[UInt8]] {
    var (segments, encoder) = (segments, encoder)
    segments[segments.count - 1] += encoder?.takeBytes() ?? []
    return segments
  }

  /// Replays it.
  func replay(_ options: Replayer.Options = .init(), tell: @escaping (ReplayLine) -> Void = { _ in }) throws -> Replayer
  {
    var replayer = Replayer(options, tell: tell)
    for (number, segment) in whole.enumerated() {
      replayer.replay(try RecordSegment(reading: segment), from: "segment \(number)")
    }
    return replayer
  }

  /// Writes it as a process does.
  func write(to folder: String) {
    mkdir(folder, 0o755)
    for (number, segment) in whole.enumerated() {
      let digits = String(number)
      let name = String(repeating: "0", count: 8 - digits.count) + digits
      guard let file = fopen("\(folder)/\(name).\(RecordFormat.fileExtension)", "w") else { continue }
      fwrite(segment, 1, segment.count, file)
      fclose(file)
    }
  }
}

extension World {
  /// A replica has started: what it does from here on is recorded, and looked at.
  func watchSteps(of replica: SimulatedReplica) {
    if records { recordings[replica.id, default: SimulatedRecording()].start(replica, at: now) }
    if audits {
      let recovered = replica.recovered
      auditors[replica.id, default: StepAuditor()].begin(
        replica.consensus, start: (recovered.hardState, recovered.hasLostTail, recovered.acceptsLostTail))
    }
  }

  func takeStep(_ replica: SimulatedReplica, _ input: ReplicaInput) throws {
    recordings[replica.id]?.took(input, at: now)
    auditors[replica.id]?.before(input, replica.consensus)
    replica.consensus.step(input)
    auditors[replica.id]?.after(input, replica.consensus)
    try checkAudit(of: replica.id)
  }

  func takeEffects(of replica: SimulatedReplica) throws -> [ReplicaEffect] {
    let effects = replica.consensus.takeEffects()
    recordings[replica.id]?.took(effects, replica.consensus, at: now)
    auditors[replica.id]?.round(effects, replica.consensus)
    try checkAudit(of: replica.id)
    return effects
  }

  private func checkAudit(of id: MemberID) throws {
    guard let finding = auditors[id]?.takeFindings().first else { return }
    throw Violation(description: "\(id): \(finding.check.rawValue): \(finding.description)")
  }

  /// Writes everybody's recording into a folder of the seed's.
  func writeRecordings(to folder: String, seed: UInt64) {
    mkdir(folder, 0o755)
    mkdir("\(folder)/seed-\(seed)", 0o755)
    for (id, recording) in recordings { recording.write(to: "\(folder)/seed-\(seed)/\(id)") }
  }
}
