import Supervision
import Testing

@Suite struct SupervisionTests {
  @Test func delaysDoubleUpToALimitAndAreForgiven() {
    var policy = RestartPolicy()
    let delays = (0..<9).map { _ in policy.delay(afterLifetime: .seconds(1)) }
    #expect(delays.prefix(4) == [.milliseconds(200), .milliseconds(400), .milliseconds(800), .milliseconds(1600)])
    #expect(delays.last == .seconds(10))
    #expect(policy.delay(afterLifetime: .seconds(31)) == .milliseconds(200))
  }

  @Test func outputIsCutIntoLines() {
    var splitter = LineSplitter(longest: 8)
    #expect(splitter.add(Array("one\ntwo\nthr".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["one", "two"])
    #expect(splitter.add(Array("ee\n".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["three"])
    #expect(splitter.add(Array("0123456789".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["01234567"])
    #expect(splitter.finish().map { String(decoding: $0, as: UTF8.self) } == "89")
    #expect(splitter.finish() == nil)
  }
}
