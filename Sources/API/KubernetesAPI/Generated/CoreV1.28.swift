// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodList` of `core/v1`.
  package struct PodList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodList"
    package var metadata: MetaV1.ListMeta
    package var items: [Pod]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Pod] = []
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

  /// `PodLogOptions` of `core/v1`.
  package struct PodLogOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodLogOptions"
    package var container: String
    package var follow: Bool
    package var previous: Bool
    package var sinceSeconds: Int64?
    package var sinceTime: Time?
    package var timestamps: Bool
    package var tailLines: Int64?
    package var limitBytes: Int64?
    package var insecureSkipTLSVerifyBackend: Bool
    package var stream: String?

    package init() {
      self.container = ""
      self.follow = false
      self.previous = false
      self.sinceSeconds = nil
      self.sinceTime = nil
      self.timestamps = false
      self.tailLines = nil
      self.limitBytes = nil
      self.insecureSkipTLSVerifyBackend = false
      self.stream = nil
    }

    package init(
      container: String = "",
      follow: Bool = false,
      previous: Bool = false,
      sinceSeconds: Int64? = nil,
      sinceTime: Time? = nil,
      timestamps: Bool = false,
      tailLines: Int64? = nil,
      limitBytes: Int64? = nil,
      insecureSkipTLSVerifyBackend: Bool = false,
      stream: String? = nil
    ) {
      self.container = container
      self.follow = follow
      self.previous = previous
      self.sinceSeconds = sinceSeconds
      self.sinceTime = sinceTime
      self.timestamps = timestamps
      self.tailLines = tailLines
      self.limitBytes = limitBytes
      self.insecureSkipTLSVerifyBackend = insecureSkipTLSVerifyBackend
      self.stream = stream
    }

    private static let fields = FieldTable([
      "container", "follow", "previous", "sinceSeconds", "sinceTime", "timestamps", "tailLines",
      "limitBytes", "insecureSkipTLSVerifyBackend", "stream",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.container = try reader.readString()
        case 1: self.follow = try reader.readBool()
        case 2: self.previous = try reader.readBool()
        case 3: self.sinceSeconds = try reader.readInt64()
        case 4: self.sinceTime = try Time(from: &reader)
        case 5: self.timestamps = try reader.readBool()
        case 6: self.tailLines = try reader.readInt64()
        case 7: self.limitBytes = try reader.readInt64()
        case 8: self.insecureSkipTLSVerifyBackend = try reader.readBool()
        case 9: self.stream = try reader.readString()
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
      if !container.isEmpty {
        writer.key("container")
        writer.write(container)
      }
      if follow {
        writer.key("follow")
        writer.write(follow)
      }
      if previous {
        writer.key("previous")
        writer.write(previous)
      }
      if let sinceSeconds {
        writer.key("sinceSeconds")
        writer.write(sinceSeconds)
      }
      if let sinceTime {
        writer.key("sinceTime")
        sinceTime.write(to: &writer)
      }
      if timestamps {
        writer.key("timestamps")
        writer.write(timestamps)
      }
      if let tailLines {
        writer.key("tailLines")
        writer.write(tailLines)
      }
      if let limitBytes {
        writer.key("limitBytes")
        writer.write(limitBytes)
      }
      if insecureSkipTLSVerifyBackend {
        writer.key("insecureSkipTLSVerifyBackend")
        writer.write(insecureSkipTLSVerifyBackend)
      }
      if let stream {
        writer.key("stream")
        writer.write(stream)
      }
      writer.endObject()
    }
  }

  /// `PodOS` of `core/v1`.
  package struct PodOS: JSONCodable {
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `PodPortForwardOptions` of `core/v1`.
  package struct PodPortForwardOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodPortForwardOptions"
    package var ports: [Int32]

    package init() {
      self.ports = []
    }

    package init(
      ports: [Int32] = []
    ) {
      self.ports = ports
    }

    private static let fields = FieldTable([
      "ports",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ports = try reader.readArray()
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
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      writer.endObject()
    }
  }

  /// `PodProxyOptions` of `core/v1`.
  package struct PodProxyOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodProxyOptions"
    package var path: String

    package init() {
      self.path = ""
    }

    package init(
      path: String = ""
    ) {
      self.path = path
    }

    private static let fields = FieldTable([
      "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
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
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      writer.endObject()
    }
  }
}
