// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
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
      self.init()
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
    package var metadata: ListMeta
    package var items: [PartialObjectMetadata]

    package init() {
      self.metadata = ListMeta()
      self.items = []
    }

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
      self.init()
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
    package var dryRun: [String]
    package var force: Bool?
    package var fieldManager: String
    package var fieldValidation: String

    package init() {
      self.dryRun = []
      self.force = nil
      self.fieldManager = ""
      self.fieldValidation = ""
    }

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
      self.init()
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

    package init() {
      self.uid = nil
      self.resourceVersion = nil
    }

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
      self.init()
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
    package var paths: [String]

    package init() {
      self.paths = []
    }

    package init(
      paths: [String] = []
    ) {
      self.paths = paths
    }

    private static let fields = FieldTable([
      "paths",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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
    package var clientCIDR: String
    package var serverAddress: String

    package init() {
      self.clientCIDR = ""
      self.serverAddress = ""
    }

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
      self.init()
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

  /// `Status` of `meta/v1`.
  package struct Status: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Status"
    package var metadata: ListMeta
    package var status: String
    package var message: String
    package var reason: String
    @BoxedOptional package var details: StatusDetails?
    package var code: Int32

    package init() {
      self.metadata = ListMeta()
      self.status = ""
      self.message = ""
      self.reason = ""
      self.code = 0
    }

    package init(
      metadata: ListMeta = ListMeta(),
      status: String = "",
      message: String = "",
      reason: String = "",
      details: StatusDetails? = nil,
      code: Int32 = 0
    ) {
      self.metadata = metadata
      self.status = status
      self.message = message
      self.reason = reason
      self.details = details
      self.code = code
    }

    private static let fields = FieldTable([
      "metadata", "status", "message", "reason", "details", "code",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try ListMeta(from: &reader)
        case 1: self.status = try reader.readString()
        case 2: self.message = try reader.readString()
        case 3: self.reason = try reader.readString()
        case 4: self.details = try StatusDetails(from: &reader)
        case 5: self.code = try reader.readInt32()
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
      if !status.isEmpty {
        writer.key("status")
        writer.write(status)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if let details {
        writer.key("details")
        details.write(to: &writer)
      }
      if code != 0 {
        writer.key("code")
        writer.write(code)
      }
      writer.endObject()
    }
  }
}
