import AsyncHTTPClient
import Foundation
import HTTPServer
import NIOCore
import NIOHTTP1
import NIOSSL
import SwiftASN1
import Synchronization
import Testing
import Waiting
import X509

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

  @Test(arguments: [false, true], [false, true])
  func tellsWhoTheClientIs(http1: Bool, onLoops: Bool) async throws {
    let client = try authority.issue("ada", organizations: ["system:masters", "team"])
    try await withServer(onLoops: onLoops, tls: context(.optional), handler: Self.whoAmI) { _, port in
      let version = http1 ? "HTTP/1.1" : "HTTP/2.0"
      let named = try await withClient(trusting: authority, certificate: client, http1: http1) {
        try await ask($0, port: port, body: ByteBuffer(repeating: 1, count: 300_000)).1
      }
      #expect(named == "ada of system:masters+team by \(version) with 300000")
      let nameless = try await withClient(trusting: authority, http1: http1) { try await ask($0, port: port).1 }
      #expect(nameless == "nobody by \(version) with 0")
    }
  }

  @Test func aClientShowsTheCertificateThatIsInItsFiles() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/apus-client-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    func write(_ text: String, _ name: String) throws {
      try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    func install(_ name: String, certificate: Bool = true) throws {
      let issued = try authority.issueText(name)
      try write(issued.key, "key")
      if certificate { try write(issued.certificate, "certificate") }
    }
    try write(try authority.certificate.serializeAsPEM().pemString, "authority")
    try install("ada")
    let tls = try ReloadingClientTLS(
      certificateFile: "\(folder)/certificate", privateKeyFile: "\(folder)/key", authorities: "\(folder)/authority",
      applicationProtocols: ["h2"], interval: .zero)
    try await withServer(tls: context(.required), handler: Self.whoAmI) { _, port in
      try await withClient(trusting: authority) { client in
        func name() async throws -> String {
          var request = HTTPClientRequest(url: "https://localhost:\(port)/")
          request.tlsConfiguration = tls.current().configuration
          let response = try await client.execute(request, timeout: .seconds(60))
          return String(String(buffer: try await response.body.collect(upTo: 1 << 20)).prefix { $0 != " " })
        }
        #expect(try await name() == "ada")
        try install("bob", certificate: false)
        #expect(try await name() == "ada", "a pair that is not whole is left for the next look")
        try install("bob")
        #expect(try await name() == "bob")
      }
    }
  }

  @Test func aSmallAnswerIsOneRecord() async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .certificates([try authority.certificate.nio])
    let client = try NIOSSLContext(configuration: tls)
    let records = RecordCount()
    try await withServer(onLoops: true, tls: context(.optional), handler: HTTP1Tests.echo) { _, port in
      let connection = try await RawConnection(port: port) {
        [RecordCounter(records), try NIOSSLClientHandler(context: client, serverHostname: "localhost")]
      }
      // The first answer comes with records of the handshake.
      try await connection.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
      _ = await connection.read(until: "GET /1 ;")
      let before = records.value.load(ordering: .relaxed)
      try await connection.send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n")
      _ = await connection.read(until: "GET /2 ;")
      #expect(records.value.load(ordering: .relaxed) == before + 1)
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

private final class RecordCount: Sendable {
  let value = Atomic(0)
}

/// Counts the TLS records that come in (RFC 8446, 5.1), below the handler that decrypts them.
private final class RecordCounter: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let count: RecordCount
  private var pending = ByteBuffer()

  init(_ count: RecordCount) { self.count = count }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    pending.writeImmutableBuffer(unwrapInboundIn(data))
    while let length = pending.getInteger(at: pending.readerIndex + 3, as: UInt16.self),
      pending.readableBytes >= 5 + Int(length)
    {
      pending.moveReaderIndex(forwardBy: 5 + Int(length))
      count.value.add(1, ordering: .relaxed)
    }
    context.fireChannelRead(data)
  }
}
