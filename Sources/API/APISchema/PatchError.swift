/// Why a patch cannot be applied.
package struct PatchError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Sendable {
    /// The patch itself is malformed: a bad request.
    case malformed
    /// The patch is well formed but does not fit the document: a path that is not there, a test that fails.
    case notApplicable
  }

  package let code: Code
  package let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
