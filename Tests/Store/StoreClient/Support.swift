import GRPC
import Logging
import NIOCore
import NIOPosix
import Programs
import StoreClient

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

extension EtcdServer {
  static var group: any EventLoopGroup { MultiThreadedEventLoopGroup.singleton }

  func client(
    also ports: [Int] = [], configuration: StoreClientConfiguration = .init()
  ) -> StoreClient {
    var configuration = configuration
    configuration.requestTimeout = .seconds(60)
    // A write that is made again is seen twice.
    configuration.attemptTimeout = .seconds(60)
    return StoreClient(
      endpoints: ([port] + ports).map { .tcp(host: "127.0.0.1", port: $0) }, tls: nil,
      group: MultiThreadedEventLoopGroup.singleton, configuration: configuration, logger: quiet)
  }
}
