/// Why a protobuf body could not be read.
package struct ProtobufError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of failure it was; more may come.
  package struct Code: Equatable, Sendable {
    private enum Base: Equatable { case truncated, malformed, encoding, depth, kind, value }
    private var base: Base
    /// The bytes end within a field.
    package static let truncated = Code(base: .truncated)
    /// The bytes are no protobuf, lack Kubernetes' envelope, or a field is of another wire type than the schema says.
    package static let malformed = Code(base: .malformed)
    /// A text is not valid UTF-8.
    package static let encoding = Code(base: .encoding)
    /// Messages are nested too deeply.
    package static let depth = Code(base: .depth)
    /// The schema has no type for the kind that the envelope names.
    package static let kind = Code(base: .kind)
    /// A value cannot be written in JSON: a time outside of the years 1 to 9999, a number that is none, embedded JSON
    /// that is broken.
    package static let value = Code(base: .value)
  }

  package var code: Code
  /// One sentence without the place.
  package var message: String
  /// The field that was being read, as `spec.containers.image`; empty for the envelope.
  package var path: String = ""

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { path.isEmpty ? message : "field \(path): \(message)" }
}
