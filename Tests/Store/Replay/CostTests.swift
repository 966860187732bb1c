import ByteCoding
import MVCC
import RaftCore
import Replay
import Replica
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The time that the calling thread had a processor.
private struct ProcessorClock {
  func measure(_ body: () -> Void) -> Duration {
    let start = Self.now
    body()
    return .nanoseconds(Self.now - start)
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}

/// What recording costs in processor time: printed, for docs/design/store.md.
@Suite struct CostTests {
  @Test func recordingCosts() throws {
    let value = [UInt8](repeating: 7, count: 256)
    let command = ReplicaCommand.store(
      .put(PutRequest(key: Array("/registry/pods/default/some-pod".utf8), value: value)))
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1]))
    var consensus = try ReplicaConsensus(
      configuration: ReplicaConfiguration(member: 1, seed: 8), recovered: RecoveredLog(base: base))
    var encoder = StepEncoder(
      RecordHead(clusterID: 1, member: 1, name: "", start: 1, segment: 1, origin: .rotation, inputs: 0, time: 0))
    encoder.begin(.rotation, consensus, at: 0)
    let clock = ProcessorClock()
    // A replica of one with a log of 100,000 entries; what happens is kept, as the tap does.
    var events: [StepEvent] = []
    var inputs: [ReplicaInput] = (0..<60).map { _ in .tick }
    var sequence: UInt64 = 0
    var plain = Duration.zero
    while sequence < 100_000 {
      let taken = inputs
      inputs = []
      plain += clock.measure { for input in taken { consensus.step(input) } }
      for input in taken { events.append(.input(input)) }
      var effects: [ReplicaEffect] = []
      plain += clock.measure { effects = consensus.takeEffects() }
      events.append(.round(effects))
      for case .write(let write) in effects { inputs.append(.persisted(write.token)) }
      for case .apply(let entries) in effects { inputs.append(.applied(entries[entries.count - 1].index)) }
      if inputs.isEmpty {
        for _ in 0..<4 {
          sequence += 1
          inputs.append(.propose(sequence: sequence, command, time: 1_800_000_000_000))
        }
      }
    }
    let before = encoder.segmentSize
    let encoding = clock.measure {
      for event in events { encoder.add(event) }
      _ = encoder.takeBytes()
    }
    report("steps, without recording", plain, sequence)
    report("encoding the recording", encoding, sequence)
    print("cost | bytes a put | \(Double(encoder.segmentSize - before) / Double(sequence))")
    // A follower of three gets an append of one entry, answers, applies.
    let payload = Envelope(id: ProposalID(origin: 9, start: 1, sequence: 9), time: 1_800_000_000_000, command: command)
      .encoded()
    var follower: [StepEvent] = []
    for index in UInt64(1)...50_000 {
      let append = Append(
        previousIndex: index, previousTerm: 3, commit: index,
        entries: [Entry(term: 3, index: index + 1, payload: payload)])
      follower.append(.input(.message(RaftMessage(from: 2, to: 1, term: 3, body: .append(append)))))
      follower.append(.round([.write(LogWrite(token: index, entries: append.entries)), .apply(append.entries)]))
      follower.append(.input(.persisted(index)))
      let answer = RaftMessage(from: 1, to: 2, term: 3, body: .appendResponse(.accepted(match: index + 1)))
      follower.append(.round([.send(answer)]))
      follower.append(.input(.applied(index)))
      follower.append(.round([]))
    }
    let start = encoder.segmentSize
    report(
      "encoding a follower's steps",
      clock.measure {
        for event in follower { encoder.add(event) }
        _ = encoder.takeBytes()
      }, 50_000)
    print("cost | bytes a put at a follower | \(Double(encoder.segmentSize - start) / 50_000)")
    // What is kept of a step on the consensus' thread: an append to an array.
    var kept: [StepEvent] = []
    kept.reserveCapacity(512)
    report(
      "keeping a step",
      clock.measure {
        for event in follower {
          kept.append(event)
          if kept.count == 512 { kept.removeAll(keepingCapacity: true) }
        }
      }, UInt64(follower.count))
    // The base: a copy that shares, then what the next step must copy, then the encoding elsewhere.
    let copy = consensus
    consensus.step(.propose(sequence: sequence + 1, command, time: 1))
    let next = clock.measure { _ = consensus.takeEffects() }
    print("cost | the step after a base, of 100,000 entries | \(next)")
    var writer = ByteWriter()
    let whole = clock.measure { copy.encodeState(into: &writer) }
    print("cost | encoding a base of 100,000 entries | \(whole), \(writer.count) bytes")
    #expect(writer.count < 60 * 100_000)
  }

  private func report(_ what: String, _ time: Duration, _ count: UInt64) {
    print("cost | \(what) | \(Int(time / .nanoseconds(1)) / Int(count)) ns")
  }
}
