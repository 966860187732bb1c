/// A call to the container runtime failed.
package struct RuntimeError: Error, Equatable, CustomStringConvertible {
  package struct Code: Hashable, Sendable, CustomStringConvertible {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// There is no such sandbox, container or image.
    package static let notFound = Self("not found")
    /// The name is taken: an earlier call that seemed to fail took effect.
    package static let alreadyExists = Self("already exists")
    package static let invalidArgument = Self("invalid argument")
    /// Not in time; it may still happen.
    package static let deadlineExceeded = Self("deadline exceeded")
    /// The runtime does not answer.
    package static let unavailable = Self("unavailable")
    /// This runtime cannot do that.
    package static let unimplemented = Self("unimplemented")
    package static let failed = Self("failed")

    package var description: String { name }
  }

  package var code: Code
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { "\(code): \(message)" }
}
