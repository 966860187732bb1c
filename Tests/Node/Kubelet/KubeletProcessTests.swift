import ClusterClient
import ClusterConfig
import ClusterStandIn
import Foundation
import Kubelet
import KubernetesAPI
import Logging
import Testing
import Waiting

@Suite("The kubelet against an API in memory", .timeLimit(.minutes(10)))
final class KubeletProcessTests: Sendable {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-kubelet-\(UUID().uuidString)"
  private let cluster = InMemoryCluster()

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func start() throws -> Task<Void, any Error> {
    var options = KubeletOptions(
      nodeName: "node1", hostAddress: try #require(IPv4Address("127.0.0.1")), kubeconfig: "", server: nil, root: root,
      runtime: .hollow, clusterPods: try #require(IPv4Network("198.19.0.0/16")), cgroupParent: "/apus-test-none")
    options.leaseRenew = .milliseconds(50)
    options.relist = .milliseconds(20)
    options.managesRoutes = false
    let process = KubeletProcess(
      options, client: cluster.client, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    return Task { try await process.run() }
  }

  private func make(_ name: String) async throws -> CoreV1.Pod {
    var pod = pod(name)
    pod.metadata.uid = ""
    pod.spec.terminationGracePeriodSeconds = 1
    return try await cluster.client.create(pod)
  }

  private func find(_ name: String) async throws -> CoreV1.Pod? {
    try await cluster.client.find(name: name, namespace: "default")
  }

  @Test("registers, renews its lease, runs pods, and takes deleted ones out of the API")
  func life() async throws {
    let running = try start()
    let client = cluster.client
    try await eventually("the node is ready") {
      let node: CoreV1.Node? = try await client.find(name: "node1")
      return node?.status.conditions.first { $0.type == "Ready" }?.status == "True"
    }
    let node: CoreV1.Node = try await client.get(name: "node1")
    #expect(node.metadata.labels["kubernetes.io/hostname"] == "node1")
    #expect(node.metadata.labels["apus.dev/hollow"] == "true")
    #expect(node.status.addresses.map(\.address) == ["127.0.0.1", "node1"])
    #expect((node.status.capacity["cpu"]?.value ?? 0) > 0 && (node.status.capacity["memory"]?.value ?? 0) > 0)
    var lease: CoordinationV1.Lease?
    try await eventually("a lease") {
      lease = try await client.find(name: "node1", namespace: "kube-node-lease")
      return lease != nil
    }
    #expect(lease?.metadata.ownerReferences.first?.uid == node.metadata.uid)
    let first = lease?.spec.renewTime
    try await eventually("a renewal") {
      let lease: CoordinationV1.Lease? = try await client.find(name: "node1", namespace: "kube-node-lease")
      return (lease?.spec.renewTime).map { renewed in first.map { renewed > $0 } ?? false } ?? false
    }

    _ = try await make("web")
    try await eventually("the pod runs") { try await find("web")?.status.phase == "Running" }
    let pod = try #require(try await find("web"))
    #expect(pod.status.hostIP == "127.0.0.1")
    #expect(pod.status.podIP.hasPrefix("198.19.0."))
    #expect(pod.status.conditions.first { $0.type == "Ready" }?.status == "True")

    try await client.delete(CoreV1.Pod.self, name: "web", namespace: "default")
    try await eventually("the pod is gone") { try await find("web") == nil }
    running.cancel()
    try await running.value
  }

  @Test("a node that is registered anew owns the lease that follows")
  func leaseOwner() async throws {
    let running = try start()
    let client = cluster.client
    func owner() async throws -> String? {
      let lease: CoordinationV1.Lease? = try await client.find(name: "node1", namespace: "kube-node-lease")
      return lease?.metadata.ownerReferences.first?.uid
    }
    try await eventually("a lease") { try await owner() != nil }
    let first: CoreV1.Node = try await client.get(name: "node1")
    try await client.delete(CoreV1.Node.self, name: "node1")
    // The kubelet may be quicker.
    var again = CoreV1.Node()
    again.metadata.name = "node1"
    _ = try? await client.create(again)
    let second: CoreV1.Node = try await client.get(name: "node1")
    #expect(second.metadata.uid != first.metadata.uid)
    try await client.delete(CoordinationV1.Lease.self, name: "node1", namespace: "kube-node-lease")
    try await eventually("a lease of the new node") { try await owner() == second.metadata.uid }
    running.cancel()
    try await running.value
  }

  @Test("an API that is away costs no pod anything, and what was missed is made up for")
  func outage() async throws {
    let running = try start()
    _ = try await make("web")
    try await eventually("the pod runs") { try await find("web")?.status.phase == "Running" }
    let uid = try #require(try await find("web")?.metadata.uid)
    cluster.intercept { _ in .unreachable }
    cluster.dropWatches()
    try await Task.sleep(for: .milliseconds(300))
    cluster.intercept(nil)
    _ = try await make("late")
    try await eventually("a later pod runs") { try await find("late")?.status.phase == "Running" }
    let pod = try #require(try await find("web"))
    #expect(pod.metadata.uid == uid)
    #expect(pod.status.phase == "Running")
    #expect(pod.status.containerStatuses.first?.restartCount == 0)
    running.cancel()
    try await running.value
  }
}
