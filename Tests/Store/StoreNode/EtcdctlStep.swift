import Foundation
import SwiftProtobuf

/// One command for etcdctl, to be given to two servers.
struct EtcdctlStep: ExpressibleByStringLiteral, Sendable {
  /// Its words; 'quoted ones' may be empty or have spaces. `$1` is the first lease that was granted, `$2` the next.
  var command: String
  /// Its standard input, which then ends.
  var input: String?
  /// Its standard input, which does not end.
  var typed: String?
  var environment: [String: String] = [:]
  /// It does not end by itself: it is interrupted once it has printed so many lines.
  var lines: Int?
  /// Commands that are given to the same server meanwhile, once it has printed so many lines.
  var meanwhile: (after: Int, steps: [EtcdctlStep]) = (0, [])
  /// Reads what it prints, where that is not text.
  var decode: (@Sendable (Data) throws -> String)?
  /// It names members or leases in an order of its own.
  var isUnordered = false

  init(stringLiteral command: String) { self.command = command }

  init(_ command: String, input: String? = nil, environment: [String: String] = [:]) {
    self.command = command
    self.input = input
    self.environment = environment
  }

  /// A transaction as etcdctl reads it: comparisons, what to do if they hold, what else.
  static func transaction(_ comparisons: [String], then: [String], else: [String] = [], _ flags: String = "") -> Self {
    let parts = [comparisons, then, `else`].map { $0.map { "\($0)\n" }.joined() + "\n" }
    return Self("txn \(flags)", input: parts.joined())
  }

  static func endless(
    _ command: String, lines: Int, typed: String? = nil, environment: [String: String] = [:], after: Int = 0,
    meanwhile steps: [EtcdctlStep] = []
  ) -> Self {
    var step = Self(command, environment: environment)
    step.lines = lines
    step.typed = typed
    step.meanwhile = (after, steps)
    return step
  }

  /// A command whose answer is printed as the message that came, less what is each cluster's own.
  static func protobuf<Answer: Message>(
    _ command: String, input: String? = nil, _ strip: @escaping @Sendable (inout Answer) -> Void
  ) -> Self {
    var step = Self("\(command) -w protobuf", input: input)
    step.decode = { data in
      var answer = try Answer(serializedBytes: [UInt8](data))
      strip(&answer)
      return answer.textFormatString()
    }
    return step
  }

  static func unordered(_ command: String) -> Self {
    var step = Self(command)
    step.isUnordered = true
    return step
  }

  /// The command's words, with the leases' ids put in.
  func words(_ leases: [String]) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for character in command {
      switch character {
      case "'":
        isQuoted.toggle()
        word = word ?? ""
      case " " where !isQuoted:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return words.map { Self.filled($0, leases) }
  }

  static func filled(_ text: String, _ leases: [String]) -> String {
    leases.enumerated().reversed().reduce(text) { $0.replacing("$\($1.offset + 1)", with: $1.element) }
  }
}
