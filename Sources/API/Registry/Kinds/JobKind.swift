import JSONDocument
import KubernetesAPI

/// Jobs. What a job's pods are told by are labels with the job's unique identity, unless its author wants others.
struct JobKind: KindRules {
  typealias Object = BatchV1.Job
  static let nameLabels = ["job-name", "batch.kubernetes.io/job-name"]
  static let identityLabels = ["controller-uid", "batch.kubernetes.io/controller-uid"]

  let storagePath = "jobs"
  let countsGenerations = true
  let defaultPropagation: DeleteOptions.Propagation? = .orphan
  let warningWithoutPropagation: String? = """
    child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set \
    propagationPolicy=Orphan to suppress this warning
    """
  let selectableFields = [
    SelectableField("status.successful", path: ["status", "succeeded"], absent: "0")
  ]

  func prepareForCreate(_ job: inout BatchV1.Job) {
    job.status = BatchV1.JobStatus()
    GatedFields.drop(from: &job.spec.template.spec)
  }

  /// Generates the selector and the labels that go with it.
  func completeCreate(_ job: inout BatchV1.Job) {
    guard job.spec.manualSelector != true else { return }
    for label in Self.nameLabels where job.spec.template.metadata.labels[label] == nil {
      job.spec.template.metadata.labels[label] = job.metadata.name
    }
    for label in Self.identityLabels where job.spec.template.metadata.labels[label] == nil {
      job.spec.template.metadata.labels[label] = job.metadata.uid
    }
    var selector = job.spec.selector ?? MetaV1.LabelSelector()
    if selector.matchLabels[Self.identityLabels[1]] == nil {
      selector.matchLabels[Self.identityLabels[1]] = job.metadata.uid
    }
    job.spec.selector = selector
  }

  func prepareForUpdate(_ job: inout BatchV1.Job, from old: BatchV1.Job) {
    job.status = old.status
    GatedFields.drop(from: &job.spec.template.spec, unlessIn: old.spec.template.spec)
  }

  func wantsDiffer(_ job: BatchV1.Job, _ old: BatchV1.Job) -> Bool { job.spec != old.spec }

  func validate(_ job: BatchV1.Job, into errors: inout [FieldError]) {
    generatedSelector(job, into: &errors)
    let path = FieldPath("spec")
    JobRules.validate(job.spec, path, into: &errors)
    if job.spec.selector == nil {
      errors.append(.required(path.child("selector")))
    } else {
      SelectorRules.validate(job.spec.selector, path.child("selector"), into: &errors)
    }
    let labels = job.spec.template.metadata.labels
    if let selector = job.spec.selector, !selector.matches(labels) {
      errors.append(WorkloadRules.mismatch(labels, path.child("template")))
    }
    if job.spec.completionMode == "Indexed", let completions = job.spec.completions, completions > 0 {
      let hostname = "\(job.metadata.name)-\(completions - 1)"
      if !NameRules.dnsLabel(hostname).isEmpty {
        errors.append(
          .invalid(
            FieldPath("metadata.name"), job.metadata.name,
            "will not able to create pod with invalid DNS label: \(hostname)"))
      }
    }
  }

  /// Who has a selector generated may not bring labels that say something else.
  private func generatedSelector(_ job: BatchV1.Job, into errors: inout [FieldError]) {
    guard job.spec.manualSelector != true, let selector = job.spec.selector else { return }
    let labels = FieldPath("spec.template.metadata.labels")
    for (keys, value) in [(Self.identityLabels, job.metadata.uid), (Self.nameLabels, job.metadata.name)] {
      for key in keys {
        let found = job.spec.template.metadata.labels[key] ?? ""
        if found != value { errors.append(.invalid(labels.key(key), found, "must be '\(value)'")) }
      }
    }
    let expected = [Self.identityLabels[1]: job.metadata.uid]
    let legacy = [Self.identityLabels[0]: job.metadata.uid]
    if !selector.matches(expected.merging(legacy) { first, _ in first }) {
      errors.append(
        .invalid(
          FieldPath("spec.selector"), rendered: SelectorRules.rendered(selector), "`selector` not auto-generated"))
    }
  }

