// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension StorageV1 {
  /// `StorageClassList` of `storage.k8s.io/v1`.
  package struct StorageClassList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "StorageClassList"
    package var metadata: MetaV1.ListMeta
    package var items: [StorageClass]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [StorageClass] = []
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
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
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

  /// `TokenRequest` of `storage.k8s.io/v1`.
  package struct TokenRequest: JSONCodable {
    package var audience: String
    package var expirationSeconds: Int64?

    package init() {
      self.audience = ""
      self.expirationSeconds = nil
    }

    package init(
      audience: String = "",
      expirationSeconds: Int64? = nil
    ) {
      self.audience = audience
      self.expirationSeconds = expirationSeconds
    }

    private static let fields = FieldTable([
      "audience", "expirationSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.audience = try reader.readString()
        case 1: self.expirationSeconds = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("audience")
      writer.write(audience)
      if let expirationSeconds {
        writer.key("expirationSeconds")
        writer.write(expirationSeconds)
      }
      writer.endObject()
    }
  }

  /// `VolumeAttachment` of `storage.k8s.io/v1`.
  package struct VolumeAttachment: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "VolumeAttachment"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "volumeattachments",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: VolumeAttachmentSpec
    package var status: VolumeAttachmentStatus

    package init() {
      self.spec = VolumeAttachmentSpec()
      self.status = VolumeAttachmentStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: VolumeAttachmentSpec = VolumeAttachmentSpec(),
      status: VolumeAttachmentStatus = VolumeAttachmentStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try VolumeAttachmentSpec(from: &reader)
        case 2: self.status = try VolumeAttachmentStatus(from: &reader)
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
      writer.key("spec")
      spec.write(to: &writer)
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }

  /// `VolumeAttachmentList` of `storage.k8s.io/v1`.
  package struct VolumeAttachmentList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "VolumeAttachmentList"
    package var metadata: MetaV1.ListMeta
    package var items: [VolumeAttachment]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [VolumeAttachment] = []
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
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
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

  /// `VolumeAttachmentSource` of `storage.k8s.io/v1`.
  package struct VolumeAttachmentSource: JSONCodable {
    package var persistentVolumeName: String?
    @BoxedOptional package var inlineVolumeSpec: CoreV1.PersistentVolumeSpec?

    package init() {
      self.persistentVolumeName = nil
    }

    package init(
      persistentVolumeName: String? = nil,
      inlineVolumeSpec: CoreV1.PersistentVolumeSpec? = nil
    ) {
      self.persistentVolumeName = persistentVolumeName
      self.inlineVolumeSpec = inlineVolumeSpec
    }

    private static let fields = FieldTable([
      "persistentVolumeName", "inlineVolumeSpec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.persistentVolumeName = try reader.readString()
        case 1: self.inlineVolumeSpec = try CoreV1.PersistentVolumeSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let persistentVolumeName {
        writer.key("persistentVolumeName")
        writer.write(persistentVolumeName)
      }
      if let inlineVolumeSpec {
        writer.key("inlineVolumeSpec")
        inlineVolumeSpec.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `VolumeAttachmentSpec` of `storage.k8s.io/v1`.
  package struct VolumeAttachmentSpec: JSONCodable {
    package var attacher: String
    package var source: VolumeAttachmentSource
    package var nodeName: String

    package init() {
      self.attacher = ""
      self.source = VolumeAttachmentSource()
      self.nodeName = ""
    }

    package init(
      attacher: String = "",
      source: VolumeAttachmentSource = VolumeAttachmentSource(),
      nodeName: String = ""
    ) {
      self.attacher = attacher
      self.source = source
      self.nodeName = nodeName
    }

    private static let fields = FieldTable([
      "attacher", "source", "nodeName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.attacher = try reader.readString()
        case 1: self.source = try VolumeAttachmentSource(from: &reader)
        case 2: self.nodeName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("attacher")
      writer.write(attacher)
      writer.key("source")
      source.write(to: &writer)
      writer.key("nodeName")
      writer.write(nodeName)
      writer.endObject()
    }
  }
}
