import Foundation
import FreePorts
import GRPC
import Logging
import NIOCore
import NIOPosix
import StoreClient
import Synchronization

let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// The machine's own etcd as a child process: what the client must also work with. `path` is nil where none is
/// installed; tests are skipped then.
final class RealEtcd: Sendable {
  static let path: String? = ["/usr/bin/etcd", "/usr/local/bin/etcd"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static let group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton

  let port: Int
  private let peerPort: Int
  private let folder: URL
  private let process = Mutex<Process?>(nil)

  init() async throws {
    self.port = FreePorts.next()
    self.peerPort = FreePorts.next()
    self.folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("apus-etcd-\(UInt32.random(in: 0 ... .max))")
    try self.start()
  }

  func start() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path ?? "")
    process.arguments = [
      "--data-dir", self.folder.path, "--name", "one",
      "--listen-client-urls", "http://127.0.0.1:\(self.port)",
      "--advertise-client-urls", "http://127.0.0.1:\(self.port)",
      "--listen-peer-urls", "http://127.0.0.1:\(self.peerPort)",
      "--initial-advertise-peer-urls", "http://127.0.0.1:\(self.peerPort)",
      "--initial-cluster", "one=http://127.0.0.1:\(self.peerPort)",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process.withLock { $0 = process }
  }

  func kill() {
    self.process.withLock { process in
      guard let running = process else { return }
      Glibc.kill(running.processIdentifier, SIGKILL)
      running.waitUntilExit()
      process = nil
    }
  }

  deinit {
    self.kill()
    try? FileManager.default.removeItem(at: self.folder)
  }

  func client(
    also ports: [Int] = [], configuration: StoreClientConfiguration = .init()
  ) -> StoreClient {
    var configuration = configuration
    configuration.requestTimeout = .seconds(60)
    return StoreClient(
      endpoints: ([self.port] + ports).map { .tcp(host: "127.0.0.1", port: $0) }, tls: nil,
      group: MultiThreadedEventLoopGroup.singleton, configuration: configuration, logger: quiet)
  }
}
