// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ServiceAccountList` of `core/v1`.
  package struct ServiceAccountList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceAccountList"
    package var metadata: MetaV1.ListMeta
    package var items: [ServiceAccount]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ServiceAccount] = []
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

  /// `ServiceAccountTokenProjection` of `core/v1`.
  package struct ServiceAccountTokenProjection: JSONCodable {
    package var audience: String
    package var expirationSeconds: Int64?
    package var path: String

    package init() {
      self.audience = ""
      self.expirationSeconds = nil
      self.path = ""
    }

    package init(
      audience: String = "",
      expirationSeconds: Int64? = nil,
      path: String = ""
    ) {
      self.audience = audience
      self.expirationSeconds = expirationSeconds
      self.path = path
    }

    private static let fields = FieldTable([
      "audience", "expirationSeconds", "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.audience = try reader.readString()
        case 1: self.expirationSeconds = try reader.readInt64()
        case 2: self.path = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !audience.isEmpty {
        writer.key("audience")
        writer.write(audience)
      }
      if let expirationSeconds {
        writer.key("expirationSeconds")
        writer.write(expirationSeconds)
      }
      writer.key("path")
      writer.write(path)
      writer.endObject()
    }
  }

  /// `ServiceList` of `core/v1`.
  package struct ServiceList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceList"
    package var metadata: MetaV1.ListMeta
    package var items: [Service]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Service] = []
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

  /// `ServicePort` of `core/v1`.
  package struct ServicePort: JSONCodable {
    package var name: String
    package var `protocol`: String
    package var appProtocol: String?
    package var port: Int32
    package var targetPort: IntOrString
    package var nodePort: Int32

    package init() {
      self.name = ""
      self.`protocol` = ""
      self.appProtocol = nil
      self.port = 0
      self.targetPort = IntOrString()
      self.nodePort = 0
    }

    package init(
      name: String = "",
      `protocol`: String = "",
      appProtocol: String? = nil,
      port: Int32 = 0,
      targetPort: IntOrString = IntOrString(),
      nodePort: Int32 = 0
    ) {
      self.name = name
      self.`protocol` = `protocol`
      self.appProtocol = appProtocol
      self.port = port
      self.targetPort = targetPort
      self.nodePort = nodePort
    }

    private static let fields = FieldTable([
      "name", "protocol", "appProtocol", "port", "targetPort", "nodePort",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.`protocol` = try reader.readString()
        case 2: self.appProtocol = try reader.readString()
        case 3: self.port = try reader.readInt32()
        case 4: self.targetPort = try IntOrString(from: &reader)
        case 5: self.nodePort = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !`protocol`.isEmpty {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if let appProtocol {
        writer.key("appProtocol")
        writer.write(appProtocol)
      }
      writer.key("port")
      writer.write(port)
      if targetPort != IntOrString() {
        writer.key("targetPort")
        targetPort.write(to: &writer)
      }
      if nodePort != 0 {
        writer.key("nodePort")
        writer.write(nodePort)
      }
      writer.endObject()
    }
  }

  /// `ServiceProxyOptions` of `core/v1`.
  package struct ServiceProxyOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceProxyOptions"
    package var path: String

    package init() {
      self.path = ""
    }

    package init(
      path: String = ""
    ) {
      self.path = path
    }

    private static let fields = FieldTable([
      "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
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
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      writer.endObject()
    }
  }

  /// `ServiceSpec` of `core/v1`.
  package struct ServiceSpec: JSONCodable {
    package var ports: [ServicePort]
    package var selector: [String: String]
    package var clusterIP: String
    package var clusterIPs: [String]
    package var type: String
    package var externalIPs: [String]
    package var sessionAffinity: String
    package var loadBalancerIP: String
    package var loadBalancerSourceRanges: [String]
    package var externalName: String
    package var externalTrafficPolicy: String
    package var healthCheckNodePort: Int32
    package var publishNotReadyAddresses: Bool
    package var sessionAffinityConfig: SessionAffinityConfig?
    package var ipFamilies: [String]
    package var ipFamilyPolicy: String?
    package var allocateLoadBalancerNodePorts: Bool?
    package var loadBalancerClass: String?
    package var internalTrafficPolicy: String?
    package var trafficDistribution: String?

    package init() {
      self.ports = []
      self.selector = [:]
      self.clusterIP = ""
      self.clusterIPs = []
      self.type = ""
      self.externalIPs = []
      self.sessionAffinity = ""
      self.loadBalancerIP = ""
      self.loadBalancerSourceRanges = []
      self.externalName = ""
      self.externalTrafficPolicy = ""
      self.healthCheckNodePort = 0
      self.publishNotReadyAddresses = false
      self.sessionAffinityConfig = nil
      self.ipFamilies = []
      self.ipFamilyPolicy = nil
      self.allocateLoadBalancerNodePorts = nil
      self.loadBalancerClass = nil
      self.internalTrafficPolicy = nil
      self.trafficDistribution = nil
    }

    package init(
      ports: [ServicePort] = [],
      selector: [String: String] = [:],
      clusterIP: String = "",
      clusterIPs: [String] = [],
      type: String = "",
      externalIPs: [String] = [],
      sessionAffinity: String = "",
      loadBalancerIP: String = "",
      loadBalancerSourceRanges: [String] = [],
      externalName: String = "",
      externalTrafficPolicy: String = "",
      healthCheckNodePort: Int32 = 0,
      publishNotReadyAddresses: Bool = false,
      sessionAffinityConfig: SessionAffinityConfig? = nil,
      ipFamilies: [String] = [],
      ipFamilyPolicy: String? = nil,
      allocateLoadBalancerNodePorts: Bool? = nil,
      loadBalancerClass: String? = nil,
      internalTrafficPolicy: String? = nil,
      trafficDistribution: String? = nil
    ) {
      self.ports = ports
      self.selector = selector
      self.clusterIP = clusterIP
      self.clusterIPs = clusterIPs
      self.type = type
      self.externalIPs = externalIPs
      self.sessionAffinity = sessionAffinity
      self.loadBalancerIP = loadBalancerIP
      self.loadBalancerSourceRanges = loadBalancerSourceRanges
      self.externalName = externalName
      self.externalTrafficPolicy = externalTrafficPolicy
      self.healthCheckNodePort = healthCheckNodePort
      self.publishNotReadyAddresses = publishNotReadyAddresses
      self.sessionAffinityConfig = sessionAffinityConfig
      self.ipFamilies = ipFamilies
      self.ipFamilyPolicy = ipFamilyPolicy
      self.allocateLoadBalancerNodePorts = allocateLoadBalancerNodePorts
      self.loadBalancerClass = loadBalancerClass
      self.internalTrafficPolicy = internalTrafficPolicy
      self.trafficDistribution = trafficDistribution
    }

    private static let fields = FieldTable([
      "ports", "selector", "clusterIP", "clusterIPs", "type", "externalIPs", "sessionAffinity",
      "loadBalancerIP", "loadBalancerSourceRanges", "externalName", "externalTrafficPolicy",
      "healthCheckNodePort", "publishNotReadyAddresses", "sessionAffinityConfig", "ipFamilies",
      "ipFamilyPolicy", "allocateLoadBalancerNodePorts", "loadBalancerClass", "internalTrafficPolicy",
      "trafficDistribution",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ports = try reader.readArray()
        case 1: self.selector = try reader.readMap()
        case 2: self.clusterIP = try reader.readString()
        case 3: self.clusterIPs = try reader.readArray()
        case 4: self.type = try reader.readString()
        case 5: self.externalIPs = try reader.readArray()
        case 6: self.sessionAffinity = try reader.readString()
        case 7: self.loadBalancerIP = try reader.readString()
        case 8: self.loadBalancerSourceRanges = try reader.readArray()
        case 9: self.externalName = try reader.readString()
        case 10: self.externalTrafficPolicy = try reader.readString()
        case 11: self.healthCheckNodePort = try reader.readInt32()
        case 12: self.publishNotReadyAddresses = try reader.readBool()
        case 13: self.sessionAffinityConfig = try SessionAffinityConfig(from: &reader)
        case 14: self.ipFamilies = try reader.readArray()
        case 15: self.ipFamilyPolicy = try reader.readString()
        case 16: self.allocateLoadBalancerNodePorts = try reader.readBool()
        case 17: self.loadBalancerClass = try reader.readString()
        case 18: self.internalTrafficPolicy = try reader.readString()
        case 19: self.trafficDistribution = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      if !selector.isEmpty {
        writer.key("selector")
        writer.write(map: selector)
      }
      if !clusterIP.isEmpty {
        writer.key("clusterIP")
        writer.write(clusterIP)
      }
      if !clusterIPs.isEmpty {
        writer.key("clusterIPs")
        writer.write(array: clusterIPs)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if !externalIPs.isEmpty {
        writer.key("externalIPs")
        writer.write(array: externalIPs)
      }
      if !sessionAffinity.isEmpty {
        writer.key("sessionAffinity")
        writer.write(sessionAffinity)
      }
      if !loadBalancerIP.isEmpty {
        writer.key("loadBalancerIP")
        writer.write(loadBalancerIP)
      }
      if !loadBalancerSourceRanges.isEmpty {
        writer.key("loadBalancerSourceRanges")
        writer.write(array: loadBalancerSourceRanges)
      }
      if !externalName.isEmpty {
        writer.key("externalName")
        writer.write(externalName)
      }
      if !externalTrafficPolicy.isEmpty {
        writer.key("externalTrafficPolicy")
        writer.write(externalTrafficPolicy)
      }
      if healthCheckNodePort != 0 {
        writer.key("healthCheckNodePort")
        writer.write(healthCheckNodePort)
      }
      if publishNotReadyAddresses {
        writer.key("publishNotReadyAddresses")
        writer.write(publishNotReadyAddresses)
      }
      if let sessionAffinityConfig {
        writer.key("sessionAffinityConfig")
        sessionAffinityConfig.write(to: &writer)
      }
      if !ipFamilies.isEmpty {
        writer.key("ipFamilies")
        writer.write(array: ipFamilies)
      }
      if let ipFamilyPolicy {
        writer.key("ipFamilyPolicy")
        writer.write(ipFamilyPolicy)
      }
      if let allocateLoadBalancerNodePorts {
        writer.key("allocateLoadBalancerNodePorts")
        writer.write(allocateLoadBalancerNodePorts)
      }
      if let loadBalancerClass {
        writer.key("loadBalancerClass")
        writer.write(loadBalancerClass)
      }
      if let internalTrafficPolicy {
        writer.key("internalTrafficPolicy")
        writer.write(internalTrafficPolicy)
      }
      if let trafficDistribution {
        writer.key("trafficDistribution")
        writer.write(trafficDistribution)
      }
      writer.endObject()
    }
  }
}
