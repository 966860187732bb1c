import BenchKit
import Glibc
import NIOPosix

/// Connections from several blocking threads.
struct ProxyLoad {
  /// As many threads as the greatest round needs.
  let pool: NIOThreadPool

  /// Long connections that take what comes until the time is over. Units are bytes.
  func stream(_ addresses: [Sockets.Address], connections: Int, time: Duration) async throws -> Load {
    try await threads(connections) { index in
      var load = Load()
      do throws(Sockets.Failure) {
        let connection = try Sockets.connect(addresses[index % addresses.count])
        defer { close(connection) }
        var request = ProxyBackend.stream
        send(connection, &request, 1, CInt(MSG_NOSIGNAL))
        let deadline = ContinuousClock.now + time
        while ContinuousClock.now < deadline {
          // The kernel throws away what was received instead of copying it (tcp(7), MSG_TRUNC).
          let count = recv(connection, nil, 1 << 20, CInt(MSG_TRUNC))
          if count < 0 && errno == EINTR { continue }
          guard count > 0 else { throw Sockets.Failure(count == 0 ? "the stream has ended" : "receive") }
          load.units += count
        }
        load.count = 1
      } catch {
        load.note(error)
      }
      return load
    }
  }

  /// Connects, asks, takes the answer to its end and closes, again and again.
  func connect(_ addresses: [Sockets.Address], workers: Int, time: Duration, limit: Int) async throws -> Load {
    let tickets = Tickets()
    return try await threads(workers) { _ in
      var load = Load()
      let deadline = ContinuousClock.now + time
      while ContinuousClock.now < deadline {
        let number = tickets.take()
        guard number < limit else { break }
        let begun = ContinuousClock.now
        do throws(Sockets.Failure) {
          load.units += try Self.exchange(addresses[number % addresses.count])
          load.latencies.append((ContinuousClock.now - begun).nanoseconds)
          load.count += 1
        } catch {
          load.note(error)
          // What is broken for all would be tried without end.
          if load.failures > 1000 { break }
        }
      }
      return load
    }
  }

  private static func exchange(_ address: Sockets.Address) throws(Sockets.Failure) -> Int {
    let connection = try Sockets.connect(address)
    defer { close(connection) }
    var request = ProxyBackend.answer
    guard send(connection, &request, 1, CInt(MSG_NOSIGNAL)) == 1 else { throw Sockets.Failure("send") }
    var received = 0
    while true {
      let count = recv(connection, nil, 1 << 16, CInt(MSG_TRUNC))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Sockets.Failure("receive") }
      if count == 0 { break }
      received += count
    }
    guard received == ProxyBackend.answerSize else {
      errno = EPROTO
      throw Sockets.Failure("an answer of \(received) bytes")
    }
    return received
  }

  private func threads(_ count: Int, _ body: @escaping @Sendable (Int) -> Load) async throws -> Load {
    let start = ContinuousClock.now
    let parts = try await withThrowingTaskGroup(of: Load.self, returning: [Load].self) { group in
      for index in 0..<count {
        group.addTask { try await pool.runIfActive { body(index) } }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let load = Load(parts, seconds: (ContinuousClock.now - start).inSeconds)
    guard load.count > 0 else { throw Program.Failure("nothing came through: \(load.failure ?? "no time")") }
    return load
  }
}
