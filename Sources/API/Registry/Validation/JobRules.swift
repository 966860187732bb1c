import JSONDocument
import KubernetesAPI

/// What holds for what a job is to do, also inside of a cron job.
enum JobRules {
  static let policyRuleLimit = 20
  static let exitCodeLimit = 255
  static let indexLimit = 100_000
  static let indexesLength = 64 << 10

  static func validate(_ spec: BatchV1.JobSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.notNegative(spec.parallelism, path.child("parallelism"), into: &errors)
    ValueRules.notNegative(spec.completions, path.child("completions"), into: &errors)
    ValueRules.notNegative(spec.activeDeadlineSeconds, path.child("activeDeadlineSeconds"), into: &errors)
    ValueRules.notNegative(spec.backoffLimit, path.child("backoffLimit"), into: &errors)
    ValueRules.notNegative(spec.ttlSecondsAfterFinished, path.child("ttlSecondsAfterFinished"), into: &errors)
    ValueRules.notNegative(spec.backoffLimitPerIndex, path.child("backoffLimitPerIndex"), into: &errors)
    if let most = spec.maxFailedIndexes {
      ValueRules.notNegative(most, path.child("maxFailedIndexes"), into: &errors)
      if spec.backoffLimitPerIndex == nil {
        errors.append(.required(path.child("backoffLimitPerIndex"), "when maxFailedIndexes is specified"))
      }
    }
    if let manager = spec.managedBy {
      NameRules.domainPrefixedPath(manager, path.child("managedBy"), into: &errors)
      if manager.utf8.count > 63 { errors.append(.tooLong(path.child("managedBy"), limit: 63)) }
    }
    completionMode(spec, path, into: &errors)
    if let policy = spec.podFailurePolicy {
      failurePolicy(policy, spec, path.child("podFailurePolicy"), into: &errors)
    }
    if let policy = spec.successPolicy {
      if spec.completionMode != "Indexed" {
        errors.append(.invalid(path.child("successPolicy"), "requires indexed completion mode"))
      } else {
        successPolicy(policy, spec, path.child("successPolicy"), into: &errors)
      }
    }
    if spec.podFailurePolicy != nil {
      ValueRules.optionalChoice(
        spec.podReplacementPolicy, of: ["Failed"], path.child("podReplacementPolicy"), into: &errors)
    } else {
      ValueRules.optionalChoice(
        spec.podReplacementPolicy, of: ["Failed", "TerminatingOrFailed"], path.child("podReplacementPolicy"),
        into: &errors)
    }
    WorkloadRules.template(spec.template, path.child("template"), into: &errors)
    let template = path.child("template", "spec")
    switch spec.template.spec.restartPolicy {
    case "", "Always":
      errors.append(.required(template.child("restartPolicy"), "valid values: \"OnFailure\", \"Never\""))
    case "OnFailure", "Never": break
    default:
      errors.append(
        .notSupported(
          template.child("restartPolicy"), spec.template.spec.restartPolicy, supported: ["OnFailure", "Never"]))
    }
    if spec.podFailurePolicy != nil, spec.template.spec.restartPolicy != "Never" {
      errors.append(
        .invalid(
          template.child("restartPolicy"), spec.template.spec.restartPolicy,
          "only \"Never\" is supported when podFailurePolicy is specified"))
    }
  }

