// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `storage.k8s.io/v1`.
package enum StorageV1 {}

extension StorageV1 {
  /// `CSIDriver` of `storage.k8s.io/v1`.
  package struct CSIDriver: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSIDriver"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "csidrivers",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: CSIDriverSpec

    package init() {
      self.spec = CSIDriverSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: CSIDriverSpec = CSIDriverSpec()
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
        case 1: self.spec = try CSIDriverSpec(from: &reader)
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
      writer.endObject()
    }
  }

  /// `CSIDriverList` of `storage.k8s.io/v1`.
  package struct CSIDriverList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSIDriverList"
    package var metadata: MetaV1.ListMeta
    package var items: [CSIDriver]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CSIDriver] = []
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

  /// `CSIDriverSpec` of `storage.k8s.io/v1`.
  package struct CSIDriverSpec: JSONCodable {
    package var attachRequired: Bool?
    package var podInfoOnMount: Bool?
    package var volumeLifecycleModes: [String]
    package var storageCapacity: Bool?
    package var fsGroupPolicy: String?
    package var tokenRequests: [TokenRequest]
    package var requiresRepublish: Bool?
    package var seLinuxMount: Bool?
    package var nodeAllocatableUpdatePeriodSeconds: Int64?

    package init() {
      self.attachRequired = nil
      self.podInfoOnMount = nil
      self.volumeLifecycleModes = []
      self.storageCapacity = nil
      self.fsGroupPolicy = nil
      self.tokenRequests = []
      self.requiresRepublish = nil
      self.seLinuxMount = nil
      self.nodeAllocatableUpdatePeriodSeconds = nil
    }

    package init(
      attachRequired: Bool? = nil,
      podInfoOnMount: Bool? = nil,
      volumeLifecycleModes: [String] = [],
      storageCapacity: Bool? = nil,
      fsGroupPolicy: String? = nil,
      tokenRequests: [TokenRequest] = [],
      requiresRepublish: Bool? = nil,
      seLinuxMount: Bool? = nil,
      nodeAllocatableUpdatePeriodSeconds: Int64? = nil
    ) {
      self.attachRequired = attachRequired
      self.podInfoOnMount = podInfoOnMount
      self.volumeLifecycleModes = volumeLifecycleModes
      self.storageCapacity = storageCapacity
      self.fsGroupPolicy = fsGroupPolicy
      self.tokenRequests = tokenRequests
      self.requiresRepublish = requiresRepublish
      self.seLinuxMount = seLinuxMount
      self.nodeAllocatableUpdatePeriodSeconds = nodeAllocatableUpdatePeriodSeconds
    }

    private static let fields = FieldTable([
      "attachRequired", "podInfoOnMount", "volumeLifecycleModes", "storageCapacity", "fsGroupPolicy",
      "tokenRequests", "requiresRepublish", "seLinuxMount", "nodeAllocatableUpdatePeriodSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.attachRequired = try reader.readBool()
        case 1: self.podInfoOnMount = try reader.readBool()
        case 2: self.volumeLifecycleModes = try reader.readArray()
        case 3: self.storageCapacity = try reader.readBool()
        case 4: self.fsGroupPolicy = try reader.readString()
        case 5: self.tokenRequests = try reader.readArray()
        case 6: self.requiresRepublish = try reader.readBool()
        case 7: self.seLinuxMount = try reader.readBool()
        case 8: self.nodeAllocatableUpdatePeriodSeconds = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let attachRequired {
        writer.key("attachRequired")
        writer.write(attachRequired)
      }
      if let podInfoOnMount {
        writer.key("podInfoOnMount")
        writer.write(podInfoOnMount)
      }
      if !volumeLifecycleModes.isEmpty {
        writer.key("volumeLifecycleModes")
        writer.write(array: volumeLifecycleModes)
      }
      if let storageCapacity {
        writer.key("storageCapacity")
        writer.write(storageCapacity)
      }
      if let fsGroupPolicy {
        writer.key("fsGroupPolicy")
        writer.write(fsGroupPolicy)
      }
      if !tokenRequests.isEmpty {
        writer.key("tokenRequests")
        writer.write(array: tokenRequests)
      }
      if let requiresRepublish {
        writer.key("requiresRepublish")
        writer.write(requiresRepublish)
      }
      if let seLinuxMount {
        writer.key("seLinuxMount")
        writer.write(seLinuxMount)
      }
      if let nodeAllocatableUpdatePeriodSeconds {
        writer.key("nodeAllocatableUpdatePeriodSeconds")
        writer.write(nodeAllocatableUpdatePeriodSeconds)
      }
      writer.endObject()
    }
  }

  /// `CSINode` of `storage.k8s.io/v1`.
  package struct CSINode: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "storage.k8s.io/v1"
    package static let kind = "CSINode"
    package static let resource = ResourceDescription(
      group: "storage.k8s.io", version: "v1", kind: kind, plural: "csinodes",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: CSINodeSpec

    package init() {
      self.spec = CSINodeSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: CSINodeSpec = CSINodeSpec()
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
        case 1: self.spec = try CSINodeSpec(from: &reader)
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
      writer.endObject()
    }
  }

  /// `CSINodeDriver` of `storage.k8s.io/v1`.
  package struct CSINodeDriver: JSONCodable {
    package var name: String
    package var nodeID: String
    package var topologyKeys: [String]
    package var allocatable: VolumeNodeResources?

    package init() {
      self.name = ""
      self.nodeID = ""
      self.topologyKeys = []
      self.allocatable = nil
    }

    package init(
      name: String = "",
      nodeID: String = "",
      topologyKeys: [String] = [],
      allocatable: VolumeNodeResources? = nil
    ) {
      self.name = name
      self.nodeID = nodeID
      self.topologyKeys = topologyKeys
      self.allocatable = allocatable
    }

    private static let fields = FieldTable([
      "name", "nodeID", "topologyKeys", "allocatable",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.nodeID = try reader.readString()
        case 2: self.topologyKeys = try reader.readArray()
        case 3: self.allocatable = try VolumeNodeResources(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("nodeID")
      writer.write(nodeID)
      writer.key("topologyKeys")
      writer.write(array: topologyKeys)
      if let allocatable {
        writer.key("allocatable")
        allocatable.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
