// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `coordination.k8s.io/v1`.
package enum CoordinationV1 {}

extension CoordinationV1 {
  /// `Lease` of `coordination.k8s.io/v1`.
  package struct Lease: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "coordination.k8s.io/v1"
    package static let kind = "Lease"
    package static let resource = ResourceDescription(
      group: "coordination.k8s.io", version: "v1", kind: kind, plural: "leases",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: LeaseSpec

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: LeaseSpec = LeaseSpec()
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
        case 1: self.spec = try LeaseSpec(from: &reader)
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

  /// `LeaseList` of `coordination.k8s.io/v1`.
  package struct LeaseList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "coordination.k8s.io/v1"
    package static let kind = "LeaseList"
    package var metadata: MetaV1.ListMeta
    package var items: [Lease]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Lease] = []
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

  /// `LeaseSpec` of `coordination.k8s.io/v1`.
  package struct LeaseSpec: JSONCodable {
    package var holderIdentity: String?
    package var leaseDurationSeconds: Int32?
    package var acquireTime: MicroTime?
    package var renewTime: MicroTime?
    package var leaseTransitions: Int32?
    package var strategy: String?
    package var preferredHolder: String?

    package init() {
      self.holderIdentity = nil
      self.leaseDurationSeconds = nil
      self.acquireTime = nil
      self.renewTime = nil
      self.leaseTransitions = nil
      self.strategy = nil
      self.preferredHolder = nil
    }

    package init(
      holderIdentity: String? = nil,
      leaseDurationSeconds: Int32? = nil,
      acquireTime: MicroTime? = nil,
      renewTime: MicroTime? = nil,
      leaseTransitions: Int32? = nil,
      strategy: String? = nil,
      preferredHolder: String? = nil
    ) {
      self.holderIdentity = holderIdentity
      self.leaseDurationSeconds = leaseDurationSeconds
      self.acquireTime = acquireTime
      self.renewTime = renewTime
      self.leaseTransitions = leaseTransitions
      self.strategy = strategy
      self.preferredHolder = preferredHolder
    }

    private static let fields = FieldTable([
      "holderIdentity", "leaseDurationSeconds", "acquireTime", "renewTime", "leaseTransitions",
      "strategy", "preferredHolder",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.holderIdentity = try reader.readString()
        case 1: self.leaseDurationSeconds = try reader.readInt32()
        case 2: self.acquireTime = try MicroTime(from: &reader)
        case 3: self.renewTime = try MicroTime(from: &reader)
        case 4: self.leaseTransitions = try reader.readInt32()
        case 5: self.strategy = try reader.readString()
        case 6: self.preferredHolder = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let holderIdentity {
        writer.key("holderIdentity")
        writer.write(holderIdentity)
      }
      if let leaseDurationSeconds {
        writer.key("leaseDurationSeconds")
        writer.write(leaseDurationSeconds)
      }
      if let acquireTime {
        writer.key("acquireTime")
        acquireTime.write(to: &writer)
      }
      if let renewTime {
        writer.key("renewTime")
        renewTime.write(to: &writer)
      }
      if let leaseTransitions {
        writer.key("leaseTransitions")
        writer.write(leaseTransitions)
      }
      if let strategy {
        writer.key("strategy")
        writer.write(strategy)
      }
      if let preferredHolder {
        writer.key("preferredHolder")
        writer.write(preferredHolder)
      }
      writer.endObject()
    }
  }
}
