// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `OwnerReference` of `meta/v1`.
  package struct OwnerReference: JSONCodable {
    package var apiVersion: String = ""
    package var kind: String = ""
    package var name: String = ""
    package var uid: String = ""
    package var controller: Bool?
    package var blockOwnerDeletion: Bool?

    package init() {}
    package init(
      apiVersion: String = "",
      kind: String = "",
      name: String = "",
      uid: String = "",
      controller: Bool? = nil,
      blockOwnerDeletion: Bool? = nil
    ) {
      self.apiVersion = apiVersion
      self.kind = kind
      self.name = name
      self.uid = uid
      self.controller = controller
      self.blockOwnerDeletion = blockOwnerDeletion
    }

    private static let fields = FieldTable([
      "apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiVersion = try reader.readString()
        case 1: self.kind = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.uid = try reader.readString()
        case 4: self.controller = try reader.readBool()
        case 5: self.blockOwnerDeletion = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiVersion")
      writer.write(apiVersion)
      writer.key("kind")
      writer.write(kind)
      writer.key("name")
      writer.write(name)
      writer.key("uid")
      writer.write(uid)
      if let controller {
        writer.key("controller")
        writer.write(controller)
      }
      if let blockOwnerDeletion {
        writer.key("blockOwnerDeletion")
        writer.write(blockOwnerDeletion)
      }
      writer.endObject()
    }
  }

  /// `PartialObjectMetadata` of `meta/v1`.
  package struct PartialObjectMetadata: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PartialObjectMetadata"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "partialobjectmetadatas",
      namespaced: true)
    @Boxed package var metadata: ObjectMeta

    package init() {}
    package init(
      metadata: ObjectMeta = ObjectMeta()
    ) {
      self.metadata = metadata
    }

    private static let fields = FieldTable([
      "metadata",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try ObjectMeta(from: &reader)
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
      writer.endObject()
    }
  }

  /// `PartialObjectMetadataList` of `meta/v1`.
  package struct PartialObjectMetadataList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PartialObjectMetadataList"
    package var metadata: ListMeta = ListMeta()
    package var items: [PartialObjectMetadata] = []

    package init() {}
    package init(
      metadata: ListMeta = ListMeta(),
      items: [PartialObjectMetadata] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try ListMeta(from: &reader)
        case 1: self.items = try reader.readArray()
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

  /// `PatchOptions` of `meta/v1`.
  package struct PatchOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PatchOptions"
    package var dryRun: [String] = []
    package var force: Bool?
    package var fieldManager: String = ""
    package var fieldValidation: String = ""

    package init() {}
    package init(
      dryRun: [String] = [],
      force: Bool? = nil,
      fieldManager: String = "",
      fieldValidation: String = ""
    ) {
      self.dryRun = dryRun
      self.force = force
      self.fieldManager = fieldManager
      self.fieldValidation = fieldValidation
    }

    private static let fields = FieldTable([
      "dryRun", "force", "fieldManager", "fieldValidation",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.dryRun = try reader.readArray()
        case 1: self.force = try reader.readBool()
        case 2: self.fieldManager = try reader.readString()
        case 3: self.fieldValidation = try reader.readString()
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
      if !dryRun.isEmpty {
        writer.key("dryRun")
        writer.write(array: dryRun)
      }
      if let force {
        writer.key("force")
        writer.write(force)
      }
      if !fieldManager.isEmpty {
        writer.key("fieldManager")
        writer.write(fieldManager)
      }
      if !fieldValidation.isEmpty {
        writer.key("fieldValidation")
        writer.write(fieldValidation)
      }
      writer.endObject()
    }
  }

  /// `Preconditions` of `meta/v1`.
  package struct Preconditions: JSONCodable {
    package var uid: String?
    package var resourceVersion: String?

    package init() {}
    package init(
      uid: String? = nil,
      resourceVersion: String? = nil
    ) {
      self.uid = uid
      self.resourceVersion = resourceVersion
    }

    private static let fields = FieldTable([
      "uid", "resourceVersion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readString()
        case 1: self.resourceVersion = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let uid {
        writer.key("uid")
        writer.write(uid)
      }
      if let resourceVersion {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      writer.endObject()
    }
  }

  /// `RootPaths` of `meta/v1`.
  package struct RootPaths: JSONCodable {
    package var paths: [String] = []

    package init() {}
    package init(
      paths: [String] = []
    ) {
      self.paths = paths
    }

    private static let fields = FieldTable([
      "paths",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.paths = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("paths")
      writer.write(array: paths)
      writer.endObject()
    }
  }

  /// `ServerAddressByClientCIDR` of `meta/v1`.
  package struct ServerAddressByClientCIDR: JSONCodable {
    package var clientCIDR: String = ""
    package var serverAddress: String = ""

    package init() {}
    package init(
      clientCIDR: String = "",
      serverAddress: String = ""
    ) {
      self.clientCIDR = clientCIDR
      self.serverAddress = serverAddress
    }

    private static let fields = FieldTable([
      "clientCIDR", "serverAddress",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.clientCIDR = try reader.readString()
        case 1: self.serverAddress = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("clientCIDR")
      writer.write(clientCIDR)
      writer.key("serverAddress")
      writer.write(serverAddress)
      writer.endObject()
    }
  }
}
