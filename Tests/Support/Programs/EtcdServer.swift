import FoundationEssentials
import FreePorts
import Supervision
import Synchronization
import Testing
import Waiting

/// The machine's own etcd as a child process, in cleartext on 127.0.0.1: what ours is compared with, and what our
/// clients must work with as well.
package final class EtcdServer: Sendable {
  /// Another one than the machine's is taken where APUS_ETCD is its path.
  package static let program = Program(variable: "APUS_ETCD") ?? Program(named: "etcd")

  /// etcdctl; another one where APUS_ETCDCTL is its path.
  package static let control = Program(variable: "APUS_ETCDCTL") ?? Program(named: "etcdctl")

  package let port = FreePorts.next()
  private let name: String
  private let peerPort: Int
  /// Where each member's peers find it.
  private let members: String
  private let flags: [String]
  private let folder = "/tmp/apus-etcd-\(UInt64.random(in: 0 ... .max))"
  private let process = Mutex<ChildProcess?>(nil)

  package convenience init() throws {
    let peerPort = FreePorts.next()
    try self.init(name: "one", peerPort: peerPort, members: "one=http://127.0.0.1:\(peerPort)")
  }

  /// Members of one cluster.
  package static func cluster(of count: Int) throws -> [EtcdServer] {
    let members = (1...count).map { (name: "s\($0)", port: FreePorts.next()) }
    let list = members.map { "\($0.name)=http://127.0.0.1:\($0.port)" }.joined(separator: ",")
    // On a busy machine a second without a word is no reason for an election.
    let flags = ["--election-timeout", "3000"]
    return try members.map { try EtcdServer(name: $0.name, peerPort: $0.port, members: list, flags: flags) }
  }

  private init(name: String, peerPort: Int, members: String, flags: [String] = []) throws {
    (self.name, self.peerPort, self.members, self.flags) = (name, peerPort, members, flags)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try start()
  }

  package func start() throws {
    guard let program = Self.program else { throw NotInstalled() }
    let peer = "http://127.0.0.1:\(peerPort)"
    let client = "http://127.0.0.1:\(port)"
    let child = try ChildProcess(
      [
        program.path, "--name", name, "--data-dir", "\(folder)/data", "--listen-client-urls", client,
        "--advertise-client-urls", client, "--listen-peer-urls", peer, "--initial-advertise-peer-urls", peer,
        "--initial-cluster", members,
      ] + flags, log: "\(folder)/log")
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
