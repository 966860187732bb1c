// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension StorageV1 {
  /// `CSINodeList` of `storage.k8s.io/v1`.
  package struct CSINodeList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSINodeList"
    package var metadata: MetaV1.ListMeta
    package var items: [CSINode]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CSINode] = []
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

  /// `CSINodeSpec` of `storage.k8s.io/v1`.
  package struct CSINodeSpec: JSONCodable {
    package var drivers: [CSINodeDriver]

    package init() {
      self.drivers = []
    }

    package init(
      drivers: [CSINodeDriver] = []
    ) {
      self.drivers = drivers
    }

    private static let fields = FieldTable([
      "drivers",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.drivers = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("drivers")
      writer.write(array: drivers)
      writer.endObject()
    }
  }

  /// `CSIStorageCapacity` of `storage.k8s.io/v1`.
  package struct CSIStorageCapacity: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSIStorageCapacity"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "csistoragecapacities",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var nodeTopology: MetaV1.LabelSelector?
    package var storageClassName: String
    package var capacity: Quantity?
    package var maximumVolumeSize: Quantity?

    package init() {
      self.nodeTopology = nil
      self.storageClassName = ""
      self.capacity = nil
      self.maximumVolumeSize = nil
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      nodeTopology: MetaV1.LabelSelector? = nil,
      storageClassName: String = "",
      capacity: Quantity? = nil,
      maximumVolumeSize: Quantity? = nil
    ) {
      self.metadata = metadata
      self.nodeTopology = nodeTopology
      self.storageClassName = storageClassName
      self.capacity = capacity
      self.maximumVolumeSize = maximumVolumeSize
    }

    private static let fields = FieldTable([
      "metadata", "nodeTopology", "storageClassName", "capacity", "maximumVolumeSize",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.nodeTopology = try MetaV1.LabelSelector(from: &reader)
        case 2: self.storageClassName = try reader.readString()
        case 3: self.capacity = try Quantity(from: &reader)
        case 4: self.maximumVolumeSize = try Quantity(from: &reader)
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
      if let nodeTopology {
        writer.key("nodeTopology")
        nodeTopology.write(to: &writer)
      }
      writer.key("storageClassName")
      writer.write(storageClassName)
      if let capacity {
        writer.key("capacity")
        capacity.write(to: &writer)
      }
      if let maximumVolumeSize {
        writer.key("maximumVolumeSize")
        maximumVolumeSize.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CSIStorageCapacityList` of `storage.k8s.io/v1`.
  package struct CSIStorageCapacityList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSIStorageCapacityList"
    package var metadata: MetaV1.ListMeta
    package var items: [CSIStorageCapacity]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CSIStorageCapacity] = []
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

  /// `StorageClass` of `storage.k8s.io/v1`.
  package struct StorageClass: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "StorageClass"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "storageclasses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var provisioner: String
    package var parameters: [String: String]
    package var reclaimPolicy: String?
    package var mountOptions: [String]
    package var allowVolumeExpansion: Bool?
    package var volumeBindingMode: String?
    package var allowedTopologies: [CoreV1.TopologySelectorTerm]

    package init() {
      self.provisioner = ""
      self.parameters = [:]
      self.reclaimPolicy = nil
      self.mountOptions = []
      self.allowVolumeExpansion = nil
      self.volumeBindingMode = nil
      self.allowedTopologies = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      provisioner: String = "",
      parameters: [String: String] = [:],
      reclaimPolicy: String? = nil,
      mountOptions: [String] = [],
      allowVolumeExpansion: Bool? = nil,
      volumeBindingMode: String? = nil,
      allowedTopologies: [CoreV1.TopologySelectorTerm] = []
    ) {
      self.metadata = metadata
      self.provisioner = provisioner
      self.parameters = parameters
      self.reclaimPolicy = reclaimPolicy
      self.mountOptions = mountOptions
      self.allowVolumeExpansion = allowVolumeExpansion
      self.volumeBindingMode = volumeBindingMode
      self.allowedTopologies = allowedTopologies
    }

    private static let fields = FieldTable([
      "metadata", "provisioner", "parameters", "reclaimPolicy", "mountOptions", "allowVolumeExpansion",
      "volumeBindingMode", "allowedTopologies",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.provisioner = try reader.readString()
        case 2: self.parameters = try reader.readMap()
        case 3: self.reclaimPolicy = try reader.readString()
        case 4: self.mountOptions = try reader.readArray()
        case 5: self.allowVolumeExpansion = try reader.readBool()
        case 6: self.volumeBindingMode = try reader.readString()
        case 7: self.allowedTopologies = try reader.readArray()
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
      writer.key("provisioner")
      writer.write(provisioner)
      if !parameters.isEmpty {
        writer.key("parameters")
        writer.write(map: parameters)
      }
      if let reclaimPolicy {
        writer.key("reclaimPolicy")
        writer.write(reclaimPolicy)
      }
      if !mountOptions.isEmpty {
        writer.key("mountOptions")
        writer.write(array: mountOptions)
      }
      if let allowVolumeExpansion {
        writer.key("allowVolumeExpansion")
        writer.write(allowVolumeExpansion)
      }
      if let volumeBindingMode {
        writer.key("volumeBindingMode")
        writer.write(volumeBindingMode)
      }
      if !allowedTopologies.isEmpty {
        writer.key("allowedTopologies")
        writer.write(array: allowedTopologies)
      }
      writer.endObject()
    }
  }
}
