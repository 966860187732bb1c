package import JSONDocument
package import KubernetesAPI

/// How documents of a resource become values of `Object`: a typed kind, or just the metadata of any kind.
package struct ObjectCodec<Object: Sendable>: Sendable {
  package var resource: ResourceDescription
  /// Reads one object. The reader stands before it and, on return, behind it.
  package var read: @Sendable (inout JSONReader) throws(JSONError) -> Object
  package var metadata: @Sendable (Object) -> MetaV1.ObjectMeta

  package init(
    resource: ResourceDescription, read: @escaping @Sendable (inout JSONReader) throws(JSONError) -> Object,
    metadata: @escaping @Sendable (Object) -> MetaV1.ObjectMeta
  ) {
    self.resource = resource
    self.read = read
    self.metadata = metadata
  }
}

extension ObjectCodec where Object: KubernetesObject {
  /// The codec of a generated kind.
  package static func typed(_ type: Object.Type = Object.self) -> ObjectCodec {
    ObjectCodec(
      resource: Object.resource,
      read: { (reader: inout JSONReader) throws(JSONError) -> Object in try Object(from: &reader) },
      metadata: { $0.metadata })
  }

  /// The codec of a generated kind for those who keep its objects: without `managedFields`, of which no controller makes
  /// anything and which take as much memory as the rest. An update that leaves them out leaves them as they are.
  package static func followed(_ type: Object.Type = Object.self) -> ObjectCodec {
    ObjectCodec(
      resource: Object.resource,
      read: { (reader: inout JSONReader) throws(JSONError) -> Object in
        var object = try Object(from: &reader)
        object.metadata.managedFields = []
        return object
      },
      metadata: { $0.metadata })
  }
}

/// What garbage collection and namespace deletion need of an object of any kind: its metadata, without `managedFields`.
package struct ObjectMetadata: Sendable, Equatable {
  package var metadata: MetaV1.ObjectMeta

  package init(metadata: MetaV1.ObjectMeta) { self.metadata = metadata }
}

extension ObjectCodec where Object == ObjectMetadata {
  /// The codec that keeps only the metadata of a resource's objects, without `managedFields`.
  package static func metadata(of resource: ResourceDescription) -> ObjectCodec {
    ObjectCodec(
      resource: resource,
      read: { (reader: inout JSONReader) throws(JSONError) -> ObjectMetadata in
        var metadata = MetaV1.ObjectMeta()
        try reader.beginObject()
        while let key = try reader.nextKey() {
          if key == "metadata" {
            metadata = try MetaV1.ObjectMeta(from: &reader)
            metadata.managedFields = []
          } else {
            try reader.skipValue()
          }
        }
        return ObjectMetadata(metadata: metadata)
      },
      metadata: { $0.metadata })
  }
}

/// The answer to a list.
package struct ListResult<Object: Sendable>: Sendable {
  /// The revision that the list shows; watch from here.
  package var resourceVersion: String
  package var items: [Object]
  /// Where the next page begins; "" at the end. `ClusterClient.list` follows it.
  package var continueToken = ""

  package init(resourceVersion: String, items: [Object]) {
    self.resourceVersion = resourceVersion
    self.items = items
  }

  init(listDocument bytes: [UInt8], codec: ObjectCodec<Object>) throws(ClusterDecodingError) {
    do throws(JSONError) {
      var metadata = MetaV1.ListMeta()
      var items: [Object] = []
      var reader = JSONReader(bytes)
      try reader.beginObject()
      while let key = try reader.nextKey() {
        switch key {
        case "metadata": metadata = try MetaV1.ListMeta(from: &reader)
        case "items":
          if try reader.readNull() { continue }
          try reader.beginArray()
          while try reader.nextElement() { items.append(try codec.read(&reader)) }
        default: try reader.skipValue()
        }
      }
      try reader.finish()
      self.init(resourceVersion: metadata.resourceVersion, items: items)
      continueToken = metadata.`continue`
    } catch {
      throw ClusterDecodingError(message: "list of \(codec.resource.plural): \(error)")
    }
  }
}
