import FoundationEssentials
import FreePorts
import Supervision
import Synchronization
import Testing
import Waiting

/// The machine's own etcd as a child process, in cleartext on 127.0.0.1: what ours is compared with, and what our
/// clients must work with as well.
package final class EtcdServer: Sendable {
  package static let program = Program(named: "etcd")

  package let port = FreePorts.next()
  private let peerPort = FreePorts.next()
  private let folder = "/tmp/apus-etcd-\(UInt64.random(in: 0 ... .max))"
  private let process = Mutex<ChildProcess?>(nil)

  package init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try start()
  }

  package func start() throws {
    guard let program = Self.program else { throw NotInstalled() }
    let peer = "http://127.0.0.1:\(peerPort)"
    let client = "http://127.0.0.1:\(port)"
    let child = try ChildProcess(
      [
        program.path, "--name", "one", "--data-dir", "\(folder)/data", "--listen-client-urls", client,
        "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
        "--initial-cluster", "one=\(peer)",
      ], log: "\(folder)/log")
    process.withLock { $0 = child }
  }

  /// Waits until somebody listens on its port.
  package func untilServing() async throws {
    try await eventually("etcd listens on port \(port)") { FreePorts.isServed(port) }
  }

  /// Kills it and waits for its end; its data stays.
  package func kill() async {
    let child = process.withLock { child in
      defer { child = nil }
      return child
    }
    await child?.stop(grace: .zero)
  }

  package func remove() async {
    await kill()
    try? FileManager.default.removeItem(atPath: folder)
  }

  deinit {
    process.withLock { $0?.signal(9) }
    try? FileManager.default.removeItem(atPath: folder)
  }

  struct NotInstalled: Error {}
}
