import ClusterConfig
import FreePorts
import Logging
import Metrics
import StoreNode
import Testing

extension TestCluster {
  func peerURL(_ name: String) -> String {
    "https://\(config.host(named: name)!.address):\(config.ports.storePeer)"
  }

  /// Waits for something that is asked for by a program.
  func until(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<300 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("it did not come to that: \(try await etcdctl(["member", "list"]).output)")
    throw CancellationError()
  }
}

/// What `apus store member replace` does.
struct MemberReplacement {
  let commands: MemberCommands

  init(_ cluster: TestCluster) {
    commands = MemberCommands(
      cluster: cluster.config, certificates: cluster.certificates, logger: TestCluster.logger)
  }

  func run(_ old: String, by peerURL: String) async throws -> String { try await commands.replace(old, by: peerURL) }
}
