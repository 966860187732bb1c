import RaftCore
import StoreNode
import Testing

/// When a replica with an empty disk may begin: by the rules in docs/design/store.md ("An empty disk").
struct BootstrapVerdictTests {
  typealias Answer = BootstrapVerdict.Answer

  private static let stranger = Answer(knowsMe: false, term: 3, clusterID: 9)
  private static let acquaintance = Answer(knowsMe: true, term: 3, clusterID: 9)
  private static let empty = Answer(knowsMe: false, term: 0, clusterID: 0)

  private func verdict(
    _ answers: [MemberID: Answer], others: [MemberID] = [2, 3], passesOverSilent: Bool = false
  ) -> BootstrapVerdict {
    BootstrapVerdict(answers: answers, others: others, clusterID: 9, passesOverSilent: passesOverSilent)
  }

  @Test func aSingleMemberBegins() { #expect(verdict([:], others: []) == .begin) }

  @Test func withEverybodysWordItBegins() {
    #expect(verdict([2: Self.stranger, 3: Self.stranger]) == .begin)
    #expect(verdict([2: Self.empty, 3: Self.stranger]) == .begin)
    #expect(verdict([2: Self.empty, 3: Self.empty]) == .begin)
  }

  @Test(arguments: [false, true]) func oneThatKnowsItIsEnough(passesOverSilent: Bool) {
    #expect(verdict([2: Self.acquaintance], passesOverSilent: passesOverSilent) == .known(by: [2]))
    #expect(
      verdict([2: Self.empty, 3: Self.acquaintance], passesOverSilent: passesOverSilent) == .known(by: [3]))
  }

  /// Who does not answer may be the leader that counted on it, and those who do may have lost their disks as well.
  @Test func withoutAnAnswerItWaits() {
    #expect(verdict([:]) == .wait(for: [2, 3]))
    #expect(verdict([2: Self.stranger]) == .wait(for: [3]))
    #expect(verdict([2: Self.empty]) == .wait(for: [3]))
    #expect(verdict([2: Self.empty, 3: Self.empty, 4: Self.empty], others: [2, 3, 4, 5]) == .wait(for: [5]))
  }

  @Test func anOperatorSpeaksForThoseWhoAreSilent() {
    #expect(verdict([:], passesOverSilent: true) == .begin)
    #expect(verdict([2: Self.empty], passesOverSilent: true) == .begin)
  }

  @Test(arguments: [false, true]) func anotherClusterIsForeign(passesOverSilent: Bool) {
    let other = Answer(knowsMe: false, term: 5, clusterID: 8)
    #expect(verdict([2: other], passesOverSilent: passesOverSilent) == .foreign([2]))
    #expect(verdict([2: other, 3: Self.empty], passesOverSilent: passesOverSilent) == .foreign([2]))
  }
}
