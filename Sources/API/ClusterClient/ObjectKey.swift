package import KubernetesAPI

/// The name of an object of a known kind: what work queues hold and caches are keyed by.
package struct ObjectKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// "" for a cluster-wide kind.
  package var namespace: String
  package var name: String

  package init(namespace: String = "", name: String) {
    self.namespace = namespace
    self.name = name
  }

  package init(_ metadata: MetaV1.ObjectMeta) { self.init(namespace: metadata.namespace, name: metadata.name) }

  /// "namespace/name", or "name".
  package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }

  package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }
}

extension KubernetesObject {
  /// This object's name and namespace.
  package var key: ObjectKey { ObjectKey(metadata) }
}
