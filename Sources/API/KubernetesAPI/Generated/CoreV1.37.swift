// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ServiceProxyOptions` of `core/v1`.
  package struct ServiceProxyOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceProxyOptions"
    package var path: String = ""

    package init() {}
    package init(
      path: String = ""
    ) {
      self.path = path
    }

    private static let fields = FieldTable([
      "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var ports: [ServicePort] = []
    package var selector: [String: String] = [:]
    package var clusterIP: String = ""
    package var clusterIPs: [String] = []
    package var type: String = ""
    package var externalIPs: [String] = []
    package var sessionAffinity: String = ""
    package var loadBalancerIP: String = ""
    package var loadBalancerSourceRanges: [String] = []
    package var externalName: String = ""
    package var externalTrafficPolicy: String = ""
    package var healthCheckNodePort: Int32 = 0
    package var publishNotReadyAddresses: Bool = false
    package var sessionAffinityConfig: SessionAffinityConfig?
    package var ipFamilies: [String] = []
    package var ipFamilyPolicy: String?
    package var allocateLoadBalancerNodePorts: Bool?
    package var loadBalancerClass: String?
    package var internalTrafficPolicy: String?
    package var trafficDistribution: String?

    package init() {}
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

  /// `ServiceStatus` of `core/v1`.
  package struct ServiceStatus: JSONCodable {
    package var loadBalancer: LoadBalancerStatus = LoadBalancerStatus()
    package var conditions: [MetaV1.Condition] = []

    package init() {}
    package init(
      loadBalancer: LoadBalancerStatus = LoadBalancerStatus(),
      conditions: [MetaV1.Condition] = []
    ) {
      self.loadBalancer = loadBalancer
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "loadBalancer", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.loadBalancer = try LoadBalancerStatus(from: &reader)
        case 1: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("loadBalancer")
      loadBalancer.write(to: &writer)
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `SessionAffinityConfig` of `core/v1`.
  package struct SessionAffinityConfig: JSONCodable {
    package var clientIP: ClientIPConfig?

    package init() {}
    package init(
      clientIP: ClientIPConfig? = nil
    ) {
      self.clientIP = clientIP
    }

    private static let fields = FieldTable([
      "clientIP",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.clientIP = try ClientIPConfig(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let clientIP {
        writer.key("clientIP")
        clientIP.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
