package import ClusterConfig
import EtcdAPI
import GRPC
package import Logging
import NIOPosix
import NIOSSL
import RaftTransport

/// What operators do with a store's members and `etcdctl` has no word for, as a client of the etcd API.
package struct MemberCommands: Sendable {
  private let cluster: ClusterConfig
  private let certificates: CertificateFolder
  private let logger: Logger

  /// - Parameter certificates: with the administrator's, as `apus certs init` makes them.
  package init(cluster: ClusterConfig, certificates: CertificateFolder, logger: Logger) {
    self.cluster = cluster
    self.certificates = certificates
    self.logger = logger
  }

  /// Why a command did nothing.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// Adds a member that takes a voter's place in one step, once it has caught up.
  ///
  /// - Parameters:
  ///   - old: the voter's name, or its id in hexadecimal digits.
  ///   - peerURL: where the new one listens for its peers.
  /// - Returns: the new member's id, in hexadecimal digits.
  package func replace(_ old: String, by peerURL: String) async throws -> String {
    var request = Etcdserverpb_MemberAddRequest()
    request.peerUrls = [peerURL]
    let tls = try clientTLS()
    var problems: [String] = []
    for host in cluster.hosts(with: .store) {
      let connection = GRPCConnection(
        target: .tcp(host: host.address.description, port: Int(cluster.ports.storeClient)), tls: tls, serverName: nil,
        group: MultiThreadedEventLoopGroup.singleton, logger: logger)
      do throws(GRPCStatus) {
        let answer: Etcdserverpb_MemberAddResponse = try await connection.unary(
          EtcdCall.Cluster.memberAdd, request, metadata: [EtcdServices.replacesKey: old], timeout: .seconds(15))
        await connection.close()
        return String(answer.member.id, radix: 16)
      } catch {
        await connection.close()
        // What is not known to have done nothing must not be tried again.
        let didNothing = !error.message.hasPrefix("etcdserver:") || error.message == StoreError.noLeader.message
        guard error.code == .unavailable, didNothing else {
          throw Failure(description: "\(host.name): \(error.message)")
        }
        problems.append("\(host.name): \(error.message)")
      }
    }
    throw Failure(description: "no member can be reached: \(problems.joined(separator: "; "))")
  }

  private func clientTLS() throws -> NIOSSLContext {
    let content = try TLSFiles(certificates.adminStoreClient, trust: certificates.adminTrust(.storeClient)).load()
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates(content.trust)
    tls.certificateChain = content.sources
    tls.privateKey = .privateKey(content.key)
    tls.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: tls)
  }
}
