// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `scheduling.k8s.io/v1`.
package enum SchedulingV1 {}

extension SchedulingV1 {
  /// `PriorityClass` of `scheduling.k8s.io/v1`.
  package struct PriorityClass: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "scheduling.k8s.io/v1"
    package static let kind = "PriorityClass"
    package static let resource = ResourceDescription(
      group: "scheduling.k8s.io", version: "v1", kind: kind, plural: "priorityclasses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var value: Int32
    package var globalDefault: Bool
    package var description: String
    package var preemptionPolicy: String?

    package init() {
      self.value = 0
      self.globalDefault = false
      self.description = ""
      self.preemptionPolicy = nil
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      value: Int32 = 0,
      globalDefault: Bool = false,
      description: String = "",
      preemptionPolicy: String? = nil
    ) {
      self.metadata = metadata
      self.value = value
      self.globalDefault = globalDefault
      self.description = description
      self.preemptionPolicy = preemptionPolicy
    }

    private static let fields = FieldTable([
      "metadata", "value", "globalDefault", "description", "preemptionPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.value = try reader.readInt32()
        case 2: self.globalDefault = try reader.readBool()
        case 3: self.description = try reader.readString()
        case 4: self.preemptionPolicy = try reader.readString()
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
      writer.key("value")
      writer.write(value)
      if globalDefault {
        writer.key("globalDefault")
        writer.write(globalDefault)
      }
      if !description.isEmpty {
        writer.key("description")
        writer.write(description)
      }
      if let preemptionPolicy {
        writer.key("preemptionPolicy")
        writer.write(preemptionPolicy)
      }
      writer.endObject()
    }
  }

  /// `PriorityClassList` of `scheduling.k8s.io/v1`.
  package struct PriorityClassList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "scheduling.k8s.io/v1"
    package static let kind = "PriorityClassList"
    package var metadata: MetaV1.ListMeta
    package var items: [PriorityClass]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PriorityClass] = []
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
