// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PersistentVolumeClaimList` of `core/v1`.
  package struct PersistentVolumeClaimList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PersistentVolumeClaimList"
    package var metadata: MetaV1.ListMeta
    package var items: [PersistentVolumeClaim]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PersistentVolumeClaim] = []
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

  /// `PersistentVolumeClaimSpec` of `core/v1`.
  package struct PersistentVolumeClaimSpec: JSONCodable {
    package var accessModes: [String]
    package var selector: MetaV1.LabelSelector?
    package var resources: VolumeResourceRequirements
    package var volumeName: String
    package var storageClassName: String?
    package var volumeMode: String?
    @BoxedOptional package var dataSource: TypedLocalObjectReference?
    @BoxedOptional package var dataSourceRef: TypedObjectReference?
    package var volumeAttributesClassName: String?

    package init() {
      self.accessModes = []
      self.selector = nil
      self.resources = VolumeResourceRequirements()
      self.volumeName = ""
      self.storageClassName = nil
      self.volumeMode = nil
      self.volumeAttributesClassName = nil
    }

    package init(
      accessModes: [String] = [],
      selector: MetaV1.LabelSelector? = nil,
      resources: VolumeResourceRequirements = VolumeResourceRequirements(),
      volumeName: String = "",
      storageClassName: String? = nil,
      volumeMode: String? = nil,
      dataSource: TypedLocalObjectReference? = nil,
      dataSourceRef: TypedObjectReference? = nil,
      volumeAttributesClassName: String? = nil
    ) {
      self.accessModes = accessModes
      self.selector = selector
      self.resources = resources
      self.volumeName = volumeName
      self.storageClassName = storageClassName
      self.volumeMode = volumeMode
      self.dataSource = dataSource
      self.dataSourceRef = dataSourceRef
      self.volumeAttributesClassName = volumeAttributesClassName
    }

    private static let fields = FieldTable([
      "accessModes", "selector", "resources", "volumeName", "storageClassName", "volumeMode",
      "dataSource", "dataSourceRef", "volumeAttributesClassName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.accessModes = try reader.readArray()
        case 1: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.resources = try VolumeResourceRequirements(from: &reader)
        case 3: self.volumeName = try reader.readString()
        case 4: self.storageClassName = try reader.readString()
        case 5: self.volumeMode = try reader.readString()
        case 6: self.dataSource = try TypedLocalObjectReference(from: &reader)
        case 7: self.dataSourceRef = try TypedObjectReference(from: &reader)
        case 8: self.volumeAttributesClassName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !accessModes.isEmpty {
        writer.key("accessModes")
        writer.write(array: accessModes)
      }
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.key("resources")
      resources.write(to: &writer)
      if !volumeName.isEmpty {
        writer.key("volumeName")
        writer.write(volumeName)
      }
      if let storageClassName {
        writer.key("storageClassName")
        writer.write(storageClassName)
      }
      if let volumeMode {
        writer.key("volumeMode")
        writer.write(volumeMode)
      }
      if let dataSource {
        writer.key("dataSource")
        dataSource.write(to: &writer)
      }
      if let dataSourceRef {
        writer.key("dataSourceRef")
        dataSourceRef.write(to: &writer)
      }
      if let volumeAttributesClassName {
        writer.key("volumeAttributesClassName")
        writer.write(volumeAttributesClassName)
      }
      writer.endObject()
    }
  }

  /// `PersistentVolumeClaimStatus` of `core/v1`.
  package struct PersistentVolumeClaimStatus: JSONCodable {
    package var phase: String
    package var accessModes: [String]
    package var capacity: [String: Quantity]
    package var conditions: [PersistentVolumeClaimCondition]
    package var allocatedResources: [String: Quantity]
    package var allocatedResourceStatuses: [String: String]
    package var currentVolumeAttributesClassName: String?
    package var modifyVolumeStatus: ModifyVolumeStatus?

    package init() {
      self.phase = ""
      self.accessModes = []
      self.capacity = [:]
      self.conditions = []
      self.allocatedResources = [:]
      self.allocatedResourceStatuses = [:]
      self.currentVolumeAttributesClassName = nil
      self.modifyVolumeStatus = nil
    }

    package init(
      phase: String = "",
      accessModes: [String] = [],
      capacity: [String: Quantity] = [:],
      conditions: [PersistentVolumeClaimCondition] = [],
      allocatedResources: [String: Quantity] = [:],
      allocatedResourceStatuses: [String: String] = [:],
      currentVolumeAttributesClassName: String? = nil,
      modifyVolumeStatus: ModifyVolumeStatus? = nil
    ) {
      self.phase = phase
      self.accessModes = accessModes
      self.capacity = capacity
      self.conditions = conditions
      self.allocatedResources = allocatedResources
      self.allocatedResourceStatuses = allocatedResourceStatuses
      self.currentVolumeAttributesClassName = currentVolumeAttributesClassName
      self.modifyVolumeStatus = modifyVolumeStatus
    }

    private static let fields = FieldTable([
      "phase", "accessModes", "capacity", "conditions", "allocatedResources", "allocatedResourceStatuses",
      "currentVolumeAttributesClassName", "modifyVolumeStatus",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.phase = try reader.readString()
        case 1: self.accessModes = try reader.readArray()
        case 2: self.capacity = try reader.readMap()
        case 3: self.conditions = try reader.readArray()
        case 4: self.allocatedResources = try reader.readMap()
        case 5: self.allocatedResourceStatuses = try reader.readMap()
        case 6: self.currentVolumeAttributesClassName = try reader.readString()
        case 7: self.modifyVolumeStatus = try ModifyVolumeStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !phase.isEmpty {
        writer.key("phase")
        writer.write(phase)
      }
      if !accessModes.isEmpty {
        writer.key("accessModes")
        writer.write(array: accessModes)
      }
      if !capacity.isEmpty {
        writer.key("capacity")
        writer.write(map: capacity)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      if !allocatedResources.isEmpty {
        writer.key("allocatedResources")
        writer.write(map: allocatedResources)
      }
      if !allocatedResourceStatuses.isEmpty {
        writer.key("allocatedResourceStatuses")
        writer.write(map: allocatedResourceStatuses)
      }
      if let currentVolumeAttributesClassName {
        writer.key("currentVolumeAttributesClassName")
        writer.write(currentVolumeAttributesClassName)
      }
      if let modifyVolumeStatus {
        writer.key("modifyVolumeStatus")
        modifyVolumeStatus.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PersistentVolumeClaimTemplate` of `core/v1`.
  package struct PersistentVolumeClaimTemplate: JSONCodable {
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: PersistentVolumeClaimSpec

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PersistentVolumeClaimSpec = PersistentVolumeClaimSpec()
    ) {
      self.metadata = metadata
      self.spec = spec
    }

    private static let fields = FieldTable([
      "metadata", "spec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try PersistentVolumeClaimSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("spec")
      spec.write(to: &writer)
      writer.endObject()
    }
  }
}
