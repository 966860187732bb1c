import ClusterConfig
import FreePorts
import Logging
import Metrics
import StoreNode
import Testing
import Waiting

extension TestCluster {
  func peerURL(_ name: String) -> String {
    "https://\(config.host(named: name)!.address):\(config.ports.storePeer)"
  }

  /// Waits for something that is asked for by a program.
  func until(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    try await eventually(
      what, every: .milliseconds(50), sourceLocation: sourceLocation,
      detail: { "\(names.compactMap(failure)) \(try await etcdctl(["member", "list"]).output)" }, condition)
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
