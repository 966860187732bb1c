/// Why a patch cannot be applied.
package struct PatchError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Sendable {
    /// The patch itself is malformed: 400, reason BadRequest.
    case malformed
    /// The patch can be read but not be applied: a path that is not there, a test that fails, an object in the place of
    /// a list. 422, reason Invalid.
    case notApplicable
    /// The patch has too many operations: 413, reason RequestEntityTooLarge.
    case tooLarge
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
