// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ObjectFieldSelector` of `core/v1`.
  package struct ObjectFieldSelector: JSONCodable {
    package var apiVersion: String
    package var fieldPath: String

    package init() {
      self.apiVersion = ""
      self.fieldPath = ""
    }

    package init(
      apiVersion: String = "",
      fieldPath: String = ""
    ) {
      self.apiVersion = apiVersion
      self.fieldPath = fieldPath
    }

    private static let fields = FieldTable([
      "apiVersion", "fieldPath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiVersion = try reader.readString()
        case 1: self.fieldPath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      writer.key("fieldPath")
      writer.write(fieldPath)
      writer.endObject()
    }
  }

  /// `ObjectReference` of `core/v1`.
  package struct ObjectReference: JSONCodable {
    package var kind: String
    package var namespace: String
    package var name: String
    package var uid: String
    package var apiVersion: String
    package var resourceVersion: String
    package var fieldPath: String

    package init() {
      self.kind = ""
      self.namespace = ""
      self.name = ""
      self.uid = ""
      self.apiVersion = ""
      self.resourceVersion = ""
      self.fieldPath = ""
    }

    package init(
      kind: String = "",
      namespace: String = "",
      name: String = "",
      uid: String = "",
      apiVersion: String = "",
      resourceVersion: String = "",
      fieldPath: String = ""
    ) {
      self.kind = kind
      self.namespace = namespace
      self.name = name
      self.uid = uid
      self.apiVersion = apiVersion
      self.resourceVersion = resourceVersion
      self.fieldPath = fieldPath
    }

    private static let fields = FieldTable([
      "kind", "namespace", "name", "uid", "apiVersion", "resourceVersion", "fieldPath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.namespace = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.uid = try reader.readString()
        case 4: self.apiVersion = try reader.readString()
        case 5: self.resourceVersion = try reader.readString()
        case 6: self.fieldPath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !kind.isEmpty {
        writer.key("kind")
        writer.write(kind)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      if !fieldPath.isEmpty {
        writer.key("fieldPath")
        writer.write(fieldPath)
      }
      writer.endObject()
    }
  }

  /// `PersistentVolume` of `core/v1`.
  package struct PersistentVolume: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PersistentVolume"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "persistentvolumes",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: PersistentVolumeSpec
    package var status: PersistentVolumeStatus

    package init() {
      self.status = PersistentVolumeStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PersistentVolumeSpec = PersistentVolumeSpec(),
      status: PersistentVolumeStatus = PersistentVolumeStatus()
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
        case 1: self.spec = try PersistentVolumeSpec(from: &reader)
        case 2: self.status = try PersistentVolumeStatus(from: &reader)
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

  /// `PersistentVolumeClaim` of `core/v1`.
  package struct PersistentVolumeClaim: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PersistentVolumeClaim"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "persistentvolumeclaims",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: PersistentVolumeClaimSpec
    @Boxed package var status: PersistentVolumeClaimStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PersistentVolumeClaimSpec = PersistentVolumeClaimSpec(),
      status: PersistentVolumeClaimStatus = PersistentVolumeClaimStatus()
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
        case 1: self.spec = try PersistentVolumeClaimSpec(from: &reader)
        case 2: self.status = try PersistentVolumeClaimStatus(from: &reader)
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

  /// `PersistentVolumeClaimCondition` of `core/v1`.
  package struct PersistentVolumeClaimCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastProbeTime: Time?
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastProbeTime = nil
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastProbeTime: Time? = nil,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastProbeTime = lastProbeTime
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastProbeTime", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastProbeTime = try Time(from: &reader)
        case 3: self.lastTransitionTime = try Time(from: &reader)
        case 4: self.reason = try reader.readString()
        case 5: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if let lastProbeTime {
        writer.key("lastProbeTime")
        lastProbeTime.write(to: &writer)
      }
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      writer.endObject()
    }
  }
}
