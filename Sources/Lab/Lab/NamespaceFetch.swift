import CLinux
package import ClusterConfig
import Glibc

/// Asks a server for a page as a process on a lab host would: a thread enters the host's network namespace, and only
/// that thread.
package enum NamespaceFetch {
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// `GET /` over HTTP/1.0. Blocks its own thread, not the caller's.
  ///
  /// - Parameters:
  ///   - namespace: the path of a network namespace; nil for the machine's own.
  ///   - timeout: for each of connecting, writing and reading, in seconds.
  /// - Returns: the body.
  package static func get(_ address: IPv4Address, port: UInt16, namespace: String?, timeout: Int = 3) async throws
    -> String
  {
    try await withCheckedThrowingContinuation { continuation in
      let request = Request(address: address, port: port, namespace: namespace, timeout: timeout) {
        continuation.resume(with: $0)
      }
      var thread = pthread_t()
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
      defer { pthread_attr_destroy(&attributes) }
      let box = Unmanaged.passRetained(request)
      let code = pthread_create(
        &thread, &attributes,
        { pointer in
          if let pointer {
            let request = Unmanaged<Request>.fromOpaque(pointer).takeRetainedValue()
            request.finish(Result { try request.perform() })
          }
          return nil
        }, box.toOpaque())
      if code != 0 {
        box.release()
        continuation.resume(throwing: Failure(description: "no thread: \(String(cString: strerror(code)))"))
      }
    }
  }

  private final class Request: Sendable {
    let address: IPv4Address
    let port: UInt16
    let namespace: String?
    let timeout: Int
    let finish: @Sendable (Result<String, any Error>) -> Void

    init(
      address: IPv4Address, port: UInt16, namespace: String?, timeout: Int,
      finish: @escaping @Sendable (Result<String, any Error>) -> Void
    ) {
      self.address = address
      self.port = port
      self.namespace = namespace
      self.timeout = timeout
      self.finish = finish
    }

    func perform() throws -> String {
      func check(_ result: some BinaryInteger, _ what: String) throws {
        if result < 0 { throw Failure(description: "\(what) \(address):\(port): \(String(cString: strerror(errno)))") }
      }
      if let namespace {
        let descriptor = open(namespace, O_RDONLY | O_CLOEXEC)
        try check(descriptor, "open \(namespace) for")
        defer { close(descriptor) }
        try check(apus_enter_network(descriptor), "enter \(namespace) for")
      }
      let socket = Glibc.socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
      try check(socket, "socket for")
      defer { close(socket) }
      var limit = timeval(tv_sec: timeout, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
      var target = sockaddr_in()
      target.sin_family = sa_family_t(AF_INET)
      target.sin_port = port.bigEndian
      target.sin_addr.s_addr = address.value.bigEndian
      let connected = withUnsafePointer(to: &target) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      try check(connected, "connect to")
      let text = Array("GET / HTTP/1.0\r\nHost: \(address)\r\nConnection: close\r\n\r\n".utf8)
      try check(send(socket, text, text.count, CInt(MSG_NOSIGNAL)), "write to")
      var answer: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 16 << 10)
      while answer.count < 1 << 20 {
        let count = recv(socket, &buffer, buffer.count, 0)
        try check(count, "read from")
        if count == 0 { break }
        answer.append(contentsOf: buffer.prefix(count))
      }
      let page = String(decoding: answer, as: UTF8.self)
      guard page.hasPrefix("HTTP/1."), let end = page.firstRange(of: "\r\n\r\n") else {
        throw Failure(description: "\(address):\(port) does not answer in HTTP")
      }
      return String(page[end.upperBound...])
    }
  }
}
