import ClusterConfig
import ServiceProxy
import Testing

@Suite struct RotationTests {
  static let three = (1...3).map { Endpoint(address: .init(10, 0, 0, UInt8($0)), port: 80) }

  @Test func turnsAreTaken() {
    var rotation = Rotation(Self.three)
    let picks = (0..<6).compactMap { _ in rotation.pick(now: .zero) }
    #expect(picks == Self.three + Self.three)
  }

  @Test func oneThatRefusedIsPassedOverForAWhile() {
    var rotation = Rotation(Self.three)
    rotation.failed(Self.three[1], now: .zero)
    let early = (0..<4).compactMap { _ in rotation.pick(now: .milliseconds(500)) }
    #expect(!early.contains(Self.three[1]))
    let late = (0..<3).compactMap { _ in rotation.pick(now: .milliseconds(1500)) }
    #expect(late.contains(Self.three[1]))
  }

  @Test func whenAllAreDeadOneIsTriedAllTheSame() {
    var rotation = Rotation(Self.three)
    for endpoint in Self.three { rotation.setHealth(endpoint, isAlive: false) }
    #expect(rotation.pick(now: .zero) != nil)
    rotation.setHealth(Self.three[2], isAlive: true)
    #expect((0..<3).allSatisfy { _ in rotation.pick(now: .zero) == Self.three[2] })
  }

  @Test func noEndpointIsTriedTwiceForOneConnection() {
    var rotation = Rotation(Self.three)
    #expect(rotation.pick(excluding: Array(Self.three.prefix(2)), now: .zero) == Self.three[2])
    #expect(rotation.pick(excluding: Self.three, now: .zero) == nil)
    var empty = Rotation()
    #expect(empty.pick(now: .zero) == nil)
  }

  @Test func anUpdateForgetsThoseThatWent() {
    var rotation = Rotation(Self.three)
    rotation.setHealth(Self.three[0], isAlive: false)
    rotation.update([Self.three[1]])
    #expect((0..<3).allSatisfy { _ in rotation.pick(now: .zero) == Self.three[1] })
    rotation.update(Self.three)
    #expect((0..<3).compactMap { _ in rotation.pick(now: .zero) }.contains(Self.three[0]))
  }
}
