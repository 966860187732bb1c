// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `discovery.k8s.io/v1`.
package enum DiscoveryV1 {}

extension DiscoveryV1 {
  /// `Endpoint` of `discovery.k8s.io/v1`.
  package struct Endpoint: JSONCodable {
    package var addresses: [String]
    package var conditions: EndpointConditions
    package var hostname: String?
    @BoxedOptional package var targetRef: CoreV1.ObjectReference?
    package var deprecatedTopology: [String: String]
    package var nodeName: String?
    package var zone: String?
    package var hints: EndpointHints?

    package init() {
      self.addresses = []
      self.conditions = EndpointConditions()
      self.hostname = nil
      self.deprecatedTopology = [:]
      self.nodeName = nil
      self.zone = nil
      self.hints = nil
    }

    package init(
      addresses: [String] = [],
      conditions: EndpointConditions = EndpointConditions(),
      hostname: String? = nil,
      targetRef: CoreV1.ObjectReference? = nil,
      deprecatedTopology: [String: String] = [:],
      nodeName: String? = nil,
      zone: String? = nil,
      hints: EndpointHints? = nil
    ) {
      self.addresses = addresses
      self.conditions = conditions
      self.hostname = hostname
      self.targetRef = targetRef
      self.deprecatedTopology = deprecatedTopology
      self.nodeName = nodeName
      self.zone = zone
      self.hints = hints
    }

    private static let fields = FieldTable([
      "addresses", "conditions", "hostname", "targetRef", "deprecatedTopology", "nodeName", "zone",
      "hints",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.addresses = try reader.readArray()
        case 1: self.conditions = try EndpointConditions(from: &reader)
        case 2: self.hostname = try reader.readString()
        case 3: self.targetRef = try CoreV1.ObjectReference(from: &reader)
        case 4: self.deprecatedTopology = try reader.readMap()
        case 5: self.nodeName = try reader.readString()
        case 6: self.zone = try reader.readString()
        case 7: self.hints = try EndpointHints(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("addresses")
      writer.write(array: addresses)
      writer.key("conditions")
      conditions.write(to: &writer)
      if let hostname {
        writer.key("hostname")
        writer.write(hostname)
      }
      if let targetRef {
        writer.key("targetRef")
        targetRef.write(to: &writer)
      }
      if !deprecatedTopology.isEmpty {
        writer.key("deprecatedTopology")
        writer.write(map: deprecatedTopology)
      }
      if let nodeName {
        writer.key("nodeName")
        writer.write(nodeName)
      }
      if let zone {
        writer.key("zone")
        writer.write(zone)
      }
      if let hints {
        writer.key("hints")
        hints.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `EndpointConditions` of `discovery.k8s.io/v1`.
  package struct EndpointConditions: JSONCodable {
    package var ready: Bool?
    package var serving: Bool?
    package var terminating: Bool?

    package init() {
      self.ready = nil
      self.serving = nil
      self.terminating = nil
    }

    package init(
      ready: Bool? = nil,
      serving: Bool? = nil,
      terminating: Bool? = nil
    ) {
      self.ready = ready
      self.serving = serving
      self.terminating = terminating
    }

    private static let fields = FieldTable([
      "ready", "serving", "terminating",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ready = try reader.readBool()
        case 1: self.serving = try reader.readBool()
        case 2: self.terminating = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let ready {
        writer.key("ready")
        writer.write(ready)
      }
      if let serving {
        writer.key("serving")
        writer.write(serving)
      }
      if let terminating {
        writer.key("terminating")
        writer.write(terminating)
      }
      writer.endObject()
    }
  }

  /// `EndpointHints` of `discovery.k8s.io/v1`.
  package struct EndpointHints: JSONCodable {
    package var forZones: [ForZone]
    package var forNodes: [ForNode]

    package init() {
      self.forZones = []
      self.forNodes = []
    }

    package init(
      forZones: [ForZone] = [],
      forNodes: [ForNode] = []
    ) {
      self.forZones = forZones
      self.forNodes = forNodes
    }

    private static let fields = FieldTable([
      "forZones", "forNodes",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.forZones = try reader.readArray()
        case 1: self.forNodes = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !forZones.isEmpty {
        writer.key("forZones")
        writer.write(array: forZones)
      }
      if !forNodes.isEmpty {
        writer.key("forNodes")
        writer.write(array: forNodes)
      }
      writer.endObject()
    }
  }

  /// `EndpointPort` of `discovery.k8s.io/v1`.
  package struct EndpointPort: JSONCodable {
    package var name: String?
    package var `protocol`: String?
    package var port: Int32?
    package var appProtocol: String?

    package init() {
      self.name = nil
      self.`protocol` = nil
      self.port = nil
      self.appProtocol = nil
    }

    package init(
      name: String? = nil,
      `protocol`: String? = nil,
      port: Int32? = nil,
      appProtocol: String? = nil
    ) {
      self.name = name
      self.`protocol` = `protocol`
      self.port = port
      self.appProtocol = appProtocol
    }

    private static let fields = FieldTable([
      "name", "protocol", "port", "appProtocol",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.`protocol` = try reader.readString()
        case 2: self.port = try reader.readInt32()
        case 3: self.appProtocol = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let name {
        writer.key("name")
        writer.write(name)
      }
      if let `protocol` {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if let port {
        writer.key("port")
        writer.write(port)
      }
      if let appProtocol {
        writer.key("appProtocol")
        writer.write(appProtocol)
      }
      writer.endObject()
    }
  }

  /// `EndpointSlice` of `discovery.k8s.io/v1`.
  package struct EndpointSlice: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "discovery.k8s.io/v1"
    package static let kind = "EndpointSlice"
    package static let resource = ResourceDescription(
      group: "discovery.k8s.io", version: "v1", kind: kind, plural: "endpointslices",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var addressType: String
    package var endpoints: [Endpoint]
    package var ports: [EndpointPort]

    package init() {
      self.addressType = ""
      self.endpoints = []
      self.ports = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      addressType: String = "",
      endpoints: [Endpoint] = [],
      ports: [EndpointPort] = []
    ) {
      self.metadata = metadata
      self.addressType = addressType
      self.endpoints = endpoints
      self.ports = ports
    }

    private static let fields = FieldTable([
      "metadata", "addressType", "endpoints", "ports",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.addressType = try reader.readString()
        case 2: self.endpoints = try reader.readArray()
        case 3: self.ports = try reader.readArray()
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
      writer.key("addressType")
      writer.write(addressType)
      writer.key("endpoints")
      writer.write(array: endpoints)
      writer.key("ports")
      writer.write(array: ports)
      writer.endObject()
    }
  }
}
