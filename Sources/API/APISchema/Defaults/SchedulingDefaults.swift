import JSONDocument

/// Defaults of scheduling.k8s.io/v1.
enum SchedulingDefaults {
  static let kinds: KindDefaults.Group = [
    "PriorityClass": { $0.setDefault("preemptionPolicy", "PreemptLowerPriority") }
  ]
}
