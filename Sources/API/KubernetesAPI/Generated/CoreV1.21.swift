// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `NodeSpec` of `core/v1`.
  package struct NodeSpec: JSONCodable {
    package var podCIDR: String
    package var podCIDRs: [String]
    package var providerID: String
    package var unschedulable: Bool
    package var taints: [Taint]
    package var configSource: NodeConfigSource?
    package var externalID: String

    package init() {
      self.podCIDR = ""
      self.podCIDRs = []
      self.providerID = ""
      self.unschedulable = false
      self.taints = []
      self.configSource = nil
      self.externalID = ""
    }

    package init(
      podCIDR: String = "",
      podCIDRs: [String] = [],
      providerID: String = "",
      unschedulable: Bool = false,
      taints: [Taint] = [],
      configSource: NodeConfigSource? = nil,
      externalID: String = ""
    ) {
      self.podCIDR = podCIDR
      self.podCIDRs = podCIDRs
      self.providerID = providerID
      self.unschedulable = unschedulable
      self.taints = taints
      self.configSource = configSource
      self.externalID = externalID
    }

    private static let fields = FieldTable([
      "podCIDR", "podCIDRs", "providerID", "unschedulable", "taints", "configSource", "externalID",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podCIDR = try reader.readString()
        case 1: self.podCIDRs = try reader.readArray()
        case 2: self.providerID = try reader.readString()
        case 3: self.unschedulable = try reader.readBool()
        case 4: self.taints = try reader.readArray()
        case 5: self.configSource = try NodeConfigSource(from: &reader)
        case 6: self.externalID = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !podCIDR.isEmpty {
        writer.key("podCIDR")
        writer.write(podCIDR)
      }
      if !podCIDRs.isEmpty {
        writer.key("podCIDRs")
        writer.write(array: podCIDRs)
      }
      if !providerID.isEmpty {
        writer.key("providerID")
        writer.write(providerID)
      }
      if unschedulable {
        writer.key("unschedulable")
        writer.write(unschedulable)
      }
      if !taints.isEmpty {
        writer.key("taints")
        writer.write(array: taints)
      }
      if let configSource {
        writer.key("configSource")
        configSource.write(to: &writer)
      }
      if !externalID.isEmpty {
        writer.key("externalID")
        writer.write(externalID)
      }
      writer.endObject()
    }
  }

  /// `NodeStatus` of `core/v1`.
  package struct NodeStatus: JSONCodable {
    package var capacity: [String: Quantity]
    package var allocatable: [String: Quantity]
    package var phase: String
    package var conditions: [NodeCondition]
    package var addresses: [NodeAddress]
    package var daemonEndpoints: NodeDaemonEndpoints
    @Boxed package var nodeInfo: NodeSystemInfo
    package var images: [ContainerImage]
    package var volumesInUse: [String]
    package var volumesAttached: [AttachedVolume]
    @BoxedOptional package var config: NodeConfigStatus?
    package var runtimeHandlers: [NodeRuntimeHandler]
    package var features: NodeFeatures?

    package init() {
      self.capacity = [:]
      self.allocatable = [:]
      self.phase = ""
      self.conditions = []
      self.addresses = []
      self.daemonEndpoints = NodeDaemonEndpoints()
      self.images = []
      self.volumesInUse = []
      self.volumesAttached = []
      self.runtimeHandlers = []
      self.features = nil
    }

    package init(
      capacity: [String: Quantity] = [:],
      allocatable: [String: Quantity] = [:],
      phase: String = "",
      conditions: [NodeCondition] = [],
      addresses: [NodeAddress] = [],
      daemonEndpoints: NodeDaemonEndpoints = NodeDaemonEndpoints(),
      nodeInfo: NodeSystemInfo = NodeSystemInfo(),
      images: [ContainerImage] = [],
      volumesInUse: [String] = [],
      volumesAttached: [AttachedVolume] = [],
      config: NodeConfigStatus? = nil,
      runtimeHandlers: [NodeRuntimeHandler] = [],
      features: NodeFeatures? = nil
    ) {
      self.capacity = capacity
      self.allocatable = allocatable
      self.phase = phase
      self.conditions = conditions
      self.addresses = addresses
      self.daemonEndpoints = daemonEndpoints
      self.nodeInfo = nodeInfo
      self.images = images
      self.volumesInUse = volumesInUse
      self.volumesAttached = volumesAttached
      self.config = config
      self.runtimeHandlers = runtimeHandlers
      self.features = features
    }

    private static let fields = FieldTable([
      "capacity", "allocatable", "phase", "conditions", "addresses", "daemonEndpoints", "nodeInfo",
      "images", "volumesInUse", "volumesAttached", "config", "runtimeHandlers", "features",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.capacity = try reader.readMap()
        case 1: self.allocatable = try reader.readMap()
        case 2: self.phase = try reader.readString()
        case 3: self.conditions = try reader.readArray()
        case 4: self.addresses = try reader.readArray()
        case 5: self.daemonEndpoints = try NodeDaemonEndpoints(from: &reader)
        case 6: self.nodeInfo = try NodeSystemInfo(from: &reader)
        case 7: self.images = try reader.readArray()
        case 8: self.volumesInUse = try reader.readArray()
        case 9: self.volumesAttached = try reader.readArray()
        case 10: self.config = try NodeConfigStatus(from: &reader)
        case 11: self.runtimeHandlers = try reader.readArray()
        case 12: self.features = try NodeFeatures(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !capacity.isEmpty {
        writer.key("capacity")
        writer.write(map: capacity)
      }
      if !allocatable.isEmpty {
        writer.key("allocatable")
        writer.write(map: allocatable)
      }
      if !phase.isEmpty {
        writer.key("phase")
        writer.write(phase)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      if !addresses.isEmpty {
        writer.key("addresses")
        writer.write(array: addresses)
      }
      writer.key("daemonEndpoints")
      daemonEndpoints.write(to: &writer)
      writer.key("nodeInfo")
      nodeInfo.write(to: &writer)
      if !images.isEmpty {
        writer.key("images")
        writer.write(array: images)
      }
      if !volumesInUse.isEmpty {
        writer.key("volumesInUse")
        writer.write(array: volumesInUse)
      }
      if !volumesAttached.isEmpty {
        writer.key("volumesAttached")
        writer.write(array: volumesAttached)
      }
      if let config {
        writer.key("config")
        config.write(to: &writer)
      }
      if !runtimeHandlers.isEmpty {
        writer.key("runtimeHandlers")
        writer.write(array: runtimeHandlers)
      }
      if let features {
        writer.key("features")
        features.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `NodeSwapStatus` of `core/v1`.
  package struct NodeSwapStatus: JSONCodable {
    package var capacity: Int64?

    package init() {
      self.capacity = nil
    }

    package init(
      capacity: Int64? = nil
    ) {
      self.capacity = capacity
    }

    private static let fields = FieldTable([
      "capacity",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.capacity = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let capacity {
        writer.key("capacity")
        writer.write(capacity)
      }
      writer.endObject()
    }
  }

  /// `NodeSystemInfo` of `core/v1`.
  package struct NodeSystemInfo: JSONCodable {
    package var machineID: String
    package var systemUUID: String
    package var bootID: String
    package var kernelVersion: String
    package var osImage: String
    package var containerRuntimeVersion: String
    package var kubeletVersion: String
    package var kubeProxyVersion: String
    package var operatingSystem: String
    package var architecture: String
    package var swap: NodeSwapStatus?

    package init() {
      self.machineID = ""
      self.systemUUID = ""
      self.bootID = ""
      self.kernelVersion = ""
      self.osImage = ""
      self.containerRuntimeVersion = ""
      self.kubeletVersion = ""
      self.kubeProxyVersion = ""
      self.operatingSystem = ""
      self.architecture = ""
      self.swap = nil
    }

    package init(
      machineID: String = "",
      systemUUID: String = "",
      bootID: String = "",
      kernelVersion: String = "",
      osImage: String = "",
      containerRuntimeVersion: String = "",
      kubeletVersion: String = "",
      kubeProxyVersion: String = "",
      operatingSystem: String = "",
      architecture: String = "",
      swap: NodeSwapStatus? = nil
    ) {
      self.machineID = machineID
      self.systemUUID = systemUUID
      self.bootID = bootID
      self.kernelVersion = kernelVersion
      self.osImage = osImage
      self.containerRuntimeVersion = containerRuntimeVersion
      self.kubeletVersion = kubeletVersion
      self.kubeProxyVersion = kubeProxyVersion
      self.operatingSystem = operatingSystem
      self.architecture = architecture
      self.swap = swap
    }

    private static let fields = FieldTable([
      "machineID", "systemUUID", "bootID", "kernelVersion", "osImage", "containerRuntimeVersion",
      "kubeletVersion", "kubeProxyVersion", "operatingSystem", "architecture", "swap",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.machineID = try reader.readString()
        case 1: self.systemUUID = try reader.readString()
        case 2: self.bootID = try reader.readString()
        case 3: self.kernelVersion = try reader.readString()
        case 4: self.osImage = try reader.readString()
        case 5: self.containerRuntimeVersion = try reader.readString()
        case 6: self.kubeletVersion = try reader.readString()
        case 7: self.kubeProxyVersion = try reader.readString()
        case 8: self.operatingSystem = try reader.readString()
        case 9: self.architecture = try reader.readString()
        case 10: self.swap = try NodeSwapStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("machineID")
      writer.write(machineID)
      writer.key("systemUUID")
      writer.write(systemUUID)
      writer.key("bootID")
      writer.write(bootID)
      writer.key("kernelVersion")
      writer.write(kernelVersion)
      writer.key("osImage")
      writer.write(osImage)
      writer.key("containerRuntimeVersion")
      writer.write(containerRuntimeVersion)
      writer.key("kubeletVersion")
      writer.write(kubeletVersion)
      writer.key("kubeProxyVersion")
      writer.write(kubeProxyVersion)
      writer.key("operatingSystem")
      writer.write(operatingSystem)
      writer.key("architecture")
      writer.write(architecture)
      if let swap {
        writer.key("swap")
        swap.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
