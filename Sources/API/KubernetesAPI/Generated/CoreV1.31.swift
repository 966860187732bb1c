// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodStatus` of `core/v1`.
  package struct PodStatus: JSONCodable {
    package var observedGeneration: Int64
    package var phase: String
    package var conditions: [PodCondition]
    package var message: String
    package var reason: String
    package var nominatedNodeName: String
    package var hostIP: String
    package var hostIPs: [HostIP]
    package var podIP: String
    package var podIPs: [PodIP]
    package var startTime: Time?
    package var initContainerStatuses: [ContainerStatus]
    package var containerStatuses: [ContainerStatus]
    package var qosClass: String
    package var ephemeralContainerStatuses: [ContainerStatus]
    package var resize: String
    package var resourceClaimStatuses: [PodResourceClaimStatus]

    package init() {
      self.observedGeneration = 0
      self.phase = ""
      self.conditions = []
      self.message = ""
      self.reason = ""
      self.nominatedNodeName = ""
      self.hostIP = ""
      self.hostIPs = []
      self.podIP = ""
      self.podIPs = []
      self.startTime = nil
      self.initContainerStatuses = []
      self.containerStatuses = []
      self.qosClass = ""
      self.ephemeralContainerStatuses = []
      self.resize = ""
      self.resourceClaimStatuses = []
    }

    package init(
      observedGeneration: Int64 = 0,
      phase: String = "",
      conditions: [PodCondition] = [],
      message: String = "",
      reason: String = "",
      nominatedNodeName: String = "",
      hostIP: String = "",
      hostIPs: [HostIP] = [],
      podIP: String = "",
      podIPs: [PodIP] = [],
      startTime: Time? = nil,
      initContainerStatuses: [ContainerStatus] = [],
      containerStatuses: [ContainerStatus] = [],
      qosClass: String = "",
      ephemeralContainerStatuses: [ContainerStatus] = [],
      resize: String = "",
      resourceClaimStatuses: [PodResourceClaimStatus] = []
    ) {
      self.observedGeneration = observedGeneration
      self.phase = phase
      self.conditions = conditions
      self.message = message
      self.reason = reason
      self.nominatedNodeName = nominatedNodeName
      self.hostIP = hostIP
      self.hostIPs = hostIPs
      self.podIP = podIP
      self.podIPs = podIPs
      self.startTime = startTime
      self.initContainerStatuses = initContainerStatuses
      self.containerStatuses = containerStatuses
      self.qosClass = qosClass
      self.ephemeralContainerStatuses = ephemeralContainerStatuses
      self.resize = resize
      self.resourceClaimStatuses = resourceClaimStatuses
    }

    private static let fields = FieldTable([
      "observedGeneration", "phase", "conditions", "message", "reason", "nominatedNodeName", "hostIP",
      "hostIPs", "podIP", "podIPs", "startTime", "initContainerStatuses", "containerStatuses", "qosClass",
      "ephemeralContainerStatuses", "resize", "resourceClaimStatuses",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.phase = try reader.readString()
        case 2: self.conditions = try reader.readArray()
        case 3: self.message = try reader.readString()
        case 4: self.reason = try reader.readString()
        case 5: self.nominatedNodeName = try reader.readString()
        case 6: self.hostIP = try reader.readString()
        case 7: self.hostIPs = try reader.readArray()
        case 8: self.podIP = try reader.readString()
        case 9: self.podIPs = try reader.readArray()
        case 10: self.startTime = try Time(from: &reader)
        case 11: self.initContainerStatuses = try reader.readArray()
        case 12: self.containerStatuses = try reader.readArray()
        case 13: self.qosClass = try reader.readString()
        case 14: self.ephemeralContainerStatuses = try reader.readArray()
        case 15: self.resize = try reader.readString()
        case 16: self.resourceClaimStatuses = try reader.readArray()
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
      if !phase.isEmpty {
        writer.key("phase")
        writer.write(phase)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !nominatedNodeName.isEmpty {
        writer.key("nominatedNodeName")
        writer.write(nominatedNodeName)
      }
      if !hostIP.isEmpty {
        writer.key("hostIP")
        writer.write(hostIP)
      }
      if !hostIPs.isEmpty {
        writer.key("hostIPs")
        writer.write(array: hostIPs)
      }
      if !podIP.isEmpty {
        writer.key("podIP")
        writer.write(podIP)
      }
      if !podIPs.isEmpty {
        writer.key("podIPs")
        writer.write(array: podIPs)
      }
      if let startTime {
        writer.key("startTime")
        startTime.write(to: &writer)
      }
      if !initContainerStatuses.isEmpty {
        writer.key("initContainerStatuses")
        writer.write(array: initContainerStatuses)
      }
      if !containerStatuses.isEmpty {
        writer.key("containerStatuses")
        writer.write(array: containerStatuses)
      }
      if !qosClass.isEmpty {
        writer.key("qosClass")
        writer.write(qosClass)
      }
      if !ephemeralContainerStatuses.isEmpty {
        writer.key("ephemeralContainerStatuses")
        writer.write(array: ephemeralContainerStatuses)
      }
      if !resize.isEmpty {
        writer.key("resize")
        writer.write(resize)
      }
      if !resourceClaimStatuses.isEmpty {
        writer.key("resourceClaimStatuses")
        writer.write(array: resourceClaimStatuses)
      }
      writer.endObject()
    }
  }

  /// `PodStatusResult` of `core/v1`.
  package struct PodStatusResult: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodStatusResult"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "podstatusresults",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var status: PodStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      status: PodStatus = PodStatus()
    ) {
      self.metadata = metadata
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.status = try PodStatus(from: &reader)
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
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodTemplate` of `core/v1`.
  package struct PodTemplate: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodTemplate"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "podtemplates",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var template: PodTemplateSpec

    package init() {
      self.template = PodTemplateSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      template: PodTemplateSpec = PodTemplateSpec()
    ) {
      self.metadata = metadata
      self.template = template
    }

    private static let fields = FieldTable([
      "metadata", "template",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.template = try PodTemplateSpec(from: &reader)
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
      writer.key("template")
      template.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodTemplateList` of `core/v1`.
  package struct PodTemplateList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodTemplateList"
    package var metadata: MetaV1.ListMeta
    package var items: [PodTemplate]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PodTemplate] = []
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
