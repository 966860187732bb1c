// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `apiregistration.k8s.io/v1`.
package enum ApiregistrationV1 {}

extension ApiregistrationV1 {
  /// `APIService` of `apiregistration.k8s.io/v1`.
  package struct APIService: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apiregistration.k8s.io/v1"
    package static let kind = "APIService"
    package static let resource = ResourceDescription(
      group: "apiregistration.k8s.io", version: "v1", kind: kind, plural: "apiservices",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: APIServiceSpec
    package var status: APIServiceStatus

    package init() {
      self.spec = APIServiceSpec()
      self.status = APIServiceStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: APIServiceSpec = APIServiceSpec(),
      status: APIServiceStatus = APIServiceStatus()
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
        case 1: self.spec = try APIServiceSpec(from: &reader)
        case 2: self.status = try APIServiceStatus(from: &reader)
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

  /// `APIServiceCondition` of `apiregistration.k8s.io/v1`.
  package struct APIServiceCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastTransitionTime = try Time(from: &reader)
        case 3: self.reason = try reader.readString()
        case 4: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      writer.endObject()
    }
  }

  /// `APIServiceList` of `apiregistration.k8s.io/v1`.
  package struct APIServiceList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apiregistration.k8s.io/v1"
    package static let kind = "APIServiceList"
    package var metadata: MetaV1.ListMeta
    package var items: [APIService]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [APIService] = []
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

  /// `APIServiceSpec` of `apiregistration.k8s.io/v1`.
  package struct APIServiceSpec: JSONCodable {
    @BoxedOptional package var service: ServiceReference?
    package var group: String
    package var version: String
    package var insecureSkipTLSVerify: Bool
    package var caBundle: [UInt8]
    package var groupPriorityMinimum: Int32
    package var versionPriority: Int32

    package init() {
      self.group = ""
      self.version = ""
      self.insecureSkipTLSVerify = false
      self.caBundle = []
      self.groupPriorityMinimum = 0
      self.versionPriority = 0
    }

    package init(
      service: ServiceReference? = nil,
      group: String = "",
      version: String = "",
      insecureSkipTLSVerify: Bool = false,
      caBundle: [UInt8] = [],
      groupPriorityMinimum: Int32 = 0,
      versionPriority: Int32 = 0
    ) {
      self.service = service
      self.group = group
      self.version = version
      self.insecureSkipTLSVerify = insecureSkipTLSVerify
      self.caBundle = caBundle
      self.groupPriorityMinimum = groupPriorityMinimum
      self.versionPriority = versionPriority
    }

    private static let fields = FieldTable([
      "service", "group", "version", "insecureSkipTLSVerify", "caBundle", "groupPriorityMinimum",
      "versionPriority",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.service = try ServiceReference(from: &reader)
        case 1: self.group = try reader.readString()
        case 2: self.version = try reader.readString()
        case 3: self.insecureSkipTLSVerify = try reader.readBool()
        case 4: self.caBundle = try reader.readBytes()
        case 5: self.groupPriorityMinimum = try reader.readInt32()
        case 6: self.versionPriority = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let service {
        writer.key("service")
        service.write(to: &writer)
      }
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !version.isEmpty {
        writer.key("version")
        writer.write(version)
      }
      if insecureSkipTLSVerify {
        writer.key("insecureSkipTLSVerify")
        writer.write(insecureSkipTLSVerify)
      }
      if !caBundle.isEmpty {
        writer.key("caBundle")
        writer.write(caBundle)
      }
      writer.key("groupPriorityMinimum")
      writer.write(groupPriorityMinimum)
      writer.key("versionPriority")
      writer.write(versionPriority)
      writer.endObject()
    }
  }

  /// `APIServiceStatus` of `apiregistration.k8s.io/v1`.
  package struct APIServiceStatus: JSONCodable {
    package var conditions: [APIServiceCondition]

    package init() {
      self.conditions = []
    }

    package init(
      conditions: [APIServiceCondition] = []
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
