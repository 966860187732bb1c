import JSONDocument
import KubernetesAPI

/// CronJobs.
struct CronJobKind: KindRules {
  typealias Object = BatchV1.CronJob
  /// A job's name is the cron job's and eleven characters more.
  static let nameLimit = 52

  let storagePath = "cronjobs"
  let countsGenerations = true

  func prepareForCreate(_ job: inout BatchV1.CronJob) {
    job.status = BatchV1.CronJobStatus()
    GatedFields.drop(from: &job.spec.jobTemplate.spec.template.spec)
  }

  func prepareForUpdate(_ job: inout BatchV1.CronJob, from old: BatchV1.CronJob) {
    job.status = old.status
    GatedFields.drop(
      from: &job.spec.jobTemplate.spec.template.spec, unlessIn: old.spec.jobTemplate.spec.template.spec)
  }

  func wantsDiffer(_ job: BatchV1.CronJob, _ old: BatchV1.CronJob) -> Bool { job.spec != old.spec }

  func validate(_ job: BatchV1.CronJob, into errors: inout [FieldError]) {
    let spec = job.spec
    let path = FieldPath("spec")
    if spec.schedule.isEmpty {
      errors.append(.required(path.child("schedule")))
    } else {
      do {
        _ = try CronSchedule(spec.schedule)
      } catch {
        errors.append(.invalid(path.child("schedule"), spec.schedule, error.reason))
      }
    }
    if let zone = spec.timeZone { timeZone(zone, path.child("timeZone"), into: &errors) }
    ValueRules.notNegative(spec.startingDeadlineSeconds, path.child("startingDeadlineSeconds"), into: &errors)
    ValueRules.choice(
      spec.concurrencyPolicy, of: ["Allow", "Forbid", "Replace"], path.child("concurrencyPolicy"), into: &errors)
    template(spec.jobTemplate, path.child("jobTemplate"), into: &errors)
    ValueRules.notNegative(
      spec.successfulJobsHistoryLimit, path.child("successfulJobsHistoryLimit"), into: &errors)
    ValueRules.notNegative(spec.failedJobsHistoryLimit, path.child("failedJobsHistoryLimit"), into: &errors)
  }

  func validateCreate(_ job: BatchV1.CronJob, into errors: inout [FieldError]) {
    if job.metadata.name.utf8.count > Self.nameLimit {
      errors.append(
        .invalid(FieldPath("metadata.name"), job.metadata.name, "must be no more than \(Self.nameLimit) characters"))
    }
    zoneInSchedule(job.spec, wasThere: false, into: &errors)
  }

  func validateUpdate(_ job: BatchV1.CronJob, from old: BatchV1.CronJob, into errors: inout [FieldError]) {
    zoneInSchedule(job.spec, wasThere: old.spec.schedule.contains("TZ"), into: &errors)
  }

  /// A time zone inside of the schedule is only borne with where an older object has it.
  private func zoneInSchedule(_ spec: BatchV1.CronJobSpec, wasThere: Bool, into errors: inout [FieldError]) {
    guard spec.schedule.contains("TZ") else { return }
    let path = FieldPath("spec.schedule")
    if !wasThere {
      errors.append(
        .invalid(path, spec.schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"))
    } else if spec.timeZone != nil {
      errors.append(
        .invalid(path, spec.schedule, "cannot use both timeZone field and TZ or CRON_TZ in schedule"))
    }
  }

  private func timeZone(_ zone: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if zone.isEmpty {
      errors.append(.invalid(path, zone, "timeZone must be nil or non-empty string"))
    } else if zone.lowercased() == "local" {
      errors.append(
        .invalid(
          path, zone,
          "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"))
    } else if !TimeZones.isKnown(zone) {
      errors.append(.invalid(path, zone, "unknown time zone \(zone)"))
    }
  }

  private func template(
    _ template: BatchV1.JobTemplateSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let spec = path.child("spec")
    JobRules.validate(template.spec, spec, into: &errors)
    if let selector = template.spec.selector {
      errors.append(
        .invalid(
          spec.child("selector"), rendered: SelectorRules.rendered(selector), "`selector` will be auto-generated"))
    }
    if template.spec.manualSelector == true {
      errors.append(
        .notSupported(spec.child("manualSelector"), rendered: "true", supported: ["nil", "false"]))
    }
  }

  func object(_ current: BatchV1.CronJob, withStatusOf sent: BatchV1.CronJob) -> BatchV1.CronJob {
    var result = sent
    result.spec = current.spec
    return result
  }

  func cells(_ job: BatchV1.CronJob, now: Int64) -> [JSONValue] {
    let spec = job.spec
    let containers = TableCells.containers(spec.jobTemplate.spec.template.spec)
    return [
      .string(job.metadata.name), .string(spec.schedule), .string(spec.timeZone ?? "<none>"),
      .string(spec.suspend.map { $0 ? "True" : "False" } ?? "<unset>"), TableCells.count(job.status.active.count),
      job.status.lastScheduleTime.map { TableCells.age($0, now) } ?? "<none>", TableCells.age(job.metadata, now),
      containers.names, containers.images, .string(TableCells.selector(spec.jobTemplate.spec.selector)),
    ]
  }
}
