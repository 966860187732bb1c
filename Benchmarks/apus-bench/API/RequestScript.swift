import BenchKit
import NIOCore

/// What one connection asks: one operation after the other, each of one request or of several that follow from each
/// other.
protocol RequestScript: Sendable {
  /// It looks into the bodies of answers, at where they begin and end.
  var needsEdges: Bool { get }
  /// The first request of an operation, by its number from 0.
  mutating func begin(_ number: Int) -> ByteBuffer
  /// What follows from an answer.
  ///
  /// - Throws: when the operation has failed.
  mutating func next(_ answer: AnswerReader.Answer) throws -> RequestStep
}

enum RequestStep {
  case ask(ByteBuffer)
  /// The operation is over and counts as so many units.
  case done(units: Int)
}

/// Operations of one request each.
struct SingleRequests: RequestScript {
  /// The statuses that are no failure.
  var statuses: [Int]
  /// What an answer of so many bytes counts as, or that it cannot be right.
  var judge: @Sendable (_ bytes: Int) throws -> Int = { _ in 1 }
  let request: @Sendable (_ number: Int) -> ByteBuffer

  var needsEdges: Bool { false }

  mutating func begin(_ number: Int) -> ByteBuffer { request(number) }

  mutating func next(_ answer: AnswerReader.Answer) throws -> RequestStep {
    guard statuses.contains(answer.status) else { throw Program.Failure(answer.description) }
    return .done(units: try judge(answer.bytes))
  }
}
