import Glibc
import Synchronization

/// TCP ports of 127.0.0.1 for servers that must be told theirs: another program's, or several that name each other.
///
/// A server of ours binds port 0 instead. Asking the kernel for a port and giving it back is not enough here: it lends
/// the same port to the next outgoing connection, and the server that comes for it a moment later finds it taken. So
/// these come from below the range that the kernel lends from (ip_local_port_range(7), by default 32768 and above), and
/// none is given twice by one process.
package enum FreePorts {
  private static let range = 12000..<32000
  private static let following = Mutex(Int.random(in: range))

  /// A port on which nobody listens, and which no earlier call of this process has returned.
  package static func next() -> Int {
    for _ in range {
      let port = following.withLock { following in
        let port = following
        following = port + 1 == range.upperBound ? range.lowerBound : port + 1
        return port
      }
      if isFree(port) { return port }
    }
    preconditionFailure("no free port from \(range.lowerBound) to \(range.upperBound - 1)")
  }

  /// Starts a server again on an address that it had; repeats what found the address taken. A server that was just
  /// stopped has closed its sockets, but a program that another test starts at that moment has them too, from its
  /// making until it runs.
  package static func whenFree(_ start: () async throws -> Void) async throws {
    for _ in 0..<600 {
      do { return try await start() } catch {
        guard "\(error)".contains("Address already in use") else { throw error }
        try await Task.sleep(for: .milliseconds(50))
      }
    }
    try await start()
  }

  /// Whether somebody listens on the port.
  package static func isServed(_ port: Int) -> Bool { isReached(port, by: Glibc.connect) }

  private static func isFree(_ port: Int) -> Bool { isReached(port, by: Glibc.bind) }

  private static func isReached(
    _ port: Int, by call: (Int32, UnsafePointer<sockaddr>, socklen_t) -> Int32
  ) -> Bool {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    precondition(socket >= 0, "no socket: errno \(errno)")
    defer { close(socket) }
    var yes: Int32 = 1
    setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        call(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
  }
}
