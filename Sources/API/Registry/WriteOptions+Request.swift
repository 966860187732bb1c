import APISchema
package import Access

extension WriteOptions {
  /// Whom fields belong to that the front-end writes by itself.
  package static let serverManager = "apus-apiserver"

  /// What a request to write calls its options.
  package enum Kind: String, Sendable {
    case create = "CreateOptions"
    case update = "UpdateOptions"
    case patch = "PatchOptions"
  }

  /// The options of a request, checked.
  /// - Parameters:
  ///   - fieldManager: as the client names it; "" if it does not: then its program's name counts.
  ///   - userAgent: the header's value.
  ///   - isApply: whether the patch is a server-side apply, which has to name its manager and alone may be forced.
  ///   - force: nil if the client does not say.
  ///   - otherErrors: what was found wrong with options that are not of interest here.
  /// - Throws: `invalid` with all that is wrong.
  package init(
    _ kind: Kind, dryRun: Bool, fieldManager: String, userAgent: String, isApply: Bool = false, force: Bool? = nil,
    otherErrors: [FieldError] = [], user: UserInfo
  ) throws(APIError) {
    let path = FieldPath("fieldManager")
    var errors: [FieldError] = []
    if isApply {
      if fieldManager.isEmpty { errors.append(.required(path, "is required for apply patch")) }
    } else if force != nil {
      errors.append(.forbidden(FieldPath("force"), "may not be specified for non-apply patch"))
    }
    errors += MetadataRules.manager(fieldManager, path) + otherErrors
    if !errors.isEmpty { throw .invalid(kind: kind.rawValue, group: "meta.k8s.io", name: "", errors) }
    self.init(
      dryRun: dryRun,
      fieldManager: fieldManager.isEmpty ? FieldManager.defaultName(userAgent: userAgent) : fieldManager, user: user)
    isPatch = kind == .patch
  }
}
