/// An object at one version, as it is served: immutable, shared by the cache and everyone who reads from it.
package final class StoredObject: Sendable {
  /// Where it lies in the store.
  package let key: String
  /// The whole object as JSON, with its `resourceVersion`. To be sent as it is.
  package let json: [UInt8]
  /// The revision of its last change; `metadata.resourceVersion` in text.
  package let revision: Int64
  package let createRevision: Int64
  /// "" for an object of the cluster's scope.
  package let namespace: String
  package let name: String
  package let uid: String
  package let labels: [String: String]
  /// The values of the kind's selectable fields, in the order in which the kind declares them.
  let fields: [String]

  init(
    key: String, json: [UInt8], revision: Int64, createRevision: Int64, summary: ObjectSummary
  ) {
    self.key = key
    self.json = json
    self.revision = revision
    self.createRevision = createRevision
    self.namespace = summary.namespace
    self.name = summary.name
    self.uid = summary.uid
    self.labels = summary.labels
    self.fields = summary.fields
  }

  package var resourceVersion: String { String(revision) }
}

/// A list's answer: whole objects, and where in the history it stands.
package struct ObjectList: Sendable {
  package var objects: [StoredObject]
  /// The list shows exactly the state at this revision.
  package var revision: Int64
  /// Opaque token for the next page; "" when this is the last.
  package var continueToken: String
  /// How many objects follow, where it is known (no selector was given).
  package var remainingItemCount: Int64?

  package var resourceVersion: String { String(revision) }
}