  private static func completionMode(_ spec: BatchV1.JobSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.optionalChoice(
      spec.completionMode, of: ["Indexed", "NonIndexed"], path.child("completionMode"), into: &errors)
    guard spec.completionMode == "Indexed" else {
      for (name, value) in [
        ("backoffLimitPerIndex", spec.backoffLimitPerIndex), ("maxFailedIndexes", spec.maxFailedIndexes),
      ] {
        if let value { errors.append(.invalid(path.child(name), value, "requires indexed completion mode")) }
      }
      return
    }
    if spec.completions == nil {
      errors.append(.required(path.child("completions"), "when completion mode is Indexed"))
    }
    if let parallelism = spec.parallelism, parallelism > indexLimit {
      errors.append(
        .invalid(
          path.child("parallelism"), parallelism,
          "must be less than or equal to \(indexLimit) when completion mode is Indexed"))
    }
    let completions = spec.completions ?? 0
    if let most = spec.maxFailedIndexes {
      if most > completions, spec.completions != nil {
        errors.append(.invalid(path.child("maxFailedIndexes"), most, "must be less than or equal to completions"))
      }
      if most > indexLimit {
        errors.append(.invalid(path.child("maxFailedIndexes"), most, "must be less than or equal to \(indexLimit)"))
      }
    }
    guard spec.backoffLimitPerIndex != nil, completions > indexLimit else { return }
    let detail = "must be less than or equal to 10000 when completions are above \(indexLimit)"
    if let most = spec.maxFailedIndexes {
      if most > 10_000 {
        errors.append(
          .invalid(
            path.child("maxFailedIndexes"), most, detail + " and used with backoff limit per index"))
      }
    } else {
      errors.append(
        .required(path.child("maxFailedIndexes"), "must be specified when completions is above \(indexLimit)"))
    }
    if let parallelism = spec.parallelism, parallelism > 10_000 {
      errors.append(
        .invalid(path.child("parallelism"), parallelism, detail + " and used with backoff limit per index"))
    }
  }

  // MARK: Policies

  private static func failurePolicy(
    _ policy: BatchV1.PodFailurePolicy, _ spec: BatchV1.JobSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let rules = path.child("rules")
    if policy.rules.count > policyRuleLimit {
      errors.append(.tooMany(rules, count: policy.rules.count, limit: policyRuleLimit))
    }
    let pod = spec.template.spec
    let names = Set(pod.containers.map(\.name) + pod.initContainers.map(\.name))
    let actions = ["Count", "FailIndex", "FailJob", "Ignore"]
    for (index, rule) in policy.rules.enumerated() {
      let path = rules.index(index)
      if rule.action.isEmpty {
        errors.append(.required(path.child("action"), "valid values: \(listed(actions))"))
      } else if rule.action == "FailIndex", spec.backoffLimitPerIndex == nil {
        errors.append(
          .invalid(path.child("action"), rule.action, "requires the backoffLimitPerIndex to be set"))
      } else {
        ValueRules.choice(rule.action, of: actions, path.child("action"), into: &errors)
      }
      if let codes = rule.onExitCodes { exitCodes(codes, path.child("onExitCodes"), names, into: &errors) }
      conditions(rule.onPodConditions, path.child("onPodConditions"), into: &errors)
      switch (rule.onExitCodes != nil, !rule.onPodConditions.isEmpty) {
      case (true, true):
        errors.append(.invalid(path, "specifying both OnExitCodes and OnPodConditions is not supported"))
      case (false, false):
        errors.append(.invalid(path, "specifying one of OnExitCodes and OnPodConditions is required"))
      default: break
      }
    }
  }

  private static func exitCodes(
    _ codes: BatchV1.PodFailurePolicyOnExitCodesRequirement, _ path: FieldPath, _ containers: Set<String>,
    into errors: inout [FieldError]
  ) {
    let operators = ["In", "NotIn"]
    if codes.operator.isEmpty {
      errors.append(.required(path.child("operator"), "valid values: \(listed(operators))"))
    } else {
      ValueRules.choice(codes.operator, of: operators, path.child("operator"), into: &errors)
    }
    if let name = codes.containerName, !containers.contains(name) {
      errors.append(
        .invalid(
          path.child("containerName"), name,
          "must be one of the container or initContainer names in the pod template"))
    }
    let values = path.child("values")
    let rendered = JSONValue.array(codes.values.map { .int(Int64($0)) }).description
    if codes.values.isEmpty {
      errors.append(.invalid(values, rendered: rendered, "at least one value is required"))
    } else if codes.values.count > exitCodeLimit {
      errors.append(.tooMany(values, count: codes.values.count, limit: exitCodeLimit))
    }
    var seen: Set<Int32> = []
    for (index, value) in codes.values.enumerated() {
      if codes.operator == "In", value == 0 {
        errors.append(.invalid(values.index(index), value, "must not be 0 for the In operator"))
      }
      if !seen.insert(value).inserted { errors.append(.duplicate(values.index(index), value)) }
    }
    if codes.values != codes.values.sorted() {
      errors.append(.invalid(values, rendered: rendered, "must be ordered"))
    }
  }

