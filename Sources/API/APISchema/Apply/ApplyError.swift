/// Why a configuration cannot be applied.
package struct ApplyError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Code: Sendable {
    /// 400, reason BadRequest.
    case badRequest
    /// The configuration, or the object that it is applied to, does not fit the schema. Kubernetes answers 500 without
    /// a reason.
    case doesNotFitSchema
    /// 409, reason Conflict, with `conflicts` as the causes.
    case conflict
    /// 500: the object's own managed fields cannot be read, or a conversion between versions failed.
    case internalError
  }

  /// A field that another manager owns and has another value for.
  package struct Conflict: Equatable, Sendable {
    /// Who owns it, as messages name it: `"kubectl" using apps/v1`.
    package let manager: String
    /// `.spec.replicas`
    package let field: String

    /// The reason of the cause in the `Status`.
    package static let reason = "FieldManagerConflict"
    /// The message of the cause.
    package var message: String { "conflict with \(manager)" }
  }

  package let code: Code
  package let message: String
  /// By manager, each one's by path.
  package let conflicts: [Conflict]

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
    conflicts = []
  }

  /// - Parameter conflicts: at least one.
  init(_ conflicts: [Conflict]) {
    code = .conflict
    self.conflicts = conflicts
    if conflicts.count == 1 {
      message = "Apply failed with 1 conflict: \(conflicts[0].message): \(conflicts[0].field)"
      return
    }
    var lines: [String] = []
    var manager: String?
    for conflict in conflicts {
      if conflict.manager != manager { lines.append("conflicts with \(conflict.manager):") }
      manager = conflict.manager
      lines.append("- \(conflict.field)")
    }
    message = "Apply failed with \(conflicts.count) conflicts: " + lines.joined(separator: "\n")
  }

  package var description: String { message }

  /// The same conflicts as a client hears of them who sees the owners' fields in another version: through `scale`.
  package func told(in apiVersion: String) -> ApplyError {
    if conflicts.isEmpty { return self }
    return ApplyError(
      conflicts.map { conflict in
        // Only owners by update name a version, behind what is in quotes.
        guard let end = conflict.manager.lastIndex(of: "\""), conflict.manager[end...].hasPrefix("\" using ") else {
          return conflict
        }
        return Conflict(manager: "\(conflict.manager[...end]) using \(apiVersion)", field: conflict.field)
      })
  }
}
