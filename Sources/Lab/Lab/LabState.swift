import Files
import FoundationEssentials
import Glibc
import PKI

/// A process that the lab started, told apart from a later one with the same number by its start time.
package struct ProcessIdentity: Codable, Hashable, Sendable {
  package var pid: Int32
  /// Clock ticks since the machine's start (proc(5), field 22 of `stat`).
  package var startTime: UInt64

  /// Nil when there is no such process.
  package init?(pid: Int32) {
    guard let startTime = Self.startTime(pid) else { return nil }
    self.pid = pid
    self.startTime = startTime
  }

  package var isAlive: Bool { Self.startTime(pid) == startTime }

  /// Sends a signal to this very process. Nothing happens when it has ended.
  package func send(_ signal: Int32) {
    if isAlive { kill(pid, signal) }
  }

  /// Waits until it has ended.
  ///
  /// - Returns: whether it did, within the time.
  package func waitForEnd(_ timeout: Duration) -> Bool {
    let deadline = ContinuousClock.now + timeout
    while isAlive {
      guard ContinuousClock.now < deadline else { return false }
      var status: Int32 = 0
      waitpid(pid, &status, WNOHANG)
      usleep(10_000)
    }
    return true
  }

  private static func startTime(_ pid: Int32) -> UInt64? {
    guard let text = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8),
      let rest = text.split(separator: ")").last
    else { return nil }
    let fields = rest.split(separator: " ")
    // A zombie has ended.
    guard fields.count > 19, fields[0] != "Z" else { return nil }
    return UInt64(fields[19])
  }
}

/// What a lab started, kept in a file so that another command finds it.
package struct LabState: Codable, Hashable, Sendable {
  package struct Host: Codable, Hashable, Sendable {
    /// The one that waits outside of the host's process namespace; when it ends the host has ended.
    package var keeper: ProcessIdentity
    /// The host's first process: when it is killed, the kernel kills everything on the host.
    package var first: ProcessIdentity
  }

  package var hosts: [String: Host] = [:]
  package var balancer: ProcessIdentity?

  package init() {}

  package static func read(_ path: String) -> LabState? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    return try? JSONDecoder().decode(LabState.self, from: data)
  }

  package func write(_ path: String) throws {
    try AtomicFile.write(String(decoding: try JSONEncoder().encode(self), as: UTF8.self), to: path, mode: 0o600)
  }
}
