/// What revisions tell across keys: they grow with time, and no two changes share one.
///
/// Together with the check of each key this makes up for what partitioning by key leaves out.
package struct RevisionOrder: Sendable {
  private struct Answer: Sendable {
    var invoked: Int
    var returned: Int
    var revision: Int64
    var isChange: Bool
  }

  private var answers: [Answer] = []

  package init() {}

  /// An operation was answered at a revision of the store.
  ///
  /// - Parameter isChange: the revision is the operation's own.
  package mutating func add(invoked: Int, returned: Int, revision: Int64, isChange: Bool) {
    answers.append(Answer(invoked: invoked, returned: returned, revision: revision, isChange: isChange))
  }

  /// What is wrong; nil when nothing is.
  package func violation() -> String? {
    var changes: Set<Int64> = []
    for answer in answers where answer.isChange {
      guard changes.insert(answer.revision).inserted else { return "two changes have the revision \(answer.revision)" }
    }
    let byReturn = answers.sorted { $0.returned < $1.returned }
    var next = 0
    var seen: Int64 = 0
    for answer in answers.sorted(by: { $0.invoked < $1.invoked }) {
      while next < byReturn.count, byReturn[next].returned < answer.invoked {
        seen = max(seen, byReturn[next].revision)
        next += 1
      }
      guard answer.isChange ? answer.revision > seen : answer.revision >= seen else {
        return """
          \(answer.isChange ? "a change" : "a read") asked for at \(answer.invoked) has revision \(answer.revision), \
          after \(seen) had been answered
          """
      }
    }
    return nil
  }
}
