package import ClusterClient
import ClusterConfig
import EtcdAPI
import FoundationEssentials
import GRPC
import KubernetesAPI
package import Logging
import NIOCore
import NIOPosix
package import NIOSSL
import StoreClient

/// What a lab looks like from outside: its hosts, the store's members, the front-ends, the nodes.
package struct LabStatus: Sendable {
  /// One host's line.
  package struct Host: Sendable {
    package var name: String
    package var address: String
    package var roles: String
    package var isRunning: Bool
    package var detail: String
  }

  package var hosts: [Host]

  /// Every host runs and does what it should.
  package var isHealthy: Bool { hosts.allSatisfy { $0.isRunning && !$0.detail.contains("not ") } }

  /// Columns, aligned.
  package var table: String {
    let header = ["HOST", "ADDRESS", "STATE", "ROLES", "DETAIL"]
    let rows = [header] + hosts.map { [$0.name, $0.address, $0.isRunning ? "up" : "DOWN", $0.roles, $0.detail] }
    let widths = header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in cell + String(repeating: " ", count: width - cell.count) }
      return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}

extension Lab {
  /// Asks everybody; takes some seconds when some do not answer.
  package func status(logger: Logger) async -> LabStatus {
    let state = self.state ?? LabState()
    async let members = storeDetails(logger: logger)
    async let nodes = nodeDetails()
    let details = await members.merging(await nodes) { "\($0); \($1)" }
    return LabStatus(
      hosts: config.hosts.map { host in
        LabStatus.Host(
          name: host.name, address: "\(host.address)", roles: host.roles.map(\.rawValue).joined(separator: ","),
          isRunning: state.hosts[host.name]?.first.isAlive ?? false, detail: details[host.name] ?? "")
      })
  }

  private func storeDetails(logger: Logger) async -> [String: String] {
    let stores = config.hosts(with: .store)
    guard let tls = try? storeTLS() else { return [:] }
    var details: [String: String] = [:]
    for host in stores {
      let client = StoreClient(
        endpoints: [.tcp(host: host.address.description, port: Int(config.ports.storeClient))], tls: tls,
        group: MultiThreadedEventLoopGroup.singleton, logger: logger)
      do {
        let status = try await client.status(endpoint: 0)
        let isLeader = status.leader != 0 && status.leader == status.header.memberID
        details[host.name] =
          (isLeader ? "leader" : "follower") + ", term \(status.raftTerm), applied \(status.raftAppliedIndex)"
      } catch {
        details[host.name] = "the store does not answer"
      }
      await client.close()
    }
    return details
  }

  /// The administrator's credentials for the store.
  package func storeTLS() throws -> NIOSSLContext {
    let files = layout.certificates
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(files.adminStoreClient.certificate).map {
      .certificate($0)
    }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.adminStoreClient.key, format: .pem))
    tls.trustRoots = .file(files.adminTrust(.storeClient))
    tls.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: tls)
  }

  /// A client of the API with the administrator's rights, by the balancer on 127.0.0.1.
  package func clusterClient() throws -> ClusterClient {
    try ClusterClient(configuration: ClientConfiguration(kubeconfigFile: layout.kubeconfig))
  }

  private func nodeDetails() async -> [String: String] {
    var details: [String: String] = [:]
    guard let client = try? clusterClient() else { return [:] }
    do {
      for node in try await client.list(CoreV1.Node.self).items {
        let ready = node.status.conditions.first { $0.type == "Ready" }
        details[node.metadata.name] = ready?.status == "True" ? "ready" : "not ready: \(ready?.reason ?? "no report")"
      }
    } catch {
      for host in config.hosts(with: .kubelet) { details[host.name] = "the API does not answer" }
    }
    await client.shutdown()
    return details
  }
}
