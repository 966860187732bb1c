import JSONDocument

/// Defaults of batch/v1.
enum BatchDefaults {
  static let kinds: KindDefaults.Group = ["Job": job, "CronJob": cronJob]

  private static func job(_ job: inout JSONValue) {
    if case .object(let labels)? = job["spec"]?["template"]?["metadata"]?["labels"], !labels.isEmpty,
      (job["metadata"]?["labels"]?.objectValue ?? JSONObject()).isEmpty
    {
      job.setDefault("metadata", [:])
      job.update("metadata") { $0["labels"] = .object(labels) }
    }
    job.update("spec") { spec in
      // One pod, unless the author wants a work queue: parallel without a number of completions.
      if spec["completions"] == nil, spec["parallelism"] == nil { spec.setDefault("completions", 1) }
      spec.setDefault("parallelism", 1)
      // A limit an index replaces the one of the whole job.
      spec.setDefault("backoffLimit", spec["backoffLimitPerIndex"] == nil ? 6 : .int(Int64(Int32.max)))
      spec.setDefault("completionMode", "NonIndexed")
      spec.setDefault("suspend", false)
      spec.setDefault("manualSelector", false)
      spec.setDefault("podReplacementPolicy", spec["podFailurePolicy"] == nil ? "TerminatingOrFailed" : "Failed")
      spec.update("podFailurePolicy") { policy in
        policy.updateEach("rules") { rule in
          rule.updateEach("onPodConditions") { $0.setDefaultForZero("status", "True") }
        }
      }
      spec.update("template", PodDefaults.template)
    }
  }

  /// The jobs that it makes get their own defaults when they are made.
  private static func cronJob(_ job: inout JSONValue) {
    job.update("spec") { spec in
      spec.setDefaultForZero("concurrencyPolicy", "Allow")
      spec.setDefault("suspend", false)
      spec.setDefault("successfulJobsHistoryLimit", 3)
      spec.setDefault("failedJobsHistoryLimit", 1)
      spec.update("jobTemplate") { $0.update("spec") { $0.update("template", PodDefaults.template) } }
    }
  }
}
