// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `TCPSocketAction` of `core/v1`.
  package struct TCPSocketAction: JSONCodable {
    package var port: IntOrString
    package var host: String

    package init() {
      self.port = IntOrString()
      self.host = ""
    }

    package init(
      port: IntOrString = IntOrString(),
      host: String = ""
    ) {
      self.port = port
      self.host = host
    }

    private static let fields = FieldTable([
      "port", "host",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.port = try IntOrString(from: &reader)
        case 1: self.host = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("port")
      port.write(to: &writer)
      if !host.isEmpty {
        writer.key("host")
        writer.write(host)
      }
      writer.endObject()
    }
  }

  /// `Taint` of `core/v1`.
  package struct Taint: JSONCodable {
    package var key: String
    package var value: String
    package var effect: String
    package var timeAdded: Time?

    package init() {
      self.key = ""
      self.value = ""
      self.effect = ""
      self.timeAdded = nil
    }

    package init(
      key: String = "",
      value: String = "",
      effect: String = "",
      timeAdded: Time? = nil
    ) {
      self.key = key
      self.value = value
      self.effect = effect
      self.timeAdded = timeAdded
    }

    private static let fields = FieldTable([
      "key", "value", "effect", "timeAdded",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.value = try reader.readString()
        case 2: self.effect = try reader.readString()
        case 3: self.timeAdded = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      if !value.isEmpty {
        writer.key("value")
        writer.write(value)
      }
      writer.key("effect")
      writer.write(effect)
      if let timeAdded {
        writer.key("timeAdded")
        timeAdded.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `Toleration` of `core/v1`.
  package struct Toleration: JSONCodable {
    package var key: String
    package var `operator`: String
    package var value: String
    package var effect: String
    package var tolerationSeconds: Int64?

    package init() {
      self.key = ""
      self.`operator` = ""
      self.value = ""
      self.effect = ""
      self.tolerationSeconds = nil
    }

    package init(
      key: String = "",
      `operator`: String = "",
      value: String = "",
      effect: String = "",
      tolerationSeconds: Int64? = nil
    ) {
      self.key = key
      self.`operator` = `operator`
      self.value = value
      self.effect = effect
      self.tolerationSeconds = tolerationSeconds
    }

    private static let fields = FieldTable([
      "key", "operator", "value", "effect", "tolerationSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.`operator` = try reader.readString()
        case 2: self.value = try reader.readString()
        case 3: self.effect = try reader.readString()
        case 4: self.tolerationSeconds = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !key.isEmpty {
        writer.key("key")
        writer.write(key)
      }
      if !`operator`.isEmpty {
        writer.key("operator")
        writer.write(`operator`)
      }
      if !value.isEmpty {
        writer.key("value")
        writer.write(value)
      }
      if !effect.isEmpty {
        writer.key("effect")
        writer.write(effect)
      }
      if let tolerationSeconds {
        writer.key("tolerationSeconds")
        writer.write(tolerationSeconds)
      }
      writer.endObject()
    }
  }

  /// `TopologySelectorLabelRequirement` of `core/v1`.
  package struct TopologySelectorLabelRequirement: JSONCodable {
    package var key: String
    package var values: [String]

    package init() {
      self.key = ""
      self.values = []
    }

    package init(
      key: String = "",
      values: [String] = []
    ) {
      self.key = key
      self.values = values
    }

    private static let fields = FieldTable([
      "key", "values",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.values = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      writer.key("values")
      writer.write(array: values)
      writer.endObject()
    }
  }

  /// `TopologySelectorTerm` of `core/v1`.
  package struct TopologySelectorTerm: JSONCodable {
    package var matchLabelExpressions: [TopologySelectorLabelRequirement]

    package init() {
      self.matchLabelExpressions = []
    }

    package init(
      matchLabelExpressions: [TopologySelectorLabelRequirement] = []
    ) {
      self.matchLabelExpressions = matchLabelExpressions
    }

    private static let fields = FieldTable([
      "matchLabelExpressions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.matchLabelExpressions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !matchLabelExpressions.isEmpty {
        writer.key("matchLabelExpressions")
        writer.write(array: matchLabelExpressions)
      }
      writer.endObject()
    }
  }

  /// `TopologySpreadConstraint` of `core/v1`.
  package struct TopologySpreadConstraint: JSONCodable {
    package var maxSkew: Int32
    package var topologyKey: String
    package var whenUnsatisfiable: String
    package var labelSelector: MetaV1.LabelSelector?
    package var minDomains: Int32?
    package var nodeAffinityPolicy: String?
    package var nodeTaintsPolicy: String?
    package var matchLabelKeys: [String]

    package init() {
      self.maxSkew = 0
      self.topologyKey = ""
      self.whenUnsatisfiable = ""
      self.labelSelector = nil
      self.minDomains = nil
      self.nodeAffinityPolicy = nil
      self.nodeTaintsPolicy = nil
      self.matchLabelKeys = []
    }

    package init(
      maxSkew: Int32 = 0,
      topologyKey: String = "",
      whenUnsatisfiable: String = "",
      labelSelector: MetaV1.LabelSelector? = nil,
      minDomains: Int32? = nil,
      nodeAffinityPolicy: String? = nil,
      nodeTaintsPolicy: String? = nil,
      matchLabelKeys: [String] = []
    ) {
      self.maxSkew = maxSkew
      self.topologyKey = topologyKey
      self.whenUnsatisfiable = whenUnsatisfiable
      self.labelSelector = labelSelector
      self.minDomains = minDomains
      self.nodeAffinityPolicy = nodeAffinityPolicy
      self.nodeTaintsPolicy = nodeTaintsPolicy
      self.matchLabelKeys = matchLabelKeys
    }

    private static let fields = FieldTable([
      "maxSkew", "topologyKey", "whenUnsatisfiable", "labelSelector", "minDomains", "nodeAffinityPolicy",
      "nodeTaintsPolicy", "matchLabelKeys",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.maxSkew = try reader.readInt32()
        case 1: self.topologyKey = try reader.readString()
        case 2: self.whenUnsatisfiable = try reader.readString()
        case 3: self.labelSelector = try MetaV1.LabelSelector(from: &reader)
        case 4: self.minDomains = try reader.readInt32()
        case 5: self.nodeAffinityPolicy = try reader.readString()
        case 6: self.nodeTaintsPolicy = try reader.readString()
        case 7: self.matchLabelKeys = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("maxSkew")
      writer.write(maxSkew)
      writer.key("topologyKey")
      writer.write(topologyKey)
      writer.key("whenUnsatisfiable")
      writer.write(whenUnsatisfiable)
      if let labelSelector {
        writer.key("labelSelector")
        labelSelector.write(to: &writer)
      }
      if let minDomains {
        writer.key("minDomains")
        writer.write(minDomains)
      }
      if let nodeAffinityPolicy {
        writer.key("nodeAffinityPolicy")
        writer.write(nodeAffinityPolicy)
      }
      if let nodeTaintsPolicy {
        writer.key("nodeTaintsPolicy")
        writer.write(nodeTaintsPolicy)
      }
      if !matchLabelKeys.isEmpty {
        writer.key("matchLabelKeys")
        writer.write(array: matchLabelKeys)
      }
      writer.endObject()
    }
  }
}
