// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `LimitRange` of `core/v1`.
  package struct LimitRange: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "LimitRange"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "limitranges",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: LimitRangeSpec

    package init() {
      self.spec = LimitRangeSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: LimitRangeSpec = LimitRangeSpec()
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
        case 1: self.spec = try LimitRangeSpec(from: &reader)
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

  /// `LimitRangeItem` of `core/v1`.
  package struct LimitRangeItem: JSONCodable {
    package var type: String
    package var max: [String: Quantity]
    package var min: [String: Quantity]
    package var `default`: [String: Quantity]
    package var defaultRequest: [String: Quantity]
    package var maxLimitRequestRatio: [String: Quantity]

    package init() {
      self.type = ""
      self.max = [:]
      self.min = [:]
      self.`default` = [:]
      self.defaultRequest = [:]
      self.maxLimitRequestRatio = [:]
    }

    package init(
      type: String = "",
      max: [String: Quantity] = [:],
      min: [String: Quantity] = [:],
      `default`: [String: Quantity] = [:],
      defaultRequest: [String: Quantity] = [:],
      maxLimitRequestRatio: [String: Quantity] = [:]
    ) {
      self.type = type
      self.max = max
      self.min = min
      self.`default` = `default`
      self.defaultRequest = defaultRequest
      self.maxLimitRequestRatio = maxLimitRequestRatio
    }

    private static let fields = FieldTable([
      "type", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.max = try reader.readMap()
        case 2: self.min = try reader.readMap()
        case 3: self.`default` = try reader.readMap()
        case 4: self.defaultRequest = try reader.readMap()
        case 5: self.maxLimitRequestRatio = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if !max.isEmpty {
        writer.key("max")
        writer.write(map: max)
      }
      if !min.isEmpty {
        writer.key("min")
        writer.write(map: min)
      }
      if !`default`.isEmpty {
        writer.key("default")
        writer.write(map: `default`)
      }
      if !defaultRequest.isEmpty {
        writer.key("defaultRequest")
        writer.write(map: defaultRequest)
      }
      if !maxLimitRequestRatio.isEmpty {
        writer.key("maxLimitRequestRatio")
        writer.write(map: maxLimitRequestRatio)
      }
      writer.endObject()
    }
  }

  /// `LimitRangeList` of `core/v1`.
  package struct LimitRangeList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "LimitRangeList"
    package var metadata: MetaV1.ListMeta
    package var items: [LimitRange]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [LimitRange] = []
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

  /// `LimitRangeSpec` of `core/v1`.
  package struct LimitRangeSpec: JSONCodable {
    package var limits: [LimitRangeItem]

    package init() {
      self.limits = []
    }

    package init(
      limits: [LimitRangeItem] = []
    ) {
      self.limits = limits
    }

    private static let fields = FieldTable([
      "limits",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.limits = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("limits")
      writer.write(array: limits)
      writer.endObject()
    }
  }

  /// `LinuxContainerUser` of `core/v1`.
  package struct LinuxContainerUser: JSONCodable {
    package var uid: Int64
    package var gid: Int64
    package var supplementalGroups: [Int64]

    package init() {
      self.uid = 0
      self.gid = 0
      self.supplementalGroups = []
    }

    package init(
      uid: Int64 = 0,
      gid: Int64 = 0,
      supplementalGroups: [Int64] = []
    ) {
      self.uid = uid
      self.gid = gid
      self.supplementalGroups = supplementalGroups
    }

    private static let fields = FieldTable([
      "uid", "gid", "supplementalGroups",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readInt64()
        case 1: self.gid = try reader.readInt64()
        case 2: self.supplementalGroups = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("uid")
      writer.write(uid)
      writer.key("gid")
      writer.write(gid)
      if !supplementalGroups.isEmpty {
        writer.key("supplementalGroups")
        writer.write(array: supplementalGroups)
      }
      writer.endObject()
    }
  }

  /// `List` of `core/v1`.
  package struct List: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "List"
    package var metadata: MetaV1.ListMeta
    package var items: [JSONValue]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [JSONValue] = []
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
}
