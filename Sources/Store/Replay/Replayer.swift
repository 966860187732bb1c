import ByteCoding
package import RaftCore
import Replica

/// Runs a member's recording again, input by input, and holds every step against what must hold.
///
/// Give it the segments in their order. What is worth to be known goes to `tell` as it comes; what was found is in
/// ``report``.
package struct Replayer {
  package struct Options: Sendable {
    /// Tell of these inputs only. (Those before are run all the same: the state follows from them.)
    package var range: ClosedRange<UInt64> = 0...(.max)
    /// Tell of every input and effect, and not only of what is rare.
    package var isVerbose = false
    /// Bugs that the recorded replica had switched on stay off in the replay: it departs where they show.
    package var ignoresMutations = false

    package init() {}
  }

  package private(set) var report = ReplayReport()
  private let options: Options
  private let tell: (ReplayLine) -> Void
  private var auditor = StepAuditor()
  private var last: RecordHead?
  /// Inputs of the present start up to here, and the clock.
  private var number: UInt64 = 0
  private var time: UInt64 = 0
  private var names: [MemberID: String] = [:]
  private var membership: Membership?
  /// Members whose processes are gone, as far as is known.
  private var gone: Set<MemberID> = []
  /// The replica at the end of the last segment; nil when it is not known any more.
  private var consensus: ReplicaConsensus?
  /// The last segment said that it goes on in the next.
  private var continues = false

  package init(_ options: Options = Options(), tell: @escaping (ReplayLine) -> Void = { _ in }) {
    self.options = options
    self.tell = tell
  }

  /// Who led each term, as far as this member saw.
  package var leaders: [Term: MemberID] { auditor.leaders }

  // MARK: - Segments

  /// Replays the next segment.
  ///
  /// - Parameter place: what it is called, for messages.
  package mutating func replay(_ segment: RecordSegment, from place: String) {
    let head = segment.head
    if !head.name.isEmpty { names[head.member] = head.name }
    (report.member, report.name, report.clusterID) = (head.member, head.name, head.clusterID)
    report.segments += 1
    var reader = ByteReader(segment.base)
    var recorded: ReplicaConsensus
    do throws(ByteCodingError) {
      recorded = try ReplicaConsensus(recordedState: &reader)
      try reader.expectEnd()
    } catch {
      damage("\(place): the state that it begins with cannot be read: \(error)")
      (consensus, last) = (nil, head)
      return
    }
    if options.ignoresMutations { recorded.ignoreMutations() }
    time = head.time
    connect(head, segment.base, &recorded, place)
    (number, last) = (head.inputs, head)
    learnNames(recorded)
    var present = recorded
    run(segment, &present, place)
    finish(segment, place)
  }

  /// A segment that cannot be read at all.
  package mutating func cannotRead(_ what: String) {
    damage(what)
    consensus = nil
  }

  /// Decides whether the recording goes on where the last segment ended, and begins anew where not.
  private mutating func connect(
    _ head: RecordHead, _ base: [UInt8], _ recorded: inout ReplicaConsensus, _ place: String
  ) {
    let isNext = last.map { $0.segment + 1 == head.segment && $0.member == head.member } ?? false
    if let last, !isNext, head.origin == .rotation || last.segment >= head.segment {
      note(.gap, "segments \(last.segment + 1) to \(head.segment &- 1) are missing before \(place)")
      report.gaps += 1
    }
    if case .rotation = head.origin, isNext, head.start == last?.start, continues, let replayed = consensus {
      compare(replayed, with: base, place)
      // The auditor goes on with what it has seen.
      return
    }
    switch head.origin {
    case .start(let hardState, let hasLostTail, let acceptsLostTail):
      let losses = hasLostTail ? ", the end of its log is lost" : hardState.mustCatchUp ? ", it must catch up" : ""
      note(
        .start,
        "\(display(head.member)) starts for the \(ordinal(head.start)) time: \(describe(recorded.view))\(losses)")
      auditor.begin(recorded, start: (hardState, hasLostTail, acceptsLostTail))
    case .rotation:
      note(
        .start,
        """
        the recording begins in the \(ordinal(head.start)) start of \(display(head.member)): \
        \(describe(recorded.view))
        """
      )
      auditor.begin(recorded)
    case .gap(let lost):
      note(.gap, "\(lost) steps were not recorded; it goes on with \(describe(recorded.view))")
      report.gaps += 1
      auditor.begin(recorded)
    }
    takeFindings(nil, recorded.view, recorded)
  }

  private mutating func compare(_ replayed: ReplicaConsensus, with base: [UInt8], _ place: String) {
    var writer = ByteWriter()
    replayed.encodeState(into: &writer)
    guard writer.bytes != base else { return }
    difference(
      """
      the state at the beginning of \(place) is not what the inputs before have made: in the replay it is \
      \(describe(replayed.view))
      """
    )
  }

  private mutating func run(_ segment: RecordSegment, _ consensus: inout ReplicaConsensus, _ place: String) {
    var departed = false
    var since = number
    do throws(ByteCodingError) {
      for block in segment.steps {
        var decoder = try StepDecoder(block, of: segment.head.member)
        if decoder.inputs != number { throw .unknownValue(decoder.inputs, field: "number of the next input") }
        while let step = try decoder.next() {
          switch step {
          case .input(let input, let number, let time):
            (self.number, self.time) = (number, time)
            report.inputs += 1
            if !departed { self.step(input, &consensus) }
          case .round(let count, let digest):
            report.rounds += 1
            if !departed { departed = !round(count, digest, since: since, &consensus) }
            since = number
          }
        }
      }
    } catch {
      damage("\(place): a step cannot be read: \(error)")
      departed = true
    }
    self.consensus = departed ? nil : consensus
  }

  private mutating func finish(_ segment: RecordSegment, _ place: String) {
    continues = false
    if let damage = segment.damage {
      self.damage("\(place): \(damage)")
      consensus = nil
    } else if segment.tornBytes > 0 {
      note(.end, "\(place) ends in the middle of a block of which \(segment.tornBytes) bytes are there")
      report.tornEnds += 1
      consensus = nil
    } else {
      switch segment.end {
      case .continues: continues = true
      case .stopped: note(.end, "the replica stopped")
      case .gap: consensus = nil
      case nil: note(.end, "the recording ends here: the process was killed, or still runs")
      }
    }
  }

  // MARK: - Steps

  private mutating func step(_ recorded: RecordedInput, _ consensus: inout ReplicaConsensus) {
    let input: ReplicaInput? = if case .input(let input) = recorded { input } else { nil }
    let before = consensus.view
    auditor.before(input, consensus)
    recorded.step(&consensus)
    auditor.after(input, consensus)
    tellInput(recorded, input)
    takeFindings(recorded, before, consensus)
  }

  /// - Returns: whether it came out as recorded.
  private mutating func round(
    _ count: Int, _ digest: UInt32, since: UInt64, _ consensus: inout ReplicaConsensus
  ) -> Bool {
    let before = consensus.view
    let effects = consensus.takeEffects()
    auditor.round(effects, consensus)
    for effect in effects { tellEffect(effect) }
    if let present = membership, present != consensus.membership {
      note(.members, "configuration in force: \(describe(consensus.membership))")
    }
    membership = consensus.membership
    takeFindings(nil, before, consensus)
    for effect in effects {
      if case .apply(let entries) = effect { report.take(committed: entries) }
    }
    guard effects.count != count || EffectDigest.of(effects) != digest else { return true }
    let made = effects.map { describe($0) }.joined(separator: "; ")
    difference(
      """
      after inputs \(since + 1) to \(number) the replica had \(count) effects, in the replay it has \
      \(effects.count)\(effects.isEmpty ? "" : ": \(made)")
      """
    )
    return false
  }

  private mutating func takeFindings(_ input: RecordedInput?, _ before: ConsensusView, _ consensus: ReplicaConsensus) {
    for finding in auditor.takeFindings() {
      let record = ReplayFinding(
        input: number, time: time, finding: finding, cause: input.map { describe($0) } ?? "a round's effects",
        before: describe(before), after: describe(consensus.view))
      report.take(record)
      tell(
        ReplayLine(
          input: number, time: time, kind: .violation,
          text: """
            CHECK FAILED: \(finding.check.rawValue)
                what    \(finding.description)
                input   \(record.cause)
                before  \(record.before)
                after   \(record.after)
            """))
    }
  }

  private mutating func difference(_ text: String) {
    report.differences.append(.init(input: number, time: time, text: text))
    tell(
      ReplayLine(
        input: number, time: time, kind: .difference,
        text:
          """
          THE REPLAY DEPARTS: \(text). Another build of apus wrote the recording, or the replica did what its inputs do \
          not explain
          """
      ))
  }

  private mutating func damage(_ text: String) {
    report.damages.append(text)
    tell(ReplayLine(input: number, time: time, kind: .damage, text: "DAMAGED: \(text)"))
  }

  // MARK: - Telling

  private func note(_ kind: ReplayLine.Kind, _ text: String) {
    guard options.range.contains(number) || kind == .gap else { return }
    tell(ReplayLine(input: number, time: time, kind: kind, text: text))
  }

  private func detail(_ text: @autoclosure () -> String) { if options.isVerbose { note(.detail, text()) } }

  private mutating func tellInput(_ recorded: RecordedInput, _ input: ReplicaInput?) {
    switch input {
    case .members(let members):
      learnNames(members.table)
      detail(describe(recorded))
    case .connectionRefused(let member):
      // It is tried again and again.
      if gone.insert(member).inserted || options.isVerbose { note(.input, "the process of \(display(member)) is gone") }
    case .transferLeadership(let target):
      note(.input, "asked to hand the leadership over\(target.map { " to \(display($0))" } ?? "")")
    case .retire: note(.input, "its state was found to be wrong: it retires")
    case .snapshotSaved(let metadata): note(.input, "saved a snapshot of \(metadata.index)")
    case .snapshotStored(let metadata): note(.input, "stored a leader's snapshot of \(metadata.index)")
    case .snapshotRejected(let metadata): note(.input, "a leader's snapshot of \(metadata.index) was no good")
    case .message(let message):
      gone.remove(message.from)
      switch message.body {
      case .vote, .timeoutNow: note(.input, describe(recorded))
      default: detail(describe(recorded))
      }
    default: detail(describe(recorded))
    }
  }

  private func tellEffect(_ effect: ReplicaEffect) {
    switch effect {
    case .leadership, .fault, .caughtUp, .disk, .installSnapshot, .proposalsUncertain, .proposalsRefused, .readsRefused:
      note(.effect, describe(effect))
    case .send(let message):
      if case .voteResponse = message.body {
        note(.effect, describe(effect))
      } else {
        detail("  → \(describe(effect))")
      }
    default: detail("  → \(describe(effect))")
    }
  }

  private mutating func learnNames(_ consensus: ReplicaConsensus) {
    if let table = consensus.memberTable { learnNames(table) }
    membership = consensus.membership
  }

  private mutating func learnNames(_ table: MemberTable) {
    for (member, row) in table.rows where !row.attributes.name.isEmpty { names[member] = row.attributes.name }
  }

  package func display(_ member: MemberID) -> String { names[member] ?? StepAuditor.name(member) }

  private func ordinal(_ number: UInt64) -> String {
    switch (number % 10, number % 100) {
    case (1, let rest) where rest != 11: "\(number)st"
    case (2, let rest) where rest != 12: "\(number)nd"
    case (3, let rest) where rest != 13: "\(number)rd"
    default: "\(number)th"
    }
  }
}
