import JSONDocument

/// Defaults of apps/v1.
enum AppsDefaults {
  static let kinds: KindDefaults.Group = [
    "Deployment": deployment, "ReplicaSet": replicaSet, "DaemonSet": daemonSet, "StatefulSet": statefulSet,
  ]

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
        // Who names the type gets no details that were not asked for.
        if (strategy["type"]?.stringValue ?? "").isEmpty {
          strategy.setDefaultForZero("type", "RollingUpdate")
          strategy.setDefault("rollingUpdate", [:])
        }
        guard strategy["type"] == "RollingUpdate" else { return }
        strategy.update("rollingUpdate") { $0.setDefault("partition", 0) }
      }
      spec.setDefault("persistentVolumeClaimRetentionPolicy", [:])
      spec.update("persistentVolumeClaimRetentionPolicy") { policy in
        policy.setDefaultForZero("whenDeleted", "Retain")
        policy.setDefaultForZero("whenScaled", "Retain")
      }
      spec.updateEach("volumeClaimTemplates") { claim in
        CoreDefaults.persistentVolumeClaim(&claim)
        claim.setDefaultForZero("apiVersion", "v1")
        claim.setDefaultForZero("kind", "PersistentVolumeClaim")
      }
      spec.update("template", PodDefaults.template)
    }
  }
}
