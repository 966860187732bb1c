import BenchKit
import ClusterClient
import ClusterConfig
import EtcdAPI
import FoundationEssentials
import GRPC
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import PKI
import StoreClient

/// Who asks the members, all with the administrator's certificate.
extension Trio {
  /// A client of all members.
  func client(balancing: StoreClientConfiguration.Balancing) throws -> StoreClient {
    var configuration = StoreClientConfiguration()
    configuration.balancing = balancing
    return StoreClient(
      endpoints: hosts.indices.map(target), tls: try tls(), group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: Self.silence)
  }

  /// A connection to one member, for what must reach that one, or must not be repeated behind the caller's back. It
  /// comes back soon after it was lost.
  func connection(to member: Int) throws -> GRPCConnection {
    var configuration = GRPCConnectionConfiguration()
    configuration.connectTimeout = .seconds(1)
    configuration.initialBackoff = .milliseconds(5)
    configuration.maximumBackoff = .milliseconds(10)
    configuration.maximumMessageSize = 1 << 30
    return GRPCConnection(
      target: target(of: member), tls: try tls(), group: MultiThreadedEventLoopGroup.singleton,
      configuration: configuration, logger: Self.silence)
  }

  /// A client of the front-end itself, without a balancer between.
  func clusterClient(connections: Int) throws -> ClusterClient {
    var configuration = try ClientConfiguration(kubeconfigFile: certificates.adminKubeconfig)
    if let host = config.hosts(with: .apiserver).first {
      configuration.server = "https://\(host.address):\(config.ports.apiserver)"
    }
    configuration.maximumConnections = connections
    configuration.requestTimeout = .seconds(30)
    return try ClusterClient(configuration: configuration)
  }

  private static let silence = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

  private func target(of member: Int) -> GRPCTarget {
    .tcp(host: hosts[member].address.description, port: Int(config.ports.storeClient))
  }

  private func tls() throws -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(certificates.adminStoreClient.certificate).map {
      .certificate($0)
    }
    tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: certificates.adminStoreClient.key, format: .pem))
    tls.trustRoots = .file(certificates.adminTrust(.storeClient))
    tls.applicationProtocols = ["h2"]
    return try NIOSSLContext(configuration: tls)
  }
}

extension Etcdserverpb_PutRequest {
  init(_ key: String, value: [UInt8]) {
    self.init()
    self.key = Data(key.utf8)
    self.value = Data(value)
  }
}