  private static func conditions(
    _ patterns: [BatchV1.PodFailurePolicyOnPodConditionsPattern], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if patterns.count > policyRuleLimit {
      errors.append(.tooMany(path, count: patterns.count, limit: policyRuleLimit))
    }
    let statuses = ["False", "True", "Unknown"]
    for (index, pattern) in patterns.enumerated() {
      let path = path.index(index)
      ValueRules.name(pattern.type, path.child("type"), NameRules.qualifiedName, into: &errors)
      if pattern.status.isEmpty {
        errors.append(.required(path.child("status"), "valid values: \(listed(statuses))"))
      } else {
        ValueRules.choice(pattern.status, of: statuses, path.child("status"), into: &errors)
      }
    }
  }

  private static func successPolicy(
    _ policy: BatchV1.SuccessPolicy, _ spec: BatchV1.JobSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let rules = path.child("rules")
    if policy.rules.isEmpty {
      errors.append(.required(rules, "at least one rules must be specified when the successPolicy is specified"))
    }
    if policy.rules.count > policyRuleLimit {
      errors.append(.tooMany(rules, count: policy.rules.count, limit: policyRuleLimit))
    }
    for (index, rule) in policy.rules.enumerated() {
      let path = rules.index(index)
      if rule.succeededCount == nil, rule.succeededIndexes == nil {
        errors.append(
          .required(path, "at least one of succeededCount or succeededIndexes must be specified"))
      }
      var indexes: Int?
      if let text = rule.succeededIndexes {
        let path = path.child("succeededIndexes")
        if text.utf8.count > indexesLength { errors.append(.tooLong(path, limit: indexesLength)) }
        do {
          indexes = try IndexIntervals(text, completions: Int(spec.completions ?? 0)).count
        } catch {
          errors.append(.invalid(path, text, "error parsing succeededIndexes: \(error.reason)"))
        }
      }
      guard let count = rule.succeededCount else { continue }
      let path2 = path.child("succeededCount")
      ValueRules.notNegative(count, path2, into: &errors)
      if let completions = spec.completions, count > completions {
        errors.append(
          .invalid(
            path2, count,
            "must be less than or equal to \(completions) (the number of specified completions)"))
      }
      if let indexes, count > indexes {
        errors.append(
          .invalid(
            path2, count,
            "must be less than or equal to \(indexes) (the number of indexes in the specified succeededIndexes field)"
          ))
      }
    }
  }

  /// `["In" "NotIn"]`
  private static func listed(_ words: [String]) -> String {
    "[" + words.map(FieldError.quoted).joined(separator: " ") + "]"
  }
}

/// Indexes of an indexed job in the short form `1,3-5,7`: ascending, none twice.
struct IndexIntervals {
  struct Problem: Error { var reason: String }
  private(set) var count = 0

  /// - Throws: when the text is not that, or goes beyond the job's completions.
  init(_ text: String, completions: Int) throws(Problem) {
    guard !text.isEmpty else { return }
    var last = -1
    for interval in text.split(separator: ",", omittingEmptySubsequences: false) {
      let limits = interval.split(separator: "-", omittingEmptySubsequences: false)
      guard limits.count <= 2 else {
        throw Problem(
          reason: "the fragment \(FieldError.quoted(String(interval))) violates the requirement that an "
            + "index interval can have at most two parts separated by '-'")
      }
      let low = try Self.index(limits[0], completions)
      let high = limits.count == 2 ? try Self.index(limits[1], completions) : low
      if limits.count == 2, low >= high {
        throw Problem(reason: "non-increasing order, previous: \(low), current: \(high)")
      }
      if low <= last { throw Problem(reason: "non-increasing order, previous: \(last), current: \(low)") }
      count += high - low + 1
      last = high
    }
  }

