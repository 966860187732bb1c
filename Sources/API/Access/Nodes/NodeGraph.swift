package import KubernetesAPI

/// Which objects belong to which node, through the pods that are bound to it:
///
///     secret, config map, claim, service account ← pod → node
///     secret ← volume → claim ← pod → node
///     volume attachment → node
///
/// Kept current from changes of pods, volumes and attachments, in any order and any number of times. Each question is
/// answered in constant time, but for a secret that many volumes share.
package struct NodeGraph: Sendable {
  /// What a node reaches, with by how many of its pods.
  private struct Reach: Sendable {
    var secrets: [ObjectPlace: Int] = [:]
    var configMaps: [ObjectPlace: Int] = [:]
    var claims: [ObjectPlace: Int] = [:]
    var serviceAccounts: [ObjectPlace: Int] = [:]
    var pods = 0
  }

  private struct PodEntry: Sendable {
    var uid: String
    /// "" while it is bound to none.
    var node: String
    var references: PodReferences
  }

  private var pods: [ObjectPlace: PodEntry] = [:]
  private var nodes: [String: Reach] = [:]
  private var volumes: [String: VolumeReferences] = [:]
  private var volumesBySecret: [ObjectPlace: Set<String>] = [:]
  /// By name: the node that a volume attachment is for.
  private var attachments: [String: String] = [:]

  package init() {}

  // MARK: Keeping it current

  package mutating func set(_ pod: CoreV1.Pod) {
    let place = ObjectPlace(namespace: pod.metadata.namespace, name: pod.metadata.name)
    let node = pod.spec.nodeName
    // A pod's status changes often, what it refers to hardly ever.
    let entry = PodEntry(
      uid: pod.metadata.uid, node: node,
      references: PodReferences(pod))
    if let old = pods[place] {
      if old.uid == entry.uid, old.node == entry.node, old.references == entry.references { return }
      count(old, in: place.namespace, by: -1)
    }
    pods[place] = entry
    count(entry, in: place.namespace, by: 1)
  }

  package mutating func removePod(namespace: String, name: String) {
    guard let old = pods.removeValue(forKey: ObjectPlace(namespace: namespace, name: name)) else { return }
    count(old, in: namespace, by: -1)
  }

  private mutating func count(_ entry: PodEntry, in namespace: String, by change: Int) {
    guard !entry.node.isEmpty else { return }
    var reach = nodes[entry.node] ?? Reach()
    func add(_ names: some Sequence<String>, _ counts: inout [ObjectPlace: Int]) {
      for name in names {
        let place = ObjectPlace(namespace: namespace, name: name)
        let sum = counts[place, default: 0] + change
        counts[place] = sum > 0 ? sum : nil
      }
    }
    add(entry.references.secrets, &reach.secrets)
    add(entry.references.configMaps, &reach.configMaps)
    add(entry.references.claims, &reach.claims)
    let account = entry.references.serviceAccount
    add(account.isEmpty ? [] : [account], &reach.serviceAccounts)
    reach.pods += change
    nodes[entry.node] = reach.pods > 0 ? reach : nil
  }

  package mutating func set(_ volume: CoreV1.PersistentVolume) {
    let name = volume.metadata.name
    let references = VolumeReferences(volume)
    if volumes[name] == references { return }
    removeVolume(name)
    volumes[name] = references
    for secret in references.secrets { volumesBySecret[secret, default: []].insert(name) }
  }

  package mutating func removeVolume(_ name: String) {
    guard let old = volumes.removeValue(forKey: name) else { return }
    for secret in old.secrets {
      volumesBySecret[secret]?.remove(name)
      if volumesBySecret[secret]?.isEmpty == true { volumesBySecret[secret] = nil }
    }
  }

  package mutating func set(_ attachment: StorageV1.VolumeAttachment) {
    attachments[attachment.metadata.name] = attachment.spec.nodeName
  }

  package mutating func removeAttachment(_ name: String) { attachments[name] = nil }

  // MARK: Asking

  package func reachesSecret(_ place: ObjectPlace, from node: String) -> Bool {
    guard let reach = nodes[node] else { return false }
    if reach.secrets[place] != nil { return true }
    return (volumesBySecret[place] ?? []).contains { reachesVolume($0, from: node) }
  }

  package func reachesConfigMap(_ place: ObjectPlace, from node: String) -> Bool {
    nodes[node]?.configMaps[place] != nil
  }

  package func reachesClaim(_ place: ObjectPlace, from node: String) -> Bool { nodes[node]?.claims[place] != nil }

  package func reachesVolume(_ name: String, from node: String) -> Bool {
    guard let claim = volumes[name]?.claim else { return false }
    return nodes[node]?.claims[claim] != nil
  }

  package func reachesServiceAccount(_ place: ObjectPlace, from node: String) -> Bool {
    nodes[node]?.serviceAccounts[place] != nil
  }

  package func reachesAttachment(_ name: String, from node: String) -> Bool {
    !node.isEmpty && attachments[name] == node
  }

  /// The node that a pod is bound to, "" for none; nil if there is no such pod.
  package func node(ofPod place: ObjectPlace) -> String? { pods[place]?.node }

  /// How many pods, nodes with pods, and volumes it holds; for metrics and tests.
  package var sizes: (pods: Int, nodes: Int, volumes: Int) { (pods.count, nodes.count, volumes.count) }
}
