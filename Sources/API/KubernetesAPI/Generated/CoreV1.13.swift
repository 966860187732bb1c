// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `FlexVolumeSource` of `core/v1`.
  package struct FlexVolumeSource: JSONCodable {
    package var driver: String
    package var fsType: String
    package var secretRef: LocalObjectReference?
    package var readOnly: Bool
    package var options: [String: String]

    package init() {
      self.driver = ""
      self.fsType = ""
      self.secretRef = nil
      self.readOnly = false
      self.options = [:]
    }

    package init(
      driver: String = "",
      fsType: String = "",
      secretRef: LocalObjectReference? = nil,
      readOnly: Bool = false,
      options: [String: String] = [:]
    ) {
      self.driver = driver
      self.fsType = fsType
      self.secretRef = secretRef
      self.readOnly = readOnly
      self.options = options
    }

    private static let fields = FieldTable([
      "driver", "fsType", "secretRef", "readOnly", "options",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.driver = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.secretRef = try LocalObjectReference(from: &reader)
        case 3: self.readOnly = try reader.readBool()
        case 4: self.options = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("driver")
      writer.write(driver)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !options.isEmpty {
        writer.key("options")
        writer.write(map: options)
      }
      writer.endObject()
    }
  }

  /// `FlockerVolumeSource` of `core/v1`.
  package struct FlockerVolumeSource: JSONCodable {
    package var datasetName: String
    package var datasetUUID: String

    package init() {
      self.datasetName = ""
      self.datasetUUID = ""
    }

    package init(
      datasetName: String = "",
      datasetUUID: String = ""
    ) {
      self.datasetName = datasetName
      self.datasetUUID = datasetUUID
    }

    private static let fields = FieldTable([
      "datasetName", "datasetUUID",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.datasetName = try reader.readString()
        case 1: self.datasetUUID = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !datasetName.isEmpty {
        writer.key("datasetName")
        writer.write(datasetName)
      }
      if !datasetUUID.isEmpty {
        writer.key("datasetUUID")
        writer.write(datasetUUID)
      }
      writer.endObject()
    }
  }

  /// `GCEPersistentDiskVolumeSource` of `core/v1`.
  package struct GCEPersistentDiskVolumeSource: JSONCodable {
    package var pdName: String
    package var fsType: String
    package var partition: Int32
    package var readOnly: Bool

    package init() {
      self.pdName = ""
      self.fsType = ""
      self.partition = 0
      self.readOnly = false
    }

    package init(
      pdName: String = "",
      fsType: String = "",
      partition: Int32 = 0,
      readOnly: Bool = false
    ) {
      self.pdName = pdName
      self.fsType = fsType
      self.partition = partition
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "pdName", "fsType", "partition", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.pdName = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.partition = try reader.readInt32()
        case 3: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("pdName")
      writer.write(pdName)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if partition != 0 {
        writer.key("partition")
        writer.write(partition)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `GRPCAction` of `core/v1`.
  package struct GRPCAction: JSONCodable {
    package var port: Int32
    package var service: String?

    package init() {
      self.port = 0
      self.service = nil
    }

    package init(
      port: Int32 = 0,
      service: String? = nil
    ) {
      self.port = port
      self.service = service
    }

    private static let fields = FieldTable([
      "port", "service",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.port = try reader.readInt32()
        case 1: self.service = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("port")
      writer.write(port)
      if let service {
        writer.key("service")
        writer.write(service)
      }
      writer.endObject()
    }
  }

  /// `GitRepoVolumeSource` of `core/v1`.
  package struct GitRepoVolumeSource: JSONCodable {
    package var repository: String
    package var revision: String
    package var directory: String

    package init() {
      self.repository = ""
      self.revision = ""
      self.directory = ""
    }

    package init(
      repository: String = "",
      revision: String = "",
      directory: String = ""
    ) {
      self.repository = repository
      self.revision = revision
      self.directory = directory
    }

    private static let fields = FieldTable([
      "repository", "revision", "directory",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.repository = try reader.readString()
        case 1: self.revision = try reader.readString()
        case 2: self.directory = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("repository")
      writer.write(repository)
      if !revision.isEmpty {
        writer.key("revision")
        writer.write(revision)
      }
      if !directory.isEmpty {
        writer.key("directory")
        writer.write(directory)
      }
      writer.endObject()
    }
  }

  /// `GlusterfsPersistentVolumeSource` of `core/v1`.
  package struct GlusterfsPersistentVolumeSource: JSONCodable {
    package var endpoints: String
    package var path: String
    package var readOnly: Bool
    package var endpointsNamespace: String?

    package init() {
      self.endpoints = ""
      self.path = ""
      self.readOnly = false
      self.endpointsNamespace = nil
    }

    package init(
      endpoints: String = "",
      path: String = "",
      readOnly: Bool = false,
      endpointsNamespace: String? = nil
    ) {
      self.endpoints = endpoints
      self.path = path
      self.readOnly = readOnly
      self.endpointsNamespace = endpointsNamespace
    }

    private static let fields = FieldTable([
      "endpoints", "path", "readOnly", "endpointsNamespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.endpoints = try reader.readString()
        case 1: self.path = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.endpointsNamespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("endpoints")
      writer.write(endpoints)
      writer.key("path")
      writer.write(path)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let endpointsNamespace {
        writer.key("endpointsNamespace")
        writer.write(endpointsNamespace)
      }
      writer.endObject()
    }
  }
}
