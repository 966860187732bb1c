// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `VolumeDevice` of `core/v1`.
  package struct VolumeDevice: JSONCodable {
    package var name: String
    package var devicePath: String

    package init() {
      self.name = ""
      self.devicePath = ""
    }

    package init(
      name: String = "",
      devicePath: String = ""
    ) {
      self.name = name
      self.devicePath = devicePath
    }

    private static let fields = FieldTable([
      "name", "devicePath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.devicePath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("devicePath")
      writer.write(devicePath)
      writer.endObject()
    }
  }

  /// `VolumeMount` of `core/v1`.
  package struct VolumeMount: JSONCodable {
    package var name: String
    package var readOnly: Bool
    package var recursiveReadOnly: String?
    package var mountPath: String
    package var subPath: String
    package var mountPropagation: String?
    package var subPathExpr: String

    package init() {
      self.name = ""
      self.readOnly = false
      self.recursiveReadOnly = nil
      self.mountPath = ""
      self.subPath = ""
      self.mountPropagation = nil
      self.subPathExpr = ""
    }

    package init(
      name: String = "",
      readOnly: Bool = false,
      recursiveReadOnly: String? = nil,
      mountPath: String = "",
      subPath: String = "",
      mountPropagation: String? = nil,
      subPathExpr: String = ""
    ) {
      self.name = name
      self.readOnly = readOnly
      self.recursiveReadOnly = recursiveReadOnly
      self.mountPath = mountPath
      self.subPath = subPath
      self.mountPropagation = mountPropagation
      self.subPathExpr = subPathExpr
    }

    private static let fields = FieldTable([
      "name", "readOnly", "recursiveReadOnly", "mountPath", "subPath", "mountPropagation", "subPathExpr",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.readOnly = try reader.readBool()
        case 2: self.recursiveReadOnly = try reader.readString()
        case 3: self.mountPath = try reader.readString()
        case 4: self.subPath = try reader.readString()
        case 5: self.mountPropagation = try reader.readString()
        case 6: self.subPathExpr = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let recursiveReadOnly {
        writer.key("recursiveReadOnly")
        writer.write(recursiveReadOnly)
      }
      writer.key("mountPath")
      writer.write(mountPath)
      if !subPath.isEmpty {
        writer.key("subPath")
        writer.write(subPath)
      }
      if let mountPropagation {
        writer.key("mountPropagation")
        writer.write(mountPropagation)
      }
      if !subPathExpr.isEmpty {
        writer.key("subPathExpr")
        writer.write(subPathExpr)
      }
      writer.endObject()
    }
  }

  /// `VolumeMountStatus` of `core/v1`.
  package struct VolumeMountStatus: JSONCodable {
    package var name: String
    package var mountPath: String
    package var readOnly: Bool
    package var recursiveReadOnly: String?

    package init() {
      self.name = ""
      self.mountPath = ""
      self.readOnly = false
      self.recursiveReadOnly = nil
    }

    package init(
      name: String = "",
      mountPath: String = "",
      readOnly: Bool = false,
      recursiveReadOnly: String? = nil
    ) {
      self.name = name
      self.mountPath = mountPath
      self.readOnly = readOnly
      self.recursiveReadOnly = recursiveReadOnly
    }

    private static let fields = FieldTable([
      "name", "mountPath", "readOnly", "recursiveReadOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.mountPath = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.recursiveReadOnly = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("mountPath")
      writer.write(mountPath)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let recursiveReadOnly {
        writer.key("recursiveReadOnly")
        writer.write(recursiveReadOnly)
      }
      writer.endObject()
    }
  }

  /// `VolumeNodeAffinity` of `core/v1`.
  package struct VolumeNodeAffinity: JSONCodable {
    package var required: NodeSelector?

    package init() {
      self.required = nil
    }

    package init(
      required: NodeSelector? = nil
    ) {
      self.required = required
    }

    private static let fields = FieldTable([
      "required",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.required = try NodeSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let required {
        writer.key("required")
        required.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `VolumeProjection` of `core/v1`.
  package struct VolumeProjection: JSONCodable {
    package var secret: SecretProjection?
    package var downwardAPI: DownwardAPIProjection?
    package var configMap: ConfigMapProjection?
    @BoxedOptional package var serviceAccountToken: ServiceAccountTokenProjection?
    @BoxedOptional package var clusterTrustBundle: ClusterTrustBundleProjection?

    package init() {
      self.secret = nil
      self.downwardAPI = nil
      self.configMap = nil
    }

    package init(
      secret: SecretProjection? = nil,
      downwardAPI: DownwardAPIProjection? = nil,
      configMap: ConfigMapProjection? = nil,
      serviceAccountToken: ServiceAccountTokenProjection? = nil,
      clusterTrustBundle: ClusterTrustBundleProjection? = nil
    ) {
      self.secret = secret
      self.downwardAPI = downwardAPI
      self.configMap = configMap
      self.serviceAccountToken = serviceAccountToken
      self.clusterTrustBundle = clusterTrustBundle
    }

    private static let fields = FieldTable([
      "secret", "downwardAPI", "configMap", "serviceAccountToken", "clusterTrustBundle",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.secret = try SecretProjection(from: &reader)
        case 1: self.downwardAPI = try DownwardAPIProjection(from: &reader)
        case 2: self.configMap = try ConfigMapProjection(from: &reader)
        case 3: self.serviceAccountToken = try ServiceAccountTokenProjection(from: &reader)
        case 4: self.clusterTrustBundle = try ClusterTrustBundleProjection(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let secret {
        writer.key("secret")
        secret.write(to: &writer)
      }
      if let downwardAPI {
        writer.key("downwardAPI")
        downwardAPI.write(to: &writer)
      }
      if let configMap {
        writer.key("configMap")
        configMap.write(to: &writer)
      }
      if let serviceAccountToken {
        writer.key("serviceAccountToken")
        serviceAccountToken.write(to: &writer)
      }
      if let clusterTrustBundle {
        writer.key("clusterTrustBundle")
        clusterTrustBundle.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
