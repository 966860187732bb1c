// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension BatchV1 {
  /// `JobTemplateSpec` of `batch/v1`.
  package struct JobTemplateSpec: JSONCodable {
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: JobSpec

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: JobSpec = JobSpec()
    ) {
      self.metadata = metadata
      self.spec = spec
    }

    private static let fields = FieldTable([
      "metadata", "spec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try JobSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("spec")
      spec.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodFailurePolicy` of `batch/v1`.
  package struct PodFailurePolicy: JSONCodable {
    package var rules: [PodFailurePolicyRule] = []

    package init() {}
    package init(
      rules: [PodFailurePolicyRule] = []
    ) {
      self.rules = rules
    }

    private static let fields = FieldTable([
      "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.rules = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("rules")
      writer.write(array: rules)
      writer.endObject()
    }
  }

  /// `PodFailurePolicyOnExitCodesRequirement` of `batch/v1`.
  package struct PodFailurePolicyOnExitCodesRequirement: JSONCodable {
    package var containerName: String?
    package var `operator`: String = ""
    package var values: [Int32] = []

    package init() {}
    package init(
      containerName: String? = nil,
      `operator`: String = "",
      values: [Int32] = []
    ) {
      self.containerName = containerName
      self.`operator` = `operator`
      self.values = values
    }

    private static let fields = FieldTable([
      "containerName", "operator", "values",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.containerName = try reader.readString()
        case 1: self.`operator` = try reader.readString()
        case 2: self.values = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let containerName {
        writer.key("containerName")
        writer.write(containerName)
      }
      writer.key("operator")
      writer.write(`operator`)
      writer.key("values")
      writer.write(array: values)
      writer.endObject()
    }
  }

  /// `PodFailurePolicyOnPodConditionsPattern` of `batch/v1`.
  package struct PodFailurePolicyOnPodConditionsPattern: JSONCodable {
    package var type: String = ""
    package var status: String = ""

    package init() {}
    package init(
      type: String = "",
      status: String = ""
    ) {
      self.type = type
      self.status = status
    }

    private static let fields = FieldTable([
      "type", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
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
      writer.endObject()
    }
  }

  /// `PodFailurePolicyRule` of `batch/v1`.
  package struct PodFailurePolicyRule: JSONCodable {
    package var action: String = ""
    @BoxedOptional package var onExitCodes: PodFailurePolicyOnExitCodesRequirement?
    package var onPodConditions: [PodFailurePolicyOnPodConditionsPattern] = []

    package init() {}
    package init(
      action: String = "",
      onExitCodes: PodFailurePolicyOnExitCodesRequirement? = nil,
      onPodConditions: [PodFailurePolicyOnPodConditionsPattern] = []
    ) {
      self.action = action
      self.onExitCodes = onExitCodes
      self.onPodConditions = onPodConditions
    }

    private static let fields = FieldTable([
      "action", "onExitCodes", "onPodConditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.action = try reader.readString()
        case 1: self.onExitCodes = try PodFailurePolicyOnExitCodesRequirement(from: &reader)
        case 2: self.onPodConditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("action")
      writer.write(action)
      if let onExitCodes {
        writer.key("onExitCodes")
        onExitCodes.write(to: &writer)
      }
      if !onPodConditions.isEmpty {
        writer.key("onPodConditions")
        writer.write(array: onPodConditions)
      }
      writer.endObject()
    }
  }

  /// `SuccessPolicy` of `batch/v1`.
  package struct SuccessPolicy: JSONCodable {
    package var rules: [SuccessPolicyRule] = []

    package init() {}
    package init(
      rules: [SuccessPolicyRule] = []
    ) {
      self.rules = rules
    }

    private static let fields = FieldTable([
      "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.rules = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("rules")
      writer.write(array: rules)
      writer.endObject()
    }
  }

  /// `SuccessPolicyRule` of `batch/v1`.
  package struct SuccessPolicyRule: JSONCodable {
    package var succeededIndexes: String?
    package var succeededCount: Int32?

    package init() {}
    package init(
      succeededIndexes: String? = nil,
      succeededCount: Int32? = nil
    ) {
      self.succeededIndexes = succeededIndexes
      self.succeededCount = succeededCount
    }

    private static let fields = FieldTable([
      "succeededIndexes", "succeededCount",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.succeededIndexes = try reader.readString()
        case 1: self.succeededCount = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let succeededIndexes {
        writer.key("succeededIndexes")
        writer.write(succeededIndexes)
      }
      if let succeededCount {
        writer.key("succeededCount")
        writer.write(succeededCount)
      }
      writer.endObject()
    }
  }

  /// `UncountedTerminatedPods` of `batch/v1`.
  package struct UncountedTerminatedPods: JSONCodable {
    package var succeeded: [String] = []
    package var failed: [String] = []

    package init() {}
    package init(
      succeeded: [String] = [],
      failed: [String] = []
    ) {
      self.succeeded = succeeded
      self.failed = failed
    }

    private static let fields = FieldTable([
      "succeeded", "failed",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.succeeded = try reader.readArray()
        case 1: self.failed = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !succeeded.isEmpty {
        writer.key("succeeded")
        writer.write(array: succeeded)
      }
      if !failed.isEmpty {
        writer.key("failed")
        writer.write(array: failed)
      }
      writer.endObject()
    }
  }
}
