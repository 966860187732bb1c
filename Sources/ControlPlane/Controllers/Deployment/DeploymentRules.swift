import JSONDocument
package import KubernetesAPI

/// What a Deployment's replica sets are called, which of them is the new one, and what its status says. Pure.
package enum DeploymentRules {
  package static let hashLabel = "pod-template-hash"
  package static let revision = "deployment.kubernetes.io/revision"
  package static let revisionHistory = "deployment.kubernetes.io/revision-history"
  package static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
  package static let maxReplicas = "deployment.kubernetes.io/max-replicas"

  /// Annotations of a Deployment that its replica sets do not take over.
  static let ownAnnotations: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", revision, revisionHistory, desiredReplicas, maxReplicas,
  ]

  /// A name for a pod template: FNV-1a over its JSON and the count of collisions, in letters that make no words and
  /// are valid in names.
  package static func hash(_ template: CoreV1.PodTemplateSpec, collisions: Int32?) -> String {
    var hash: UInt32 = 2_166_136_261
    func add(_ byte: UInt8) { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    for byte in stableJSON(template) { add(byte) }
    if let collisions {
      for shift in stride(from: 0, to: 32, by: 8) { add(UInt8(truncatingIfNeeded: collisions >> shift)) }
    }
    return safeName(hash)
  }

  /// Maps keep no order in memory: the template's text is taken with its maps' keys sorted.
  private static func stableJSON(_ template: CoreV1.PodTemplateSpec) -> [UInt8] {
    var bytes: [UInt8] = []
    CanonicalJSON.append(template.json, to: &bytes)
    return bytes
  }

  static func safeName(_ value: UInt32) -> String {
    let alphabet = Array("bcdfghjklmnpqrstvwxz2456789")
    return String(String(value).utf8.map { alphabet[Int($0) % alphabet.count] })
  }

  /// Whether a replica set was made for this template.
  package static func matches(_ set: AppsV1.ReplicaSet, _ template: CoreV1.PodTemplateSpec) -> Bool {
    var left = set.spec.template
    var right = template
    left.metadata.labels[hashLabel] = nil
    right.metadata.labels[hashLabel] = nil
    return left == right
  }

  /// The replica set of the Deployment's present template: the oldest, should there be several.
  package static func newSet(_ deployment: AppsV1.Deployment, among sets: [AppsV1.ReplicaSet]) -> AppsV1.ReplicaSet? {
    oldestFirst(sets).first { matches($0, deployment.spec.template) }
  }

  package static func oldestFirst(_ sets: [AppsV1.ReplicaSet]) -> [AppsV1.ReplicaSet] {
    sets.sorted {
      let (left, right) = (
        $0.metadata.creationTimestamp?.secondsSinceEpoch ?? 0, $1.metadata.creationTimestamp?.secondsSinceEpoch ?? 0
      )
      return (left, $0.metadata.name) < (right, $1.metadata.name)
    }
  }

  package static func revisionNumber(_ metadata: MetaV1.ObjectMeta) -> Int64 {
    metadata.annotations[revision].flatMap { Int64($0) } ?? 0
  }

  /// Labels that tie pods to one template: the Deployment's own plus the hash.
  static func hashed(_ selector: MetaV1.LabelSelector?, _ hash: String) -> MetaV1.LabelSelector {
    var selector = selector ?? MetaV1.LabelSelector()
    selector.matchLabels[hashLabel] = hash
    return selector
  }

  /// Brings the new replica set's annotations up to date. `revision` is at least one more than any older set's.
  static func annotate(
    _ set: inout AppsV1.ReplicaSet, for deployment: AppsV1.Deployment, revision number: Int64
  ) {
    for (key, value) in deployment.metadata.annotations where !ownAnnotations.contains(key) {
      set.metadata.annotations[key] = value
    }
    let before = revisionNumber(set.metadata)
    guard before < number else { return }
    set.metadata.annotations[revision] = String(number)
    if before > 0 {
      // The revisions at which this template was the new one before: kubectl shows and uses them.
      var history = (set.metadata.annotations[revisionHistory] ?? "").split(separator: ",").map(String.init)
      history.append(String(before))
      set.metadata.annotations[revisionHistory] = history.suffix(64).joined(separator: ",")
    }
  }

  /// Sizes a replica set and notes what it was sized for, so that a later change of scale can be told and shared out.
  static func resize(_ set: inout AppsV1.ReplicaSet, to replicas: Int, desired: Int, surge: Int) {
    set.spec.replicas = Int32(clamping: replicas)
    set.metadata.annotations[desiredReplicas] = String(desired)
    set.metadata.annotations[maxReplicas] = String(desired + surge)
  }

  static func count(_ set: AppsV1.ReplicaSet) -> RolloutArithmetic.ReplicaSetCount {
    RolloutArithmetic.ReplicaSetCount(
      name: set.metadata.name, desired: Int(set.spec.replicas ?? 1), available: Int(set.status.availableReplicas),
      current: Int(set.status.replicas))
  }

  /// Old replica sets that history no longer needs: empty, settled, the lowest revisions first.
  package static func expendable(_ old: [AppsV1.ReplicaSet], limit: Int) -> [AppsV1.ReplicaSet] {
    let idle = old.filter {
      ($0.spec.replicas ?? 1) == 0 && $0.status.replicas == 0 && $0.status.observedGeneration >= $0.metadata.generation
        && !$0.metadata.isTerminating
    }
    guard old.count > limit else { return [] }
    return Array(idle.sorted { revisionNumber($0.metadata) < revisionNumber($1.metadata) }.prefix(old.count - limit))
  }
}
