/// The namespace that a new object goes into, at the version at which it was seen to take new objects.
///
/// The cache may lag behind another front-end that has just deleted the namespace, or seen it emptied: so the
/// transaction that creates the object compares this version, and nothing appears in a namespace that has gone.
struct NamespaceGuard: Sendable {
  /// The namespace.
  let place: Target
  /// What is made in it.
  let resource: GroupResource
  let name: String
  private(set) var revision: Int64

  var key: String { place.key }
  var compare: StorageTransaction.Compare { .init(place.key, .modRevision(revision)) }

  /// - Parameter found: the namespace as it was seen; nil when there is none.
  /// - Throws: `notFound` without a namespace, `forbidden` when it is on its way out.
  init(_ place: Target, _ found: StoredObject?, resource: GroupResource, name: String) throws(APIError) {
    guard let found else { throw .notFound(place.groupResource, name: place.name) }
    self.place = place
    self.resource = resource
    self.name = name
    revision = found.revision
    guard Self.phase(of: found) == "Terminating" else { return }
    throw .forbidden(
      resource, name: name,
      because: "unable to create new content in namespace \(place.name) because it is being terminated",
      causes: [
        APIError.Cause(
          reason: "NamespaceTerminating", message: "namespace \(place.name) is being terminated",
          field: "metadata.namespace")
      ])
  }

  /// The same for the namespace as it is now.
  func seeing(_ found: StoredObject?) throws(APIError) -> NamespaceGuard {
    try NamespaceGuard(place, found, resource: resource, name: name)
  }

  static func phase(of namespace: StoredObject) -> String { namespace.summary.fields.first ?? "" }
}