  func validateUpdate(_ job: BatchV1.Job, from old: BatchV1.Job, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let (new, before) = (job.spec, old.spec)
    if new.completions != before.completions {
      if new.completionMode != "Indexed" || before.completions == nil || new.completions == nil {
        errors.append(
          .invalid(
            path.child("completions"), rendered: new.completions.map { "\($0)" } ?? "null", "field is immutable"))
      } else if new.completions != new.parallelism {
        errors.append(
          .invalid(
            path.child("completions"), new.completions ?? 0, "can only be modified in tandem with spec.parallelism"))
      }
    }
    func immutable<T: Equatable & JSONCodable>(_ name: String, _ new: T?, _ old: T?) {
      ValueRules.immutable(
        new, old, path.child(name), rendered: { $0?.json.description ?? "null" }, into: &errors)
    }
    immutable("selector", new.selector, before.selector)
    template(job, old, path.child("template"), into: &errors)
    if new.completionMode != before.completionMode {
      errors.append(
        .invalid(path.child("completionMode"), new.completionMode ?? "", "field is immutable"))
    }
    immutable("podFailurePolicy", new.podFailurePolicy, before.podFailurePolicy)
    if new.backoffLimitPerIndex != before.backoffLimitPerIndex {
      errors.append(
        .invalid(
          path.child("backoffLimitPerIndex"), rendered: new.backoffLimitPerIndex.map { "\($0)" } ?? "null",
          "field is immutable"))
    }
    if new.managedBy != before.managedBy {
      errors.append(
        .invalid(
          path.child("managedBy"), rendered: new.managedBy.map(FieldError.quoted) ?? "null", "field is immutable"))
    }
    immutable("successPolicy", new.successPolicy, before.successPolicy)
  }

  /// Where the pods of a job may run can be changed as long as it is suspended and has not begun.
  private func template(_ job: BatchV1.Job, _ old: BatchV1.Job, _ path: FieldPath, into errors: inout [FieldError]) {
    let new = job.spec.template
    var allowed = old.spec.template
    if old.spec.suspend == true, old.status.startTime == nil {
      allowed.metadata.labels = new.metadata.labels
      allowed.metadata.annotations = new.metadata.annotations
      allowed.spec.nodeSelector = new.spec.nodeSelector
      allowed.spec.affinity = new.spec.affinity
      allowed.spec.tolerations = new.spec.tolerations
      allowed.spec.schedulingGates = new.spec.schedulingGates
    }
    guard new != allowed else { return }
    errors.append(
      .invalid(path, rendered: String(decoding: new.jsonBytes, as: UTF8.self), "field is immutable"))
  }

  func object(_ current: BatchV1.Job, withStatusOf sent: BatchV1.Job) -> BatchV1.Job {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(_ job: BatchV1.Job, from old: BatchV1.Job, into errors: inout [FieldError]) {
    JobStatusRules.validate(job, from: old, into: &errors)
  }

  func cells(_ job: BatchV1.Job, now: Int64) -> [JSONValue] {
    let containers = TableCells.containers(job.spec.template.spec)
    let status = job.status
    var completions = "\(status.succeeded)/1"
    if let wanted = job.spec.completions {
      completions = "\(status.succeeded)/\(wanted)"
    } else if let parallelism = job.spec.parallelism, parallelism > 1 {
      completions += " of \(parallelism)"
    }
    var duration = ""
    if let start = status.startTime {
      let end = status.completionTime?.secondsSinceEpoch ?? now
      duration = HumanDuration.text(seconds: end - start.secondsSinceEpoch)
    }
    return [
      .string(job.metadata.name), .string(state(job)), .string(completions), .string(duration),
      TableCells.age(job.metadata, now), containers.names, containers.images,
      .string(TableCells.selector(job.spec.selector)),
    ]
  }

  /// What a job's conditions come to in one word.
  private func state(_ job: BatchV1.Job) -> String {
    func has(_ type: String) -> Bool { job.status.conditions.contains { $0.type == type && $0.status == "True" } }
    if has("Complete") { return "Complete" }
    if has("Failed") { return "Failed" }
    if job.metadata.deletionTimestamp != nil { return "Terminating" }
    return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].first(where: has) ?? "Running"
  }
}
