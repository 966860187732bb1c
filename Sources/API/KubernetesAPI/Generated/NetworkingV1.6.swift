// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `ServiceCIDRSpec` of `networking.k8s.io/v1`.
  package struct ServiceCIDRSpec: JSONCodable {
    package var cidrs: [String]

    package init() {
      self.cidrs = []
    }

    package init(
      cidrs: [String] = []
    ) {
      self.cidrs = cidrs
    }

    private static let fields = FieldTable([
      "cidrs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.cidrs = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !cidrs.isEmpty {
        writer.key("cidrs")
        writer.write(array: cidrs)
      }
      writer.endObject()
    }
  }

  /// `ServiceCIDRStatus` of `networking.k8s.io/v1`.
  package struct ServiceCIDRStatus: JSONCodable {
    package var conditions: [MetaV1.Condition]

    package init() {
      self.conditions = []
    }

    package init(
      conditions: [MetaV1.Condition] = []
    ) {
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }
}
