// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `batch/v1`.
package enum BatchV1 {}

extension BatchV1 {
  /// `CronJob` of `batch/v1`.
  package struct CronJob: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "batch/v1"
    package static let kind = "CronJob"
    package static let resource = ResourceDescription(
      group: "batch", version: "v1", kind: kind, plural: "cronjobs",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: CronJobSpec
    package var status: CronJobStatus

    package init() {
      self.status = CronJobStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: CronJobSpec = CronJobSpec(),
      status: CronJobStatus = CronJobStatus()
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
        case 1: self.spec = try CronJobSpec(from: &reader)
        case 2: self.status = try CronJobStatus(from: &reader)
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

  /// `CronJobList` of `batch/v1`.
  package struct CronJobList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "batch/v1"
    package static let kind = "CronJobList"
    package var metadata: MetaV1.ListMeta
    package var items: [CronJob]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CronJob] = []
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

  /// `CronJobSpec` of `batch/v1`.
  package struct CronJobSpec: JSONCodable {
    package var schedule: String
    package var timeZone: String?
    package var startingDeadlineSeconds: Int64?
    package var concurrencyPolicy: String
    package var suspend: Bool?
    package var jobTemplate: JobTemplateSpec
    package var successfulJobsHistoryLimit: Int32?
    package var failedJobsHistoryLimit: Int32?

    package init() {
      self.schedule = ""
      self.timeZone = nil
      self.startingDeadlineSeconds = nil
      self.concurrencyPolicy = ""
      self.suspend = nil
      self.jobTemplate = JobTemplateSpec()
      self.successfulJobsHistoryLimit = nil
      self.failedJobsHistoryLimit = nil
    }

    package init(
      schedule: String = "",
      timeZone: String? = nil,
      startingDeadlineSeconds: Int64? = nil,
      concurrencyPolicy: String = "",
      suspend: Bool? = nil,
      jobTemplate: JobTemplateSpec = JobTemplateSpec(),
      successfulJobsHistoryLimit: Int32? = nil,
      failedJobsHistoryLimit: Int32? = nil
    ) {
      self.schedule = schedule
      self.timeZone = timeZone
      self.startingDeadlineSeconds = startingDeadlineSeconds
      self.concurrencyPolicy = concurrencyPolicy
      self.suspend = suspend
      self.jobTemplate = jobTemplate
      self.successfulJobsHistoryLimit = successfulJobsHistoryLimit
      self.failedJobsHistoryLimit = failedJobsHistoryLimit
    }

    private static let fields = FieldTable([
      "schedule", "timeZone", "startingDeadlineSeconds", "concurrencyPolicy", "suspend", "jobTemplate",
      "successfulJobsHistoryLimit", "failedJobsHistoryLimit",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.schedule = try reader.readString()
        case 1: self.timeZone = try reader.readString()
        case 2: self.startingDeadlineSeconds = try reader.readInt64()
        case 3: self.concurrencyPolicy = try reader.readString()
        case 4: self.suspend = try reader.readBool()
        case 5: self.jobTemplate = try JobTemplateSpec(from: &reader)
        case 6: self.successfulJobsHistoryLimit = try reader.readInt32()
        case 7: self.failedJobsHistoryLimit = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("schedule")
      writer.write(schedule)
      if let timeZone {
        writer.key("timeZone")
        writer.write(timeZone)
      }
      if let startingDeadlineSeconds {
        writer.key("startingDeadlineSeconds")
        writer.write(startingDeadlineSeconds)
      }
      if !concurrencyPolicy.isEmpty {
        writer.key("concurrencyPolicy")
        writer.write(concurrencyPolicy)
      }
      if let suspend {
        writer.key("suspend")
        writer.write(suspend)
      }
      writer.key("jobTemplate")
      jobTemplate.write(to: &writer)
      if let successfulJobsHistoryLimit {
        writer.key("successfulJobsHistoryLimit")
        writer.write(successfulJobsHistoryLimit)
      }
      if let failedJobsHistoryLimit {
        writer.key("failedJobsHistoryLimit")
        writer.write(failedJobsHistoryLimit)
      }
      writer.endObject()
    }
  }

  /// `CronJobStatus` of `batch/v1`.
  package struct CronJobStatus: JSONCodable {
    package var active: [CoreV1.ObjectReference]
    package var lastScheduleTime: Time?
    package var lastSuccessfulTime: Time?

    package init() {
      self.active = []
      self.lastScheduleTime = nil
      self.lastSuccessfulTime = nil
    }

    package init(
      active: [CoreV1.ObjectReference] = [],
      lastScheduleTime: Time? = nil,
      lastSuccessfulTime: Time? = nil
    ) {
      self.active = active
      self.lastScheduleTime = lastScheduleTime
      self.lastSuccessfulTime = lastSuccessfulTime
    }

    private static let fields = FieldTable([
      "active", "lastScheduleTime", "lastSuccessfulTime",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.active = try reader.readArray()
        case 1: self.lastScheduleTime = try Time(from: &reader)
        case 2: self.lastSuccessfulTime = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !active.isEmpty {
        writer.key("active")
        writer.write(array: active)
      }
      if let lastScheduleTime {
        writer.key("lastScheduleTime")
        lastScheduleTime.write(to: &writer)
      }
      if let lastSuccessfulTime {
        writer.key("lastSuccessfulTime")
        lastSuccessfulTime.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `Job` of `batch/v1`.
  package struct Job: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "batch/v1"
    package static let kind = "Job"
    package static let resource = ResourceDescription(
      group: "batch", version: "v1", kind: kind, plural: "jobs",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: JobSpec
    @Boxed package var status: JobStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: JobSpec = JobSpec(),
      status: JobStatus = JobStatus()
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
        case 1: self.spec = try JobSpec(from: &reader)
        case 2: self.status = try JobStatus(from: &reader)
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
}
