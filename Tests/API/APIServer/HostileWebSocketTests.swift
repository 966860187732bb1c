import JSONDocument
import NIOCore
import NIOHTTP1
import StorageStandIn
import Testing
import Waiting

/// WebSockets whose clients do not do their part.
@Suite("Hostile WebSockets") struct HostileWebSocketTests {
  static let configMaps = HostileBodyTests.configMaps

  /// A connection of little room that has asked for a watch over a WebSocket.
  private func open(_ client: TestClient) async throws -> RawConnection {
    let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1", receiveBuffer: 4096)
    try await raw.send(
      "GET \(Self.configMaps)?watch=1 HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
        + "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + "origin: http://127.0.0.1\r\n\r\n")
    try await eventually("the connection is upgraded") { raw.text.contains("\r\n\r\n") }
    #expect(raw.text.hasPrefix("HTTP/1.1 101 "), "\(raw.text)")
    return raw
  }

  @Test func watchersThatNeverRead() async throws {
    try await watchThatIsNeverRead { try await open($0) }
  }

  /// Frames that begin and do not end, at once and in bytes, cost no more than themselves.
  @Test func framesThatNeverEnd() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { frontEnd, client in
      // A frame of 2^62 bytes, of which some come; and pieces of a message that has no end.
      let mask: [UInt8] = [1, 2, 3, 4]
      let huge: [UInt8] = [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0] + mask + [UInt8](repeating: 7, count: 1 << 20)
      let piece: [UInt8] = [0x00, 0x80 | 100] + mask + [UInt8](repeating: 7, count: 100)
      let endless: [UInt8] = [0x02, 0x80] + mask + Array(repeatElement(piece, count: 10_000).joined())
      for bytes in [huge, endless] {
        let raw = try await open(client)
        // The connection may be closed before everything has been sent.
        try? await raw.send(bytes)
        #expect(try await client.get("/readyz").text == "ok")
        await raw.close()
        try await eventually("its watch has ended") { frontEnd.runningWatches == 0 }
      }
    }
  }
}
