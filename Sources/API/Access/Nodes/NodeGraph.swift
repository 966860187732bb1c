package import KubernetesAPI

/// Which objects belong to which node, through the pods that are bound to it:
///
///     secret, config map, claim, service account ← pod → node
///     secret ← volume → claim ← pod → node
///     volume attachment → node
///
/// Kept current from changes of pods, volumes and attachments, in any order and any number of times. Each question is
/// answered in constant time, but for a secret that many volumes share.
///
/// What a pod refers to is read before its node is asked about that (``unreadPods(of:)``, ``take(_:)``), not when the pod
/// changes: there are as many pods as anything, each changes often, a front-end is not ready before it has been told of
/// all of them, and most changes are of what no kubelet asks it about.
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
    /// Of its last change.
    var revision: Int64
    /// What of it is counted in its node's reach; nil: it has not been read.
    var references: PodReferences?
  }

  /// A pod that has changed since it was read.
  package struct UnreadPod: Sendable {
    fileprivate let place: ObjectPlace
    fileprivate let node: String
    fileprivate let revision: Int64
    fileprivate let read: @Sendable () -> CoreV1.Pod?

    /// Reads it: what takes long, and needs no graph.
    package func reading() -> ReadPod {
      ReadPod(pod: self, references: read().map(PodReferences.init) ?? PodReferences())
    }
  }

  package struct ReadPod: Sendable {
    fileprivate let pod: UnreadPod
    fileprivate let references: PodReferences
  }

  private var pods: [ObjectPlace: PodEntry] = [:]
  /// By node.
  private var unread: [String: [ObjectPlace: UnreadPod]] = [:]
  private var nodes: [String: Reach] = [:]
  private var volumes: [String: VolumeReferences] = [:]
  private var volumesBySecret: [ObjectPlace: Set<String>] = [:]
  /// By name: the node that a volume attachment is for.
  private var attachments: [String: String] = [:]

  package init() {}

  // MARK: Keeping it current

  /// A pod is new or has changed.
  /// - Parameters:
  ///   - node: "" while it is bound to none.
  ///   - revision: of the change; one that has been told already changes nothing.
  ///   - read: the pod, or what ``PodReferences`` looks at of it; nil where it cannot be read, which opens nothing. Kept
  ///     until it is read.
  package mutating func setPod(
    _ place: ObjectPlace, uid: String, node: String, revision: Int64,
    reading read: @escaping @Sendable () -> CoreV1.Pod?
  ) {
    if let old = pods[place] {
      if old.uid == uid, old.node == node, old.revision == revision { return }
      if old.uid != uid || old.node != node { removePod(place) }
    }
    pods[place, default: PodEntry(uid: uid, node: node, revision: revision)].revision = revision
    // One that is bound to no node opens nothing to any.
    guard !node.isEmpty else { return }
    unread[node, default: [:]][place] = UnreadPod(place: place, node: node, revision: revision, read: read)
  }

  package mutating func removePod(_ place: ObjectPlace) {
    guard let old = pods.removeValue(forKey: place) else { return }
    forgetUnread(place, of: old.node)
    count(old, in: place.namespace, by: -1)
  }

  /// The pods of a node that have changed since they were read. They are that until they are taken: questions are answered
  /// as of before.
  package func unreadPods(of node: String) -> [UnreadPod] { unread[node].map { Array($0.values) } ?? [] }

  /// Takes in pods that have been read. What has changed meanwhile stays unread.
  package mutating func take(_ read: [ReadPod]) {
    for read in read {
      let (place, node) = (read.pod.place, read.pod.node)
      guard unread[node]?[place]?.revision == read.pod.revision, var entry = pods[place] else { continue }
      forgetUnread(place, of: node)
      // A pod's status changes often, what it refers to hardly ever.
      if entry.references == read.references { continue }
      count(entry, in: place.namespace, by: -1)
      entry.references = read.references
      pods[place] = entry
      count(entry, in: place.namespace, by: 1)
    }
  }

  private mutating func forgetUnread(_ place: ObjectPlace, of node: String) {
    unread[node]?[place] = nil
    if unread[node]?.isEmpty == true { unread[node] = nil }
  }

  private mutating func count(_ entry: PodEntry, in namespace: String, by change: Int) {
    guard let references = entry.references else { return }
    var reach = nodes[entry.node] ?? Reach()
    func add(_ names: some Sequence<String>, _ counts: inout [ObjectPlace: Int]) {
      for name in names {
        let place = ObjectPlace(namespace: namespace, name: name)
        let sum = counts[place, default: 0] + change
        counts[place] = sum > 0 ? sum : nil
      }
    }
    add(references.secrets, &reach.secrets)
    add(references.configMaps, &reach.configMaps)
    add(references.claims, &reach.claims)
    let account = references.serviceAccount
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

  /// How many pods, nodes with pods that have been read, and volumes it holds; for metrics and tests.
  package var sizes: (pods: Int, nodes: Int, volumes: Int) { (pods.count, nodes.count, volumes.count) }
}
