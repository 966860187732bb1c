package import JSONDocument

/// A type whose documents carry `apiVersion` and `kind`.
package protocol KubernetesKind: JSONCodable {
  /// `apps/v1`, or `v1` for the core group.
  static var apiVersion: String { get }
  static var kind: String { get }
}

/// A kind whose documents are objects with a name: pods, nodes, leases.
package protocol KubernetesObject: KubernetesKind {
  /// Where such objects live in the API.
  static var resource: ResourceDescription { get }
  var metadata: MetaV1.ObjectMeta { get set }
}

/// A kind that lists objects.
package protocol KubernetesList: KubernetesKind {
  associatedtype Item: KubernetesObject
  var metadata: MetaV1.ListMeta { get set }
  var items: [Item] { get set }
}

/// Where objects of a kind live in the API.
package struct ResourceDescription: Hashable, Sendable {
  /// Empty for the core group.
  package let group: String
  package let version: String
  package let kind: String
  /// The resource's name in paths: `pods`.
  package let plural: String
  /// Whether objects lie in namespaces.
  package let namespaced: Bool

  package init(group: String, version: String, kind: String, plural: String, namespaced: Bool) {
    self.group = group
    self.version = version
    self.kind = kind
    self.plural = plural
    self.namespaced = namespaced
  }

  /// `apps/v1`, or `v1` for the core group.
  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
  /// `/apis/apps/v1`, or `/api/v1` for the core group.
  package var basePath: String { group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)" }

  /// The path of the collection, or of an object in it: `/api/v1/namespaces/default/pods/web-0/status`. Without a
  /// namespace, the path of a namespaced resource is that of the collection over all namespaces.
  package func path(namespace: String? = nil, name: String? = nil, subresource: String? = nil) -> String {
    var path = basePath
    if namespaced, let namespace, !namespace.isEmpty { path += "/namespaces/\(namespace)" }
    path += "/\(plural)"
    if let name { path += "/\(name)" }
    if let subresource { path += "/\(subresource)" }
    return path
  }
}

extension KubernetesObject {
  /// `namespace/name`, or `name` for what is in no namespace: the key of caches and work queues.
  package var objectKey: String {
    metadata.namespace.isEmpty ? metadata.name : "\(metadata.namespace)/\(metadata.name)"
  }

  /// A reference to this object, as dependants carry it.
  package func ownerReference(controller: Bool = true, blockOwnerDeletion: Bool = true) -> MetaV1.OwnerReference {
    MetaV1.OwnerReference(
      apiVersion: Self.apiVersion, kind: Self.kind, name: metadata.name, uid: metadata.uid, controller: controller,
      blockOwnerDeletion: blockOwnerDeletion)
  }
}

extension MetaV1.ObjectMeta {
  /// The owner that manages this object, if there is one.
  package var controller: MetaV1.OwnerReference? { ownerReferences.first { $0.controller == true } }
}

/// A list of any kind of object, for code that is generic over the kind.
package struct ObjectList<Item: KubernetesObject>: KubernetesList {
  package static var apiVersion: String { Item.apiVersion }
  package static var kind: String { Item.kind + "List" }
  package var metadata = MetaV1.ListMeta()
  package var items: [Item] = []

  package init() {}

  package init(metadata: MetaV1.ListMeta = .init(), items: [Item]) {
    self.metadata = metadata
    self.items = items
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while let field = try reader.nextField(listFields) {
      switch field {
      case 0: metadata = try MetaV1.ListMeta(from: &reader)
      case 1: items = try reader.readArray()
      default: try reader.skipValue()
      }
    }
  }

  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("apiVersion")
    writer.write(Self.apiVersion)
    writer.key("kind")
    writer.write(Self.kind)
    writer.key("metadata")
    metadata.write(to: &writer)
    writer.key("items")
    writer.write(array: items)
    writer.endObject()
  }
}

private let listFields = FieldTable(["metadata", "items"])
