// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension BatchV1 {
  /// `JobCondition` of `batch/v1`.
  package struct JobCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastProbeTime: Time?
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastProbeTime = nil
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastProbeTime: Time? = nil,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastProbeTime = lastProbeTime
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastProbeTime", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastProbeTime = try Time(from: &reader)
        case 3: self.lastTransitionTime = try Time(from: &reader)
        case 4: self.reason = try reader.readString()
        case 5: self.message = try reader.readString()
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
      if let lastProbeTime {
        writer.key("lastProbeTime")
        lastProbeTime.write(to: &writer)
      }
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

  /// `JobList` of `batch/v1`.
  package struct JobList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "batch/v1"
    package static let kind = "JobList"
    package var metadata: MetaV1.ListMeta
    package var items: [Job]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Job] = []
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

  /// `JobSpec` of `batch/v1`.
  package struct JobSpec: JSONCodable {
    package var parallelism: Int32?
    package var completions: Int32?
    package var activeDeadlineSeconds: Int64?
    package var podFailurePolicy: PodFailurePolicy?
    package var successPolicy: SuccessPolicy?
    package var backoffLimit: Int32?
    package var backoffLimitPerIndex: Int32?
    package var maxFailedIndexes: Int32?
    package var selector: MetaV1.LabelSelector?
    package var manualSelector: Bool?
    package var template: CoreV1.PodTemplateSpec
    package var ttlSecondsAfterFinished: Int32?
    package var completionMode: String?
    package var suspend: Bool?
    package var podReplacementPolicy: String?
    package var managedBy: String?

    package init() {
      self.parallelism = nil
      self.completions = nil
      self.activeDeadlineSeconds = nil
      self.podFailurePolicy = nil
      self.successPolicy = nil
      self.backoffLimit = nil
      self.backoffLimitPerIndex = nil
      self.maxFailedIndexes = nil
      self.selector = nil
      self.manualSelector = nil
      self.template = CoreV1.PodTemplateSpec()
      self.ttlSecondsAfterFinished = nil
      self.completionMode = nil
      self.suspend = nil
      self.podReplacementPolicy = nil
      self.managedBy = nil
    }

    package init(
      parallelism: Int32? = nil,
      completions: Int32? = nil,
      activeDeadlineSeconds: Int64? = nil,
      podFailurePolicy: PodFailurePolicy? = nil,
      successPolicy: SuccessPolicy? = nil,
      backoffLimit: Int32? = nil,
      backoffLimitPerIndex: Int32? = nil,
      maxFailedIndexes: Int32? = nil,
      selector: MetaV1.LabelSelector? = nil,
      manualSelector: Bool? = nil,
      template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec(),
      ttlSecondsAfterFinished: Int32? = nil,
      completionMode: String? = nil,
      suspend: Bool? = nil,
      podReplacementPolicy: String? = nil,
      managedBy: String? = nil
    ) {
      self.parallelism = parallelism
      self.completions = completions
      self.activeDeadlineSeconds = activeDeadlineSeconds
      self.podFailurePolicy = podFailurePolicy
      self.successPolicy = successPolicy
      self.backoffLimit = backoffLimit
      self.backoffLimitPerIndex = backoffLimitPerIndex
      self.maxFailedIndexes = maxFailedIndexes
      self.selector = selector
      self.manualSelector = manualSelector
      self.template = template
      self.ttlSecondsAfterFinished = ttlSecondsAfterFinished
      self.completionMode = completionMode
      self.suspend = suspend
      self.podReplacementPolicy = podReplacementPolicy
      self.managedBy = managedBy
    }

    private static let fields = FieldTable([
      "parallelism", "completions", "activeDeadlineSeconds", "podFailurePolicy", "successPolicy",
      "backoffLimit", "backoffLimitPerIndex", "maxFailedIndexes", "selector", "manualSelector",
      "template", "ttlSecondsAfterFinished", "completionMode", "suspend", "podReplacementPolicy",
      "managedBy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.parallelism = try reader.readInt32()
        case 1: self.completions = try reader.readInt32()
        case 2: self.activeDeadlineSeconds = try reader.readInt64()
        case 3: self.podFailurePolicy = try PodFailurePolicy(from: &reader)
        case 4: self.successPolicy = try SuccessPolicy(from: &reader)
        case 5: self.backoffLimit = try reader.readInt32()
        case 6: self.backoffLimitPerIndex = try reader.readInt32()
        case 7: self.maxFailedIndexes = try reader.readInt32()
        case 8: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 9: self.manualSelector = try reader.readBool()
        case 10: self.template = try CoreV1.PodTemplateSpec(from: &reader)
        case 11: self.ttlSecondsAfterFinished = try reader.readInt32()
        case 12: self.completionMode = try reader.readString()
        case 13: self.suspend = try reader.readBool()
        case 14: self.podReplacementPolicy = try reader.readString()
        case 15: self.managedBy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let parallelism {
        writer.key("parallelism")
        writer.write(parallelism)
      }
      if let completions {
        writer.key("completions")
        writer.write(completions)
      }
      if let activeDeadlineSeconds {
        writer.key("activeDeadlineSeconds")
        writer.write(activeDeadlineSeconds)
      }
      if let podFailurePolicy {
        writer.key("podFailurePolicy")
        podFailurePolicy.write(to: &writer)
      }
      if let successPolicy {
        writer.key("successPolicy")
        successPolicy.write(to: &writer)
      }
      if let backoffLimit {
        writer.key("backoffLimit")
        writer.write(backoffLimit)
      }
      if let backoffLimitPerIndex {
        writer.key("backoffLimitPerIndex")
        writer.write(backoffLimitPerIndex)
      }
      if let maxFailedIndexes {
        writer.key("maxFailedIndexes")
        writer.write(maxFailedIndexes)
      }
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      if let manualSelector {
        writer.key("manualSelector")
        writer.write(manualSelector)
      }
      writer.key("template")
      template.write(to: &writer)
      if let ttlSecondsAfterFinished {
        writer.key("ttlSecondsAfterFinished")
        writer.write(ttlSecondsAfterFinished)
      }
      if let completionMode {
        writer.key("completionMode")
        writer.write(completionMode)
      }
      if let suspend {
        writer.key("suspend")
        writer.write(suspend)
      }
      if let podReplacementPolicy {
        writer.key("podReplacementPolicy")
        writer.write(podReplacementPolicy)
      }
      if let managedBy {
        writer.key("managedBy")
        writer.write(managedBy)
      }
      writer.endObject()
    }
  }
}
