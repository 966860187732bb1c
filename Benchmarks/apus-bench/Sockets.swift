import BenchKit
import Glibc

/// Plain blocking TCP over IPv4: the cheapest client and backend that there are, so that most of what is measured is
/// what stands between them.
enum Sockets {
  struct Address: Hashable, Sendable {
    /// Dotted.
    var host: String
    var port: UInt16
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
  }

  static func withAddress<Result>(
    _ address: Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
  ) -> Result {
    var target = sockaddr_in()
    target.sin_family = sa_family_t(AF_INET)
    target.sin_port = address.port.bigEndian
    inet_pton(AF_INET, address.host, &target.sin_addr)
    return withUnsafePointer(to: &target) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
  }

  private static func make() throws(Failure) -> CInt {
    let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure("socket") }
    return descriptor
  }

  private static func set(_ descriptor: CInt, _ level: CInt, _ option: CInt, _ value: CInt) {
    var value = value
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<CInt>.size))
  }

  /// Listens with a long queue.
  static func listen(_ address: Address) throws(Failure) -> CInt {
    let descriptor = try make()
    set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
    guard withAddress(address, { bind(descriptor, $0, $1) }) == 0, Glibc.listen(descriptor, 4096) == 0 else {
      let failure = Failure("listen on \(address.host):\(address.port)")
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  /// A connection whose reads give up after two seconds.
  static func connect(_ address: Address) throws(Failure) -> CInt {
    let descriptor = try make()
    set(descriptor, CInt(IPPROTO_TCP), TCP_NODELAY, 1)
    var limit = timeval(tv_sec: 2, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard withAddress(address, { Glibc.connect(descriptor, $0, $1) }) == 0 else {
      let failure = Failure("connect to \(address.host):\(address.port)")
      close(descriptor)
      throw failure
    }
    return descriptor
  }

  /// A port that nobody has right now.
  static func freePort(on host: String) throws(Failure) -> UInt16 {
    let descriptor = try listen(Address(host: host, port: 0))
    defer { close(descriptor) }
    var found = sockaddr_in()
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &found) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
    }
    guard code == 0 else { throw Failure("getsockname") }
    return UInt16(bigEndian: found.sin_port)
  }

  static func sendAll(_ descriptor: CInt, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
      let count = send(descriptor, rest.baseAddress, rest.count, CInt(MSG_NOSIGNAL))
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }
}
