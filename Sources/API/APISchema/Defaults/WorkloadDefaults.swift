import JSONDocument

/// Defaults of what makes pods.
enum WorkloadDefaults {
  static func deployment(_ deployment: inout JSONValue) {
    deployment.update("spec") { spec in
      spec.setDefault("replicas", 1)
      spec.setDefault("revisionHistoryLimit", 10)
      spec.setDefault("progressDeadlineSeconds", 600)
      spec.setDefault("strategy", [:])
      spec.update("strategy") { strategy in
        strategy.setDefaultForZero("type", "RollingUpdate")
        guard strategy["type"] == "RollingUpdate" else { return }
        strategy.setDefault("rollingUpdate", [:])
        strategy.update("rollingUpdate") { rolling in
          rolling.setDefault("maxUnavailable", "25%")
          rolling.setDefault("maxSurge", "25%")
        }
      }
      spec.update("template", PodDefaults.template)
    }
  }

  static func replicaSet(_ set: inout JSONValue) {
    set.update("spec") { spec in
      spec.setDefault("replicas", 1)
      spec.update("template", PodDefaults.template)
    }
  }

  static func daemonSet(_ set: inout JSONValue) {
    set.update("spec") { spec in
      spec.setDefault("revisionHistoryLimit", 10)
      spec.setDefault("updateStrategy", [:])
      spec.update("updateStrategy") { strategy in
        strategy.setDefaultForZero("type", "RollingUpdate")
        guard strategy["type"] == "RollingUpdate" else { return }
        strategy.setDefault("rollingUpdate", [:])
        strategy.update("rollingUpdate") { rolling in
          rolling.setDefault("maxUnavailable", 1)
          rolling.setDefault("maxSurge", 0)
        }
      }
      spec.update("template", PodDefaults.template)
    }
  }

  static func statefulSet(_ set: inout JSONValue) {
    set.update("spec") { spec in
      spec.setDefault("replicas", 1)
      spec.setDefault("revisionHistoryLimit", 10)
      spec.setDefaultForZero("podManagementPolicy", "OrderedReady")
      spec.setDefault("updateStrategy", [:])
      spec.update("updateStrategy") { strategy in
        strategy.setDefaultForZero("type", "RollingUpdate")
        guard strategy["type"] == "RollingUpdate" else { return }
        strategy.setDefault("rollingUpdate", [:])
        strategy.update("rollingUpdate") { $0.setDefault("partition", 0) }
      }
      spec.setDefault("persistentVolumeClaimRetentionPolicy", [:])
      spec.update("persistentVolumeClaimRetentionPolicy") { policy in
        policy.setDefaultForZero("whenDeleted", "Retain")
        policy.setDefaultForZero("whenScaled", "Retain")
      }
      spec.updateEach("volumeClaimTemplates", ObjectDefaults.persistentVolumeClaim)
      spec.update("template", PodDefaults.template)
    }
  }

  static func job(_ job: inout JSONValue) { job.update("spec", jobSpec) }

  static func cronJob(_ job: inout JSONValue) {
    job.update("spec") { spec in
      spec.setDefaultForZero("concurrencyPolicy", "Allow")
      spec.setDefault("suspend", false)
      spec.setDefault("successfulJobsHistoryLimit", 3)
      spec.setDefault("failedJobsHistoryLimit", 1)
      spec.update("jobTemplate") { $0.update("spec", jobSpec) }
    }
  }

  private static func jobSpec(_ spec: inout JSONValue) {
    // One pod, unless the author wants a work queue: parallel without a number of completions.
    if spec["completions"] == nil, spec["parallelism"] == nil { spec.setDefault("completions", 1) }
    spec.setDefault("parallelism", 1)
    // A limit an index replaces the one of the whole job.
    spec.setDefault("backoffLimit", spec["backoffLimitPerIndex"] == nil ? 6 : .int(Int64(Int32.max)))
    spec.setDefault("completionMode", "NonIndexed")
    spec.setDefault("suspend", false)
    spec.setDefault("podReplacementPolicy", spec["podFailurePolicy"] == nil ? "TerminatingOrFailed" : "Failed")
    spec.update("template", PodDefaults.template)
  }
}
