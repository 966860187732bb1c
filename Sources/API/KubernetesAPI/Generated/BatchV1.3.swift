// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension BatchV1 {
  /// `JobStatus` of `batch/v1`.
  package struct JobStatus: JSONCodable {
    package var conditions: [JobCondition]
    package var startTime: Time?
    package var completionTime: Time?
    package var active: Int32
    package var succeeded: Int32
    package var failed: Int32
    package var terminating: Int32?
    package var completedIndexes: String
    package var failedIndexes: String?
    package var uncountedTerminatedPods: UncountedTerminatedPods?
    package var ready: Int32?

    package init() {
      self.conditions = []
      self.startTime = nil
      self.completionTime = nil
      self.active = 0
      self.succeeded = 0
      self.failed = 0
      self.terminating = nil
      self.completedIndexes = ""
      self.failedIndexes = nil
      self.uncountedTerminatedPods = nil
      self.ready = nil
    }

    package init(
      conditions: [JobCondition] = [],
      startTime: Time? = nil,
      completionTime: Time? = nil,
      active: Int32 = 0,
      succeeded: Int32 = 0,
      failed: Int32 = 0,
      terminating: Int32? = nil,
      completedIndexes: String = "",
      failedIndexes: String? = nil,
      uncountedTerminatedPods: UncountedTerminatedPods? = nil,
      ready: Int32? = nil
    ) {
      self.conditions = conditions
      self.startTime = startTime
      self.completionTime = completionTime
      self.active = active
      self.succeeded = succeeded
      self.failed = failed
      self.terminating = terminating
      self.completedIndexes = completedIndexes
      self.failedIndexes = failedIndexes
      self.uncountedTerminatedPods = uncountedTerminatedPods
      self.ready = ready
    }

    private static let fields = FieldTable([
      "conditions", "startTime", "completionTime", "active", "succeeded", "failed", "terminating",
      "completedIndexes", "failedIndexes", "uncountedTerminatedPods", "ready",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditions = try reader.readArray()
        case 1: self.startTime = try Time(from: &reader)
        case 2: self.completionTime = try Time(from: &reader)
        case 3: self.active = try reader.readInt32()
        case 4: self.succeeded = try reader.readInt32()
        case 5: self.failed = try reader.readInt32()
        case 6: self.terminating = try reader.readInt32()
        case 7: self.completedIndexes = try reader.readString()
        case 8: self.failedIndexes = try reader.readString()
        case 9: self.uncountedTerminatedPods = try UncountedTerminatedPods(from: &reader)
        case 10: self.ready = try reader.readInt32()
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
      if let startTime {
        writer.key("startTime")
        startTime.write(to: &writer)
      }
      if let completionTime {
        writer.key("completionTime")
        completionTime.write(to: &writer)
      }
      if active != 0 {
        writer.key("active")
        writer.write(active)
      }
      if succeeded != 0 {
        writer.key("succeeded")
        writer.write(succeeded)
      }
      if failed != 0 {
        writer.key("failed")
        writer.write(failed)
      }
      if let terminating {
        writer.key("terminating")
        writer.write(terminating)
      }
      if !completedIndexes.isEmpty {
        writer.key("completedIndexes")
        writer.write(completedIndexes)
      }
      if let failedIndexes {
        writer.key("failedIndexes")
        writer.write(failedIndexes)
      }
      if let uncountedTerminatedPods {
        writer.key("uncountedTerminatedPods")
        uncountedTerminatedPods.write(to: &writer)
      }
      if let ready {
        writer.key("ready")
        writer.write(ready)
      }
      writer.endObject()
    }
  }

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
      self.init()
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
    package var rules: [PodFailurePolicyRule]

    package init() {
      self.rules = []
    }

    package init(
      rules: [PodFailurePolicyRule] = []
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

  /// `PodFailurePolicyOnExitCodesRequirement` of `batch/v1`.
  package struct PodFailurePolicyOnExitCodesRequirement: JSONCodable {
    package var containerName: String?
    package var `operator`: String
    package var values: [Int32]

    package init() {
      self.containerName = nil
      self.`operator` = ""
      self.values = []
    }

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
      self.init()
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
    package var type: String
    package var status: String

    package init() {
      self.type = ""
      self.status = ""
    }

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
      self.init()
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
}
