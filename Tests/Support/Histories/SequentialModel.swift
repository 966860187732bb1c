/// What an object does when one operation follows the other: the specification that a concurrent history is held
/// against.
package protocol SequentialModel: Sendable {
  associatedtype State: Hashable, Sendable
  associatedtype Input: Sendable
  associatedtype Output: Sendable

  /// Before the first operation.
  var initial: State { get }

  /// The states in which an operation may leave the object.
  ///
  /// - Parameter output: what it answered; nil when nobody knows, or whether it did anything.
  /// - Returns: none when it cannot have answered that in `state`; several when the answer does not tell them apart.
  func step(_ state: State, _ input: Input, _ output: Output?) -> [State]
}

/// One operation of a client, with when it was asked for and when it was answered.
package struct Operation<Input: Sendable, Output: Sendable>: Sendable {
  /// An answer and its time.
  package struct Outcome: Sendable {
    package var time: Int
    package var output: Output

    package init(time: Int, output: Output) {
      self.time = time
      self.output = output
    }
  }

  package var client: Int
  package var input: Input
  /// On a clock that all clients of the history share; the unit does not matter.
  package var invoked: Int
  /// Nil when the outcome is unknown: the operation may take effect at any time after it was asked for, or never.
  package var outcome: Outcome?

  package init(client: Int, input: Input, invoked: Int, outcome: Outcome? = nil) {
    self.client = client
    self.input = input
    self.invoked = invoked
    self.outcome = outcome
  }
}
