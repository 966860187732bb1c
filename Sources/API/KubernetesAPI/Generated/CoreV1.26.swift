// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PhotonPersistentDiskVolumeSource` of `core/v1`.
  package struct PhotonPersistentDiskVolumeSource: JSONCodable {
    package var pdID: String
    package var fsType: String

    package init() {
      self.pdID = ""
      self.fsType = ""
    }

    package init(
      pdID: String = "",
      fsType: String = ""
    ) {
      self.pdID = pdID
      self.fsType = fsType
    }

    private static let fields = FieldTable([
      "pdID", "fsType",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.pdID = try reader.readString()
        case 1: self.fsType = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("pdID")
      writer.write(pdID)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      writer.endObject()
    }
  }

  /// `Pod` of `core/v1`.
  package struct Pod: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Pod"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "pods",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: PodSpec
    @Boxed package var status: PodStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PodSpec = PodSpec(),
      status: PodStatus = PodStatus()
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
        case 1: self.spec = try PodSpec(from: &reader)
        case 2: self.status = try PodStatus(from: &reader)
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

  /// `PodAffinity` of `core/v1`.
  package struct PodAffinity: JSONCodable {
    package var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]
    package var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]

    package init() {
      self.requiredDuringSchedulingIgnoredDuringExecution = []
      self.preferredDuringSchedulingIgnoredDuringExecution = []
    }

    package init(
      requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] = [],
      preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] = []
    ) {
      self.requiredDuringSchedulingIgnoredDuringExecution = requiredDuringSchedulingIgnoredDuringExecution
      self.preferredDuringSchedulingIgnoredDuringExecution = preferredDuringSchedulingIgnoredDuringExecution
    }

    private static let fields = FieldTable([
      "requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.requiredDuringSchedulingIgnoredDuringExecution = try reader.readArray()
        case 1: self.preferredDuringSchedulingIgnoredDuringExecution = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !requiredDuringSchedulingIgnoredDuringExecution.isEmpty {
        writer.key("requiredDuringSchedulingIgnoredDuringExecution")
        writer.write(array: requiredDuringSchedulingIgnoredDuringExecution)
      }
      if !preferredDuringSchedulingIgnoredDuringExecution.isEmpty {
        writer.key("preferredDuringSchedulingIgnoredDuringExecution")
        writer.write(array: preferredDuringSchedulingIgnoredDuringExecution)
      }
      writer.endObject()
    }
  }

  /// `PodAffinityTerm` of `core/v1`.
  package struct PodAffinityTerm: JSONCodable {
    package var labelSelector: MetaV1.LabelSelector?
    package var namespaces: [String]
    package var topologyKey: String
    package var namespaceSelector: MetaV1.LabelSelector?
    package var matchLabelKeys: [String]
    package var mismatchLabelKeys: [String]

    package init() {
      self.labelSelector = nil
      self.namespaces = []
      self.topologyKey = ""
      self.namespaceSelector = nil
      self.matchLabelKeys = []
      self.mismatchLabelKeys = []
    }

    package init(
      labelSelector: MetaV1.LabelSelector? = nil,
      namespaces: [String] = [],
      topologyKey: String = "",
      namespaceSelector: MetaV1.LabelSelector? = nil,
      matchLabelKeys: [String] = [],
      mismatchLabelKeys: [String] = []
    ) {
      self.labelSelector = labelSelector
      self.namespaces = namespaces
      self.topologyKey = topologyKey
      self.namespaceSelector = namespaceSelector
      self.matchLabelKeys = matchLabelKeys
      self.mismatchLabelKeys = mismatchLabelKeys
    }

    private static let fields = FieldTable([
      "labelSelector", "namespaces", "topologyKey", "namespaceSelector", "matchLabelKeys",
      "mismatchLabelKeys",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.labelSelector = try MetaV1.LabelSelector(from: &reader)
        case 1: self.namespaces = try reader.readArray()
        case 2: self.topologyKey = try reader.readString()
        case 3: self.namespaceSelector = try MetaV1.LabelSelector(from: &reader)
        case 4: self.matchLabelKeys = try reader.readArray()
        case 5: self.mismatchLabelKeys = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let labelSelector {
        writer.key("labelSelector")
        labelSelector.write(to: &writer)
      }
      if !namespaces.isEmpty {
        writer.key("namespaces")
        writer.write(array: namespaces)
      }
      writer.key("topologyKey")
      writer.write(topologyKey)
      if let namespaceSelector {
        writer.key("namespaceSelector")
        namespaceSelector.write(to: &writer)
      }
      if !matchLabelKeys.isEmpty {
        writer.key("matchLabelKeys")
        writer.write(array: matchLabelKeys)
      }
      if !mismatchLabelKeys.isEmpty {
        writer.key("mismatchLabelKeys")
        writer.write(array: mismatchLabelKeys)
      }
      writer.endObject()
    }
  }

  /// `PodAntiAffinity` of `core/v1`.
  package struct PodAntiAffinity: JSONCodable {
    package var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]
    package var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]

    package init() {
      self.requiredDuringSchedulingIgnoredDuringExecution = []
      self.preferredDuringSchedulingIgnoredDuringExecution = []
    }

    package init(
      requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm] = [],
      preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm] = []
    ) {
      self.requiredDuringSchedulingIgnoredDuringExecution = requiredDuringSchedulingIgnoredDuringExecution
      self.preferredDuringSchedulingIgnoredDuringExecution = preferredDuringSchedulingIgnoredDuringExecution
    }

    private static let fields = FieldTable([
      "requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.requiredDuringSchedulingIgnoredDuringExecution = try reader.readArray()
        case 1: self.preferredDuringSchedulingIgnoredDuringExecution = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !requiredDuringSchedulingIgnoredDuringExecution.isEmpty {
        writer.key("requiredDuringSchedulingIgnoredDuringExecution")
        writer.write(array: requiredDuringSchedulingIgnoredDuringExecution)
      }
      if !preferredDuringSchedulingIgnoredDuringExecution.isEmpty {
        writer.key("preferredDuringSchedulingIgnoredDuringExecution")
        writer.write(array: preferredDuringSchedulingIgnoredDuringExecution)
      }
      writer.endObject()
    }
  }

  /// `PodAttachOptions` of `core/v1`.
  package struct PodAttachOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodAttachOptions"
    package var stdin: Bool
    package var stdout: Bool
    package var stderr: Bool
    package var tty: Bool
    package var container: String

    package init() {
      self.stdin = false
      self.stdout = false
      self.stderr = false
      self.tty = false
      self.container = ""
    }

    package init(
      stdin: Bool = false,
      stdout: Bool = false,
      stderr: Bool = false,
      tty: Bool = false,
      container: String = ""
    ) {
      self.stdin = stdin
      self.stdout = stdout
      self.stderr = stderr
      self.tty = tty
      self.container = container
    }

    private static let fields = FieldTable([
      "stdin", "stdout", "stderr", "tty", "container",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.stdin = try reader.readBool()
        case 1: self.stdout = try reader.readBool()
        case 2: self.stderr = try reader.readBool()
        case 3: self.tty = try reader.readBool()
        case 4: self.container = try reader.readString()
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
      if stdin {
        writer.key("stdin")
        writer.write(stdin)
      }
      if stdout {
        writer.key("stdout")
        writer.write(stdout)
      }
      if stderr {
        writer.key("stderr")
        writer.write(stderr)
      }
      if tty {
        writer.key("tty")
        writer.write(tty)
      }
      if !container.isEmpty {
        writer.key("container")
        writer.write(container)
      }
      writer.endObject()
    }
  }
}
