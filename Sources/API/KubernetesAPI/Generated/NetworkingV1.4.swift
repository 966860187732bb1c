// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `IngressStatus` of `networking.k8s.io/v1`.
  package struct IngressStatus: JSONCodable {
    package var loadBalancer: IngressLoadBalancerStatus

    package init() {
      self.loadBalancer = IngressLoadBalancerStatus()
    }

    package init(
      loadBalancer: IngressLoadBalancerStatus = IngressLoadBalancerStatus()
    ) {
      self.loadBalancer = loadBalancer
    }

    private static let fields = FieldTable([
      "loadBalancer",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.loadBalancer = try IngressLoadBalancerStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("loadBalancer")
      loadBalancer.write(to: &writer)
      writer.endObject()
    }
  }

  /// `IngressTLS` of `networking.k8s.io/v1`.
  package struct IngressTLS: JSONCodable {
    package var hosts: [String]
    package var secretName: String

    package init() {
      self.hosts = []
      self.secretName = ""
    }

    package init(
      hosts: [String] = [],
      secretName: String = ""
    ) {
      self.hosts = hosts
      self.secretName = secretName
    }

    private static let fields = FieldTable([
      "hosts", "secretName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hosts = try reader.readArray()
        case 1: self.secretName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hosts.isEmpty {
        writer.key("hosts")
        writer.write(array: hosts)
      }
      if !secretName.isEmpty {
        writer.key("secretName")
        writer.write(secretName)
      }
      writer.endObject()
    }
  }

  /// `NetworkPolicy` of `networking.k8s.io/v1`.
  package struct NetworkPolicy: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "NetworkPolicy"
    package static let resource = ResourceDescription(
      group: "networking.k8s.io", version: "v1", kind: kind, plural: "networkpolicies",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: NetworkPolicySpec

    package init() {
      self.spec = NetworkPolicySpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: NetworkPolicySpec = NetworkPolicySpec()
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
        case 1: self.spec = try NetworkPolicySpec(from: &reader)
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

  /// `NetworkPolicyEgressRule` of `networking.k8s.io/v1`.
  package struct NetworkPolicyEgressRule: JSONCodable {
    package var ports: [NetworkPolicyPort]
    package var to: [NetworkPolicyPeer]

    package init() {
      self.ports = []
      self.to = []
    }

    package init(
      ports: [NetworkPolicyPort] = [],
      to: [NetworkPolicyPeer] = []
    ) {
      self.ports = ports
      self.to = to
    }

    private static let fields = FieldTable([
      "ports", "to",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ports = try reader.readArray()
        case 1: self.to = try reader.readArray()
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
      if !to.isEmpty {
        writer.key("to")
        writer.write(array: to)
      }
      writer.endObject()
    }
  }

  /// `NetworkPolicyIngressRule` of `networking.k8s.io/v1`.
  package struct NetworkPolicyIngressRule: JSONCodable {
    package var ports: [NetworkPolicyPort]
    package var from: [NetworkPolicyPeer]

    package init() {
      self.ports = []
      self.from = []
    }

    package init(
      ports: [NetworkPolicyPort] = [],
      from: [NetworkPolicyPeer] = []
    ) {
      self.ports = ports
      self.from = from
    }

    private static let fields = FieldTable([
      "ports", "from",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ports = try reader.readArray()
        case 1: self.from = try reader.readArray()
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
      if !from.isEmpty {
        writer.key("from")
        writer.write(array: from)
      }
      writer.endObject()
    }
  }

  /// `NetworkPolicyList` of `networking.k8s.io/v1`.
  package struct NetworkPolicyList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "NetworkPolicyList"
    package var metadata: MetaV1.ListMeta
    package var items: [NetworkPolicy]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [NetworkPolicy] = []
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

  /// `NetworkPolicyPeer` of `networking.k8s.io/v1`.
  package struct NetworkPolicyPeer: JSONCodable {
    package var podSelector: MetaV1.LabelSelector?
    package var namespaceSelector: MetaV1.LabelSelector?
    package var ipBlock: IPBlock?

    package init() {
      self.podSelector = nil
      self.namespaceSelector = nil
      self.ipBlock = nil
    }

    package init(
      podSelector: MetaV1.LabelSelector? = nil,
      namespaceSelector: MetaV1.LabelSelector? = nil,
      ipBlock: IPBlock? = nil
    ) {
      self.podSelector = podSelector
      self.namespaceSelector = namespaceSelector
      self.ipBlock = ipBlock
    }

    private static let fields = FieldTable([
      "podSelector", "namespaceSelector", "ipBlock",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podSelector = try MetaV1.LabelSelector(from: &reader)
        case 1: self.namespaceSelector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.ipBlock = try IPBlock(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let podSelector {
        writer.key("podSelector")
        podSelector.write(to: &writer)
      }
      if let namespaceSelector {
        writer.key("namespaceSelector")
        namespaceSelector.write(to: &writer)
      }
      if let ipBlock {
        writer.key("ipBlock")
        ipBlock.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
