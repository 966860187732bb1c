import AsyncHTTPClient
import HTTPServer
import NIOCore
import NIOHTTP1
import NIOSSL
import Testing
import Waiting

@Suite struct TLSTests {
  let authority: TestAuthority
  let server: (certificate: NIOSSLCertificate, key: NIOSSLPrivateKey)

  init() throws {
    authority = try TestAuthority()
    server = try authority.issue("server")
  }

  func context(_ mode: HTTPServerTLS.ClientCertificate) throws -> NIOSSLContext {
    try HTTPServerTLS.context(
      certificates: [server.certificate], privateKey: server.key, clientAuthorities: [authority.certificate.nio],
      clientCertificate: mode)
  }

  static let whoAmI: HTTPRequestHandler = { request, writer in
    let peer = request.peer.map { "\($0.commonName) of \($0.organizations.joined(separator: "+"))" } ?? "nobody"
    let length = try await request.body.collect(upTo: 1 << 20).readableBytes
    try await writer.respond(.ok, body: ByteBuffer(string: "\(peer) by \(request.version) with \(length)"))
  }

  func ask(
    _ client: HTTPClient, port: Int, body: ByteBuffer? = nil
  ) async throws -> (HTTPResponseStatus, String) {
    var request = HTTPClientRequest(url: "https://localhost:\(port)/")
    if let body {
      request.method = .POST
      request.body = .bytes(body)
    }
    let response = try await client.execute(request, timeout: .seconds(60))
    return (response.status, String(buffer: try await response.body.collect(upTo: 1 << 20)))
  }

  @Test(arguments: [false, true]) func tellsWhoTheClientIs(http1: Bool) async throws {
    let client = try authority.issue("ada", organizations: ["system:masters", "team"])
    try await withServer(tls: context(.optional), handler: Self.whoAmI) { _, port in
      let version = http1 ? "HTTP/1.1" : "HTTP/2.0"
      let named = try await withClient(trusting: authority, certificate: client, http1: http1) {
        try await ask($0, port: port, body: ByteBuffer(repeating: 1, count: 300_000)).1
      }
      #expect(named == "ada of system:masters+team by \(version) with 300000")
      let nameless = try await withClient(trusting: authority, http1: http1) { try await ask($0, port: port).1 }
      #expect(nameless == "nobody by \(version) with 0")
    }
  }

  @Test func refusesCertificatesOfAnotherAuthorityAndGoesOn() async throws {
    let stranger = try TestAuthority("other authority").issue("ada", organizations: ["system:masters"])
    try await withServer(tls: context(.optional), handler: Self.whoAmI) { server, port in
      await #expect(throws: (any Error).self) {
        try await withClient(trusting: authority, certificate: stranger) { try await ask($0, port: port) }
      }
      try await eventually("a handshake fails") { server.statistics.failedHandshakes >= 1 }
      let after = try await withClient(trusting: authority) { try await ask($0, port: port).1 }
      #expect(after.hasPrefix("nobody"))
    }
  }

  @Test func requiresACertificateWhenToldTo() async throws {
    try await withServer(tls: context(.required), handler: Self.whoAmI) { _, port in
      await #expect(throws: (any Error).self) {
        try await withClient(trusting: authority) { try await ask($0, port: port) }
      }
    }
  }

  @Test func survivesBrokenAndSlowHandshakes() async throws {
    try await withServer(
      tls: context(.optional), configure: { $0.handshakeTimeout = .seconds(1) }, handler: Self.whoAmI
    ) { server, port in
      let garbage = try await RawConnection(port: port)
      // The server may hang up while this is on its way.
      try? await garbage.send("GET / HTTP/1.1\r\nHost: plain\r\n\r\n")
      _ = await garbage.read()
      let silent = try await RawConnection(port: port)
      #expect(await silent.read() == "")
      let broken = try await RawConnection(port: port)
      try? await broken.send("\u{16}\u{3}\u{1}\u{0}\u{5}")
      try? await broken.channel.close()
      try await eventually("three handshakes fail") { server.statistics.failedHandshakes == 3 }
      // Its second for a handshake may be too short for a proper client, too, where the processors are busy.
      let after: String = try await eventually("a proper client gets through") { () -> String? in
        try? await withClient(trusting: authority) { try await ask($0, port: port).1 }
      }
      #expect(after.hasPrefix("nobody"))
    }
  }

  @Test(arguments: [false, true]) func answersOversizeBodies(http1: Bool) async throws {
    try await withServer(tls: context(.optional), handler: Self.whoAmI) { _, port in
      let status = try await withClient(trusting: authority, http1: http1) {
        try await ask($0, port: port, body: ByteBuffer(repeating: 1, count: 3 << 20)).0
      }
      #expect(status == .payloadTooLarge)
    }
  }

  @Test(arguments: [false, true]) func endsStreamsWellWhenItStops(http1: Bool) async throws {
    let started = Flag()
    let handler: HTTPRequestHandler = { _, writer in
      try await writer.writeHead(.ok)
      try await writer.write(ByteBuffer(string: "open"))
      started.set()
      try? await Task.sleep(for: .seconds(60))
      try await writer.finish()
    }
    try await withServer(tls: context(.optional), handler: handler) { server, port in
      let text = try await withClient(trusting: authority, http1: http1) { client in
        let response = try await client.execute(
          HTTPClientRequest(url: "https://localhost:\(port)/"), timeout: .seconds(60))
        try await eventually("the handler begins") { started.isSet }
        async let stopped: Void = server.shutdown()
        let text = String(buffer: try await response.body.collect(upTo: 100))
        await stopped
        return text
      }
      #expect(text == "open")
      #expect(server.statistics.openConnections == 0)
    }
  }

  @Test(arguments: [false, true]) func cancelsTheHandlerWhenTheClientGoesAway(http1: Bool) async throws {
    let cancelled = Flag()
    try await withServer(
      tls: context(.optional),
      handler: { _, writer in
        try await writer.writeHead(.ok)
        try await writer.write(ByteBuffer(string: "open"))
        do { try await Task.sleep(for: .seconds(60)) } catch { cancelled.set() }
      }
    ) { server, port in
      try await withClient(trusting: authority, http1: http1) { client in
        let response = try await client.execute(
          HTTPClientRequest(url: "https://localhost:\(port)/"), timeout: .seconds(60))
        for try await chunk in response.body where chunk.readableBytes > 0 { break }
      }
      try await eventually("the handler is cancelled and gone") {
        cancelled.isSet && server.statistics.activeRequests == 0
      }
    }
  }
}
