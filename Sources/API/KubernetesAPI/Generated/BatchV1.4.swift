// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension BatchV1 {
  /// `PodFailurePolicyRule` of `batch/v1`.
  package struct PodFailurePolicyRule: JSONCodable {
    package var action: String
    @BoxedOptional package var onExitCodes: PodFailurePolicyOnExitCodesRequirement?
    package var onPodConditions: [PodFailurePolicyOnPodConditionsPattern]

    package init() {
      self.action = ""
      self.onPodConditions = []
    }

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
      self.init()
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
    package var rules: [SuccessPolicyRule]

    package init() {
      self.rules = []
    }

    package init(
      rules: [SuccessPolicyRule] = []
    ) {
      self.rules = rules
    }

    private static let fields = FieldTable([
      "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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

    package init() {
      self.succeededIndexes = nil
      self.succeededCount = nil
    }

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
      self.init()
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
    package var succeeded: [String]
    package var failed: [String]

    package init() {
      self.succeeded = []
      self.failed = []
    }

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
      self.init()
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
