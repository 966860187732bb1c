import KubernetesAPI
import PodRules
import Scheduling
import Testing

@Suite struct FilterTests {
  @Test func noNodes() {
    #expect(complaint(pod("p"), cache([])) == "no nodes available to schedule pods")
  }

  @Test func resourcesAreCounted() {
    let nodes = [node("a", cpu: "2", memory: "1Gi"), node("b", cpu: "1", memory: "4Gi")]
    #expect(choose(pod("p", cpu: "1500m"), cache(nodes)) == .node("a"))
    #expect(choose(pod("p", memory: "2Gi"), cache(nodes)) == .node("b"))
    #expect(
      complaint(pod("p", cpu: "3", memory: "2Gi"), cache(nodes))
        == "0/2 nodes are available: 1 Insufficient memory, 2 Insufficient cpu.")
    let full = cache(nodes, [pod("x", cpu: "1", on: "a"), pod("y", cpu: "1", on: "b")])
    #expect(choose(pod("p", cpu: "1"), full) == .node("a"), "to the last thousandth")
    #expect(complaint(pod("p", cpu: "1001m"), full) == "0/2 nodes are available: 2 Insufficient cpu.")
    #expect(
      complaint(pod("p") { $0.spec.containers[0].resources.requests["x/gpu"] = Quantity("1") }, cache(nodes))
        == "0/2 nodes are available: 2 Insufficient x/gpu.")
  }

  @Test func podsAreCounted() {
    let one = cache([node("a", pods: "1")], [pod("x", on: "a")])
    #expect(complaint(pod("p"), one) == "0/1 nodes are available: 1 Too many pods.")
    let finished = cache([node("a", pods: "1")], [pod("x", on: "a") { $0.status.phase = "Succeeded" }])
    #expect(choose(pod("p"), finished) == .node("a"), "what has ended takes no room")
  }

  @Test func taints() {
    let tainted = node("a") { $0.spec.taints = [CoreV1.Taint(key: "dedicated", value: "db", effect: "NoSchedule")] }
    #expect(
      complaint(pod("p"), cache([tainted]))
        == "0/1 nodes are available: 1 node(s) had untolerated taint {dedicated: db}.")
    let tolerant = pod("p") {
      $0.spec.tolerations = [CoreV1.Toleration(key: "dedicated", operator: "Equal", value: "db")]
    }
    #expect(choose(tolerant, cache([tainted])) == .node("a"))
    let soft = node("a") { $0.spec.taints = [CoreV1.Taint(key: "k", effect: "PreferNoSchedule")] }
    #expect(choose(pod("p"), cache([soft])) == .node("a"))
    #expect(choose(pod("p"), cache([soft, node("b", cpu: "1", memory: "1Gi")])) == .node("b"))
  }

  @Test func cordoned() {
    let cordoned = node("a") { $0.spec.unschedulable = true }
    #expect(complaint(pod("p"), cache([cordoned])) == "0/1 nodes are available: 1 node(s) were unschedulable.")
    let tolerant = pod("p") {
      $0.spec.tolerations = [CoreV1.Toleration(key: WellKnownTaint.unschedulable, operator: "Exists")]
    }
    #expect(choose(tolerant, cache([cordoned])) == .node("a"))
  }

  @Test func selectors() {
    let nodes = cache([node("a", labels: ["disk": "hdd"]), node("b", labels: ["disk": "ssd"])])
    #expect(choose(pod("p") { $0.spec.nodeSelector = ["disk": "ssd"] }, nodes) == .node("b"))
    #expect(
      complaint(pod("p") { $0.spec.nodeSelector = ["disk": "tape"] }, nodes)
        == "0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.")
  }

  @Test func hostPorts() {
    func web(_ name: String, on node: String = "") -> CoreV1.Pod {
      pod(name, on: node) { $0.spec.containers[0].ports = [CoreV1.ContainerPort(hostPort: 80, containerPort: 8080)] }
    }
    let nodes = [node("a"), node("b")]
    #expect(choose(web("p"), cache(nodes, [web("x", on: "a")])) == .node("b"))
    #expect(
      complaint(web("p"), cache(nodes, [web("x", on: "a"), web("y", on: "b")]))
        == "0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports.")
  }

  @Test func reasonsAreCountedByKind() {
    let nodes = [
      node("a", cpu: "1"), node("b") { $0.spec.unschedulable = true },
      node("c") { $0.spec.taints = [CoreV1.Taint(key: WellKnownTaint.unreachable, effect: "NoSchedule")] },
    ]
    #expect(
      complaint(pod("p", cpu: "2"), cache(nodes))
        == "0/3 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint "
        + "{node.kubernetes.io/unreachable: }, 1 node(s) were unschedulable.")
  }

  @Test func antiAffinityKeepsApart() {
    let nodes = [node("a"), node("b")]
    func web(_ name: String, on node: String = "") -> CoreV1.Pod {
      pod(name, on: node, labels: ["app": "web"]) { $0.spec.affinity = antiAffinity(["app": "web"]) }
    }
    #expect(choose(web("p"), cache(nodes, [web("x", on: "a")])) == .node("b"))
    #expect(
      complaint(web("p"), cache(nodes, [web("x", on: "a"), web("y", on: "b")]))
        == "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.")
    // The wish of those that run already counts for newcomers without one.
    let plain = pod("p", labels: ["app": "web"])
    #expect(
      complaint(plain, cache(nodes, [web("x", on: "a"), web("y", on: "b")]))
        == "0/2 nodes are available: 2 node(s) didn't satisfy existing pods anti-affinity rules.")
    #expect(
      choose(pod("p", labels: ["app": "db"]), cache(nodes, [web("x", on: "a"), web("y", on: "b")]))
        != .none(.init(nodeCount: 2, reasons: [:])))
    let other = pod("x", on: "a", labels: ["app": "web"]) { $0.metadata.namespace = "other" }
    #expect(choose(web("p"), cache([node("a")], [other])) == .node("a"), "other namespaces do not count")
  }

  @Test func affinityKeepsTogether() {
    let nodes = [node("a", labels: ["zone": "1"]), node("b", labels: ["zone": "1"]), node("c", labels: ["zone": "2"])]
    let near = pod("p") { $0.spec.affinity = affinity(["app": "db"], key: "zone") }
    #expect(choose(near, cache(nodes, [pod("x", on: "c", labels: ["app": "db"])])) == .node("c"))
    #expect(complaint(near, cache(nodes)) == "0/3 nodes are available: 3 node(s) didn't match pod affinity rules.")
    let first = pod("p", labels: ["app": "db"]) { $0.spec.affinity = affinity(["app": "db"], key: "zone") }
    guard case .node = choose(first, cache(nodes)) else {
      Issue.record("the first of a group may go anywhere")
      return
    }
  }
}