  private static func index(_ text: Substring, _ completions: Int) throws(Problem) -> Int {
    guard let index = Int(text), index >= 0 else {
      throw Problem(reason: "cannot convert string to integer for index: \(FieldError.quoted(String(text)))")
    }
    guard index < completions else {
      throw Problem(reason: "too large index: \(FieldError.quoted(String(text)))")
    }
    return index
  }
}

/// What holds for what is said of a job's progress.
enum JobStatusRules {
  static func validate(_ job: BatchV1.Job, from old: BatchV1.Job, into errors: inout [FieldError]) {
    let path = FieldPath("status")
    let status = job.status
    for (name, count) in [("active", status.active), ("succeeded", status.succeeded), ("failed", status.failed)] {
      ValueRules.notNegative(count, path.child(name), into: &errors)
    }
    ValueRules.notNegative(status.ready, path.child("ready"), into: &errors)
    ValueRules.notNegative(status.terminating, path.child("terminating"), into: &errors)
    if let uncounted = status.uncountedTerminatedPods {
      let path = path.child("uncountedTerminatedPods")
      var seen: Set<String> = []
      for (name, list) in [("succeeded", uncounted.succeeded), ("failed", uncounted.failed)] {
        for (index, uid) in list.enumerated() {
          let path = path.child(name).index(index)
          if uid.isEmpty {
            errors.append(.invalid(path, uid, "must not be empty"))
          } else if !seen.insert(uid).inserted {
            errors.append(.duplicate(path, uid))
          }
        }
      }
    }
    transitions(status, old.status, job.spec, path, into: &errors)
    indexes(status, job.spec, path, into: &errors)
  }

  private static func has(_ type: String, _ status: BatchV1.JobStatus) -> Bool {
    status.conditions.contains { $0.type == type && $0.status == "True" }
  }

  /// What has ended stays ended, in one way.
  private static func transitions(
    _ status: BatchV1.JobStatus, _ old: BatchV1.JobStatus, _ spec: BatchV1.JobSpec, _ path: FieldPath,
    into errors: inout [FieldError]
  ) {
    let conditions = path.child("conditions")
    let rendered = JSONValue.array(status.conditions.map(\.json)).description
    func refuse(_ detail: String) { errors.append(.invalid(conditions, rendered: rendered, detail)) }
    let complete = has("Complete", status)
    let failed = has("Failed", status)
    if complete, failed { refuse("cannot set Complete=True and Failed=true conditions") }
    if complete, has("FailureTarget", status) {
      refuse("cannot set Complete=True and FailureTarget=true conditions")
    }
    for type in ["Complete", "Failed"] where has(type, old) && !has(type, status) {
      refuse("cannot disable the terminal \(type)=True condition")
    }
    if let start = old.startTime, let time = status.completionTime, time < start {
      errors.append(
        .invalid(
          path.child("completionTime"), time.description, "completionTime cannot be set before startTime"))
    }
    if complete, status.completionTime == nil {
      errors.append(.required(path.child("completionTime"), "completionTime is required for Complete jobs"))
    }
    if !complete, status.completionTime != nil {
      errors.append(
        .invalid(
          path.child("completionTime"), status.completionTime?.description ?? "",
          "completionTime cannot be set for non-complete job"))
    }
    if complete || failed, status.active > 0 {
      errors.append(.invalid(path.child("active"), status.active, "active>0 is invalid for finished job"))
    }
  }

  private static func indexes(
    _ status: BatchV1.JobStatus, _ spec: BatchV1.JobSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    for (name, text) in [("completedIndexes", status.completedIndexes), ("failedIndexes", status.failedIndexes ?? "")]
    where !text.isEmpty {
      if spec.completionMode != "Indexed" {
        errors.append(
          .invalid(path.child(name), text, "cannot set non-empty \(name) when non-indexed completion mode"))
        continue
      }
      do {
        _ = try IndexIntervals(text, completions: Int(spec.completions ?? 0))
      } catch {
        errors.append(.invalid(path.child(name), text, "error parsing \(name): \(error.reason)"))
      }
    }
  }
}
