import ClusterConfig
import Testing

/// What is written reads as the same.
@Suite struct ConfigWriterTests {
  static let files = [
    ClusterConfigTests.good,
    """
    name: "null"
    network: {services: 10.96.0.0/16, pods: 10.244.0.0/16, nodePrefix: 26, nodePorts: 31000-31100, domain: "true"}
    ports: {storeClient: 1, storePeer: 2, storeMetrics: 3, apiserver: 4, balancer: 5, kubelet: 6,
      controllerManager: 7, scheduler: 8, proxy: 9}
    timing: {heartbeat: 150ms, election: 1500ms, nodeLeaseRenew: 2s, nodeMonitorGrace: 1m,
      defaultNotReadyToleration: 300s, leaderLease: 86400000s, leaderRenew: 1s}
    runtime: {kind: socket, socket: "/run/a \\"b\\\\.sock", images: ["/a b.tar", "c: d.tar"], pauseImage: "p:1"}
    store: {quota: none, recordSize: none, autoCompactionMode: revision, autoCompactionRetention: 1000}
    hosts:
      - {name: "1", address: 192.0.2.1, roles: [store, apiserver, controller-manager, scheduler]}
    """,
    """
    name: a
    runtime: {kind: hollow}
    store: {quota: 17MiB, autoCompactionRetention: 876000h}
    hosts:
      - {name: one, address: 127.0.0.1, roles: [store, kubelet]}
      - {name: two, address: 127.0.0.2, roles: []}
    """,
  ]

  @Test(arguments: files.indices)
  func aConfigurationIsReadAsItWasWritten(_ index: Int) throws {
    let config = try ClusterConfig(yaml: Self.files[index], file: "c.yaml")
    let again = try ClusterConfig(yaml: config.yaml, file: "again.yaml")
    #expect(again == config)
    #expect(again.yaml == config.yaml)
  }
}
