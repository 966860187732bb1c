import KubernetesAPI
import PodRules
import Scheduling

func node(
  _ name: String, cpu: String = "4", memory: String = "8Gi", pods: String = "110", labels: [String: String] = [:],
  _ change: (inout CoreV1.Node) -> Void = { _ in }
) -> CoreV1.Node {
  var node = CoreV1.Node()
  node.metadata.name = name
  node.metadata.labels = labels.merging(["kubernetes.io/hostname": name]) { own, _ in own }
  node.status.allocatable = ["cpu": Quantity(cpu)!, "memory": Quantity(memory)!, "pods": Quantity(pods)!]
  change(&node)
  return node
}

func pod(
  _ name: String, cpu: String? = nil, memory: String? = nil, on node: String = "", owner: String? = nil,
  labels: [String: String] = [:], _ change: (inout CoreV1.Pod) -> Void = { _ in }
) -> CoreV1.Pod {
  var pod = CoreV1.Pod()
  pod.metadata.name = name
  pod.metadata.namespace = "default"
  pod.metadata.uid = "uid-\(name)"
  pod.metadata.labels = labels
  if let owner { pod.metadata.ownerReferences = [MetaV1.OwnerReference(uid: owner, controller: true)] }
  var container = CoreV1.Container()
  container.name = "c"
  if let cpu { container.resources.requests["cpu"] = Quantity(cpu) }
  if let memory { container.resources.requests["memory"] = Quantity(memory) }
  pod.spec.containers = [container]
  pod.spec.nodeName = node
  change(&pod)
  return pod
}

func cache(_ nodes: [CoreV1.Node], _ pods: [CoreV1.Pod] = []) -> SchedulingCache {
  var cache = SchedulingCache()
  for node in nodes { cache.upsert(node) }
  for pod in pods { cache.upsert(bound: pod) }
  return cache
}

func choose(_ pod: CoreV1.Pod, _ cache: SchedulingCache, seed: UInt64 = 1) -> Placement.Choice {
  var placement = Placement(seed: seed)
  return placement.choose(PodFootprint(pod), cache)
}

/// The message of a pod that fits nowhere; "" if it fits.
func complaint(_ pod: CoreV1.Pod, _ cache: SchedulingCache) -> String {
  guard case .none(let why) = choose(pod, cache) else { return "" }
  return why.description
}

func antiAffinity(_ labels: [String: String], key: String = "kubernetes.io/hostname") -> CoreV1.Affinity {
  var affinity = CoreV1.Affinity()
  affinity.podAntiAffinity = CoreV1.PodAntiAffinity(requiredDuringSchedulingIgnoredDuringExecution: [
    CoreV1.PodAffinityTerm(labelSelector: MetaV1.LabelSelector(matchLabels: labels), topologyKey: key)
  ])
  return affinity
}

func affinity(_ labels: [String: String], key: String = "kubernetes.io/hostname") -> CoreV1.Affinity {
  var affinity = CoreV1.Affinity()
  affinity.podAffinity = CoreV1.PodAffinity(requiredDuringSchedulingIgnoredDuringExecution: [
    CoreV1.PodAffinityTerm(labelSelector: MetaV1.LabelSelector(matchLabels: labels), topologyKey: key)
  ])
  return affinity
}
