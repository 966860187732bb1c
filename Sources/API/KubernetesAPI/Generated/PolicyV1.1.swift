// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `policy/v1`.
package enum PolicyV1 {}

extension PolicyV1 {
  /// `Eviction` of `policy/v1`.
  package struct Eviction: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "policy/v1"
    package static let kind = "Eviction"
    package static let resource = ResourceDescription(
      group: "policy", version: "v1", kind: kind, plural: "evictions",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @BoxedOptional package var deleteOptions: MetaV1.DeleteOptions?

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      deleteOptions: MetaV1.DeleteOptions? = nil
    ) {
      self.metadata = metadata
      self.deleteOptions = deleteOptions
    }

    private static let fields = FieldTable([
      "metadata", "deleteOptions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.deleteOptions = try MetaV1.DeleteOptions(from: &reader)
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
      if let deleteOptions {
        writer.key("deleteOptions")
        deleteOptions.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PodDisruptionBudget` of `policy/v1`.
  package struct PodDisruptionBudget: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "policy/v1"
    package static let kind = "PodDisruptionBudget"
    package static let resource = ResourceDescription(
      group: "policy", version: "v1", kind: kind, plural: "poddisruptionbudgets",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: PodDisruptionBudgetSpec
    package var status: PodDisruptionBudgetStatus

    package init() {
      self.spec = PodDisruptionBudgetSpec()
      self.status = PodDisruptionBudgetStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PodDisruptionBudgetSpec = PodDisruptionBudgetSpec(),
      status: PodDisruptionBudgetStatus = PodDisruptionBudgetStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try PodDisruptionBudgetSpec(from: &reader)
        case 2: self.status = try PodDisruptionBudgetStatus(from: &reader)
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
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodDisruptionBudgetList` of `policy/v1`.
  package struct PodDisruptionBudgetList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "policy/v1"
    package static let kind = "PodDisruptionBudgetList"
    package var metadata: MetaV1.ListMeta
    package var items: [PodDisruptionBudget]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PodDisruptionBudget] = []
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

  /// `PodDisruptionBudgetSpec` of `policy/v1`.
  package struct PodDisruptionBudgetSpec: JSONCodable {
    package var minAvailable: IntOrString?
    package var selector: MetaV1.LabelSelector?
    package var maxUnavailable: IntOrString?
    package var unhealthyPodEvictionPolicy: String?

    package init() {
      self.minAvailable = nil
      self.selector = nil
      self.maxUnavailable = nil
      self.unhealthyPodEvictionPolicy = nil
    }

    package init(
      minAvailable: IntOrString? = nil,
      selector: MetaV1.LabelSelector? = nil,
      maxUnavailable: IntOrString? = nil,
      unhealthyPodEvictionPolicy: String? = nil
    ) {
      self.minAvailable = minAvailable
      self.selector = selector
      self.maxUnavailable = maxUnavailable
      self.unhealthyPodEvictionPolicy = unhealthyPodEvictionPolicy
    }

    private static let fields = FieldTable([
      "minAvailable", "selector", "maxUnavailable", "unhealthyPodEvictionPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.minAvailable = try IntOrString(from: &reader)
        case 1: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.maxUnavailable = try IntOrString(from: &reader)
        case 3: self.unhealthyPodEvictionPolicy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let minAvailable {
        writer.key("minAvailable")
        minAvailable.write(to: &writer)
      }
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      if let maxUnavailable {
        writer.key("maxUnavailable")
        maxUnavailable.write(to: &writer)
      }
      if let unhealthyPodEvictionPolicy {
        writer.key("unhealthyPodEvictionPolicy")
        writer.write(unhealthyPodEvictionPolicy)
      }
      writer.endObject()
    }
  }

  /// `PodDisruptionBudgetStatus` of `policy/v1`.
  package struct PodDisruptionBudgetStatus: JSONCodable {
    package var observedGeneration: Int64
    package var disruptedPods: [String: Time]
    package var disruptionsAllowed: Int32
    package var currentHealthy: Int32
    package var desiredHealthy: Int32
    package var expectedPods: Int32
    package var conditions: [MetaV1.Condition]

    package init() {
      self.observedGeneration = 0
      self.disruptedPods = [:]
      self.disruptionsAllowed = 0
      self.currentHealthy = 0
      self.desiredHealthy = 0
      self.expectedPods = 0
      self.conditions = []
    }

    package init(
      observedGeneration: Int64 = 0,
      disruptedPods: [String: Time] = [:],
      disruptionsAllowed: Int32 = 0,
      currentHealthy: Int32 = 0,
      desiredHealthy: Int32 = 0,
      expectedPods: Int32 = 0,
      conditions: [MetaV1.Condition] = []
    ) {
      self.observedGeneration = observedGeneration
      self.disruptedPods = disruptedPods
      self.disruptionsAllowed = disruptionsAllowed
      self.currentHealthy = currentHealthy
      self.desiredHealthy = desiredHealthy
      self.expectedPods = expectedPods
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "observedGeneration", "disruptedPods", "disruptionsAllowed", "currentHealthy", "desiredHealthy",
      "expectedPods", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.disruptedPods = try reader.readMap()
        case 2: self.disruptionsAllowed = try reader.readInt32()
        case 3: self.currentHealthy = try reader.readInt32()
        case 4: self.desiredHealthy = try reader.readInt32()
        case 5: self.expectedPods = try reader.readInt32()
        case 6: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if !disruptedPods.isEmpty {
        writer.key("disruptedPods")
        writer.write(map: disruptedPods)
      }
      writer.key("disruptionsAllowed")
      writer.write(disruptionsAllowed)
      writer.key("currentHealthy")
      writer.write(currentHealthy)
      writer.key("desiredHealthy")
      writer.write(desiredHealthy)
      writer.key("expectedPods")
      writer.write(expectedPods)
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }
}
