// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension StorageV1 {
  /// `VolumeAttachment` of `storage.k8s.io/v1`.
  package struct VolumeAttachment: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "VolumeAttachment"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "volumeattachments",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: VolumeAttachmentSpec = VolumeAttachmentSpec()
    package var status: VolumeAttachmentStatus = VolumeAttachmentStatus()

    package init() {}
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
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [VolumeAttachment] = []

    package init() {}
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

    package init() {}
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
    package var attacher: String = ""
    package var source: VolumeAttachmentSource = VolumeAttachmentSource()
    package var nodeName: String = ""

    package init() {}
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

  /// `VolumeAttachmentStatus` of `storage.k8s.io/v1`.
  package struct VolumeAttachmentStatus: JSONCodable {
    package var attached: Bool = false
    package var attachmentMetadata: [String: String] = [:]
    @BoxedOptional package var attachError: VolumeError?
    @BoxedOptional package var detachError: VolumeError?

    package init() {}
    package init(
      attached: Bool = false,
      attachmentMetadata: [String: String] = [:],
      attachError: VolumeError? = nil,
      detachError: VolumeError? = nil
    ) {
      self.attached = attached
      self.attachmentMetadata = attachmentMetadata
      self.attachError = attachError
      self.detachError = detachError
    }

    private static let fields = FieldTable([
      "attached", "attachmentMetadata", "attachError", "detachError",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.attached = try reader.readBool()
        case 1: self.attachmentMetadata = try reader.readMap()
        case 2: self.attachError = try VolumeError(from: &reader)
        case 3: self.detachError = try VolumeError(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("attached")
      writer.write(attached)
      if !attachmentMetadata.isEmpty {
        writer.key("attachmentMetadata")
        writer.write(map: attachmentMetadata)
      }
      if let attachError {
        writer.key("attachError")
        attachError.write(to: &writer)
      }
      if let detachError {
        writer.key("detachError")
        detachError.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `VolumeError` of `storage.k8s.io/v1`.
  package struct VolumeError: JSONCodable {
    package var time: Time?
    package var message: String = ""
    package var errorCode: Int32?

    package init() {}
    package init(
      time: Time? = nil,
      message: String = "",
      errorCode: Int32? = nil
    ) {
      self.time = time
      self.message = message
      self.errorCode = errorCode
    }

    private static let fields = FieldTable([
      "time", "message", "errorCode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.time = try Time(from: &reader)
        case 1: self.message = try reader.readString()
        case 2: self.errorCode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let time {
        writer.key("time")
        time.write(to: &writer)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if let errorCode {
        writer.key("errorCode")
        writer.write(errorCode)
      }
      writer.endObject()
    }
  }

  /// `VolumeNodeResources` of `storage.k8s.io/v1`.
  package struct VolumeNodeResources: JSONCodable {
    package var count: Int32?

    package init() {}
    package init(
      count: Int32? = nil
    ) {
      self.count = count
    }

    private static let fields = FieldTable([
      "count",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.count = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let count {
        writer.key("count")
        writer.write(count)
      }
      writer.endObject()
    }
  }
}
