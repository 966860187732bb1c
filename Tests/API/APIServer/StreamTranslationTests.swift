import APIServer
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Synchronization
import Testing
import Waiting

/// kubectl's own WebSocket protocols, between which and SPDY the front-end translates.
@Suite(.timeLimit(.minutes(10))) struct StreamTranslationTests {
  static let pods = "/api/v1/namespaces/default/pods"

  /// What a client of a WebSocket reads and writes.
  private struct Socket {
    let tunnel: ByteTunnel
    private var iterator: ByteTunnel.Inbound.Iterator
    private var pending = ByteBuffer()

    init(_ tunnel: ByteTunnel) {
      self.tunnel = tunnel
      iterator = tunnel.inbound.makeAsyncIterator()
    }

    func send(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) async throws {
      let mask: [UInt8] = [0x11, 0x22, 0x33, 0x44]
      var frame = ByteBuffer()
      frame.writeInteger((isFinal ? 0x80 : 0) | opcode)
      if payload.count < 126 {
        frame.writeInteger(0x80 | UInt8(payload.count))
      } else {
        frame.writeInteger(0xff as UInt8)
        frame.writeInteger(UInt64(payload.count))
      }
      frame.writeBytes(mask)
      frame.writeBytes(payload.enumerated().map { $1 ^ mask[$0 % 4] })
      // In pieces, as networks are.
      while let piece = frame.readSlice(length: min(1000, max(1, frame.readableBytes))), piece.readableBytes > 0 {
        try await tunnel.write(piece)
      }
    }

    /// The next frame; nil at the end.
    mutating func next() async throws -> (opcode: UInt8, payload: [UInt8])? {
      while true {
        let start = pending.readerIndex
        if let first = pending.getInteger(at: start, as: UInt8.self),
          let second = pending.getInteger(at: start + 1, as: UInt8.self)
        {
          var (length, size) = (Int(second), 2)
          if second == 126 { (length, size) = (Int(pending.getInteger(at: start + 2, as: UInt16.self) ?? 0), 4) }
          if second == 127 { (length, size) = (Int(pending.getInteger(at: start + 2, as: UInt64.self) ?? 0), 10) }
          if pending.readableBytes >= size + length {
            pending.moveReaderIndex(forwardBy: size)
            return (first & 0x0f, pending.readBytes(length: length) ?? [])
          }
        }
        guard var bytes = try await iterator.next() else { return nil }
        pending.writeBuffer(&bytes)
      }
    }
  }

  /// A kubelet's end of a SPDY connection, of which each frame is put into words.
  private struct Spoken {
    private var pending = ByteBuffer()

    /// `open 1 error`, `data 3 TEXT`, `end 3`.
    mutating func words(_ bytes: ByteBuffer) -> [String] {
      pending.writeImmutableBuffer(bytes)
      var words: [String] = []
      while let first = pending.getInteger(at: pending.readerIndex, as: UInt32.self),
        let second = pending.getInteger(at: pending.readerIndex + 4, as: UInt32.self),
        pending.readableBytes >= 8 + Int(second & 0xff_ffff)
      {
        pending.moveReaderIndex(forwardBy: 8)
        var body = pending.readSlice(length: Int(second & 0xff_ffff)) ?? ByteBuffer()
        if first >> 31 == 0 {
          if body.readableBytes > 0 { words.append("data \(first) \(String(buffer: body))") }
          if second >> 24 & 1 == 1 { words.append("end \(first)") }
        } else if first == 0x8003_0001 {
          let stream = body.readInteger(as: UInt32.self) ?? 0
          // Stored as they are, so that the last word can be read without unpacking.
          let text = String(buffer: body)
          let kinds = ["error", "stdin", "stdout", "stderr", "resize"]
          words.append("open \(stream) \(kinds.first { text.contains($0) && text.contains("streamtype") } ?? "?")")
        } else {
          words.append("frame \(first & 0xffff) \(body.getInteger(at: body.readerIndex, as: UInt32.self) ?? 0)")
        }
      }
      return words
    }
  }

  private static func data(_ stream: UInt32, _ text: String) -> ByteBuffer {
    var frame = ByteBuffer()
    frame.writeInteger(stream)
    frame.writeInteger(UInt32(text.utf8.count))
    frame.writeString(text)
    return frame
  }

  private static func control(_ type: UInt16, _ number: UInt32) -> ByteBuffer {
    var frame = ByteBuffer()
    frame.writeInteger(0x8003 as UInt16)
    frame.writeInteger(type)
    frame.writeInteger(8 as UInt32)
    frame.writeInteger(number)
    frame.writeInteger(0 as UInt32)
    return frame
  }

  private final class Heard: Sendable {
    let words = Mutex<[String]>([])
    let request = SeenRequests()
  }

  /// Runs a "command" that says its input back when that has ended.
  private static func kubelet(_ heard: Heard, breaks: Bool = false) -> HTTPRequestHandler {
    { request, writer in
      heard.request.note(request)
      guard request.headers["upgrade"] == ["SPDY/3.1"] else {
        return try await writer.respond(.forbidden, body: ByteBuffer(string: "only SPDY"))
      }
      if request.target.contains("refuses") { return try await writer.respond(.notFound) }
      let tunnel = try await writer.upgrade(headers: [
        "connection": "Upgrade", "upgrade": "SPDY/3.1",
        "x-stream-protocol-version": request.headers.first(name: "x-stream-protocol-version") ?? "",
      ])
      if request.target.hasPrefix("/portForward") {
        for try await bytes in tunnel.inbound {
          try await tunnel.write(bytes)
          if String(buffer: bytes).hasSuffix("bye") { break }
        }
        return try await tunnel.finishOutput()
      }
      var spoken = Spoken()
      try await tunnel.write(control(6, 2))  // a ping
      for try await bytes in tunnel.inbound {
        let words = spoken.words(bytes)
        heard.words.withLock { $0 += words }
        if breaks, words.contains(where: { $0.hasPrefix("data") }) { return }
        guard words.contains("end 3") else { continue }
        let typed = heard.words.withLock { $0.filter { $0.hasPrefix("data 3 ") }.map { $0.dropFirst(7) }.joined() }
        for text in ["you said ", typed] { try await tunnel.write(data(5, text)) }
        try await tunnel.write(data(7, "oh"))
        try await tunnel.write(data(1, #"{"status":"Success"}"#))
        try await tunnel.write(control(3, 5))
        try await tunnel.write(control(7, 0))
        return try await tunnel.finishOutput()
      }
    }
  }

  private static func headers(_ protocols: String) -> HTTPHeaders {
    [
      "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      "sec-websocket-protocol": protocols,
    ]
  }

  private static func withPods(
    _ heard: Heard, breaks: Bool = false, _ body: (TestClient) async throws -> Void
  ) async throws {
    try await withStandIn(isKubelet: true, handler: kubelet(heard, breaks: breaks)) { port in
      try await withFrontEnd(storage: InMemoryStorage()) { _, client in
        try await client.makeNode(kubelet: port, pods: ["talker", "refuses"])
        try await body(client)
      }
    }
  }

  @Test func channelsBecomeStreams() async throws {
    let heard = Heard()
    try await Self.withPods(heard) { client in
      let (head, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/talker/exec?command=cat&stdin=true&stdout=true&stderr=true",
        headers: Self.headers("v5.channel.k8s.io"))
      #expect(head.headers["sec-websocket-protocol"] == ["v5.channel.k8s.io"])
      #expect(head.headers["sec-websocket-accept"] == ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="])
      var socket = Socket(tunnel)
      let hello = try #require(try await socket.next())
      #expect(hello.opcode == 2 && hello.payload == [1])
      try await socket.send(9, Array("there?".utf8))
      let pong = try #require(try await socket.next())
      #expect(pong.opcode == 10 && pong.payload == Array("there?".utf8))
      try await socket.send(2, [0] + Array("one ".utf8))
      // A message in several frames, with a ping between them, and one for a channel that is not there.
      try await socket.send(2, [0] + Array("tw".utf8), isFinal: false)
      try await socket.send(9, [])
      try await socket.send(0, Array("o".utf8))
      try await socket.send(2, [4, 1])
      try await socket.send(2, [])
      let long = String(repeating: "x", count: 100_000)
      try await socket.send(2, [0] + Array(long.utf8))
      try await socket.send(2, [255, 0])
      var channels: [UInt8: String] = [:]
      while let frame = try await socket.next() {
        if frame.opcode == 8 {
          #expect(frame.payload == [0x03, 0xe8])
          try await socket.send(8, frame.payload)
          break
        }
        if frame.opcode == 2, let channel = frame.payload.first {
          channels[channel, default: ""] += String(decoding: frame.payload.dropFirst(), as: UTF8.self)
        }
      }
      #expect(channels[1] == "you said one two\(long)" && channels[2] == "oh")
      #expect(channels[3] == #"{"status":"Success"}"#)
      tunnel.close()
      let words = heard.words.withLock { $0 }
      let opened = words.filter { $0 != "frame 6 2" }
      #expect(opened.prefix(5) == ["open 1 error", "open 3 stdin", "open 5 stdout", "open 7 stderr", "end 1"])
      #expect(words.contains("frame 6 2"), "the ping is answered")
      let request = try #require(heard.request.last)
      #expect(
        request.method == .POST && request.target == "/exec/default/talker/main?input=1&output=1&error=1&command=cat")
      #expect(request.headers["x-stream-protocol-version"] == ["v4.channel.k8s.io"])
      #expect(request.headers["sec-websocket-key"] == [] && request.headers["sec-websocket-protocol"] == [])
    }
  }

  @Test func aTerminalsSizeHasAStreamOfItsOwn() async throws {
    let heard = Heard()
    try await Self.withPods(heard) { client in
      let (_, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/talker/attach?stdin=true&stdout=true&stderr=true&tty=true",
        headers: Self.headers("v5.channel.k8s.io"))
      let socket = Socket(tunnel)
      try await socket.send(2, [4] + Array(#"{"Width":80}"#.utf8))
      try await eventually("it has come") { heard.words.withLock { $0.contains(#"data 7 {"Width":80}"#) } }
      // A ping may come between them.
      #expect(
        heard.words.withLock { $0.filter { $0.hasPrefix("open") } }
          == ["open 1 error", "open 3 stdin", "open 5 stdout", "open 7 resize"])
      tunnel.close()
    }
  }

  @Test func aLostConnectionIsToldInTheErrorChannel() async throws {
    let heard = Heard()
    try await Self.withPods(heard, breaks: true) { client in
      let (_, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/talker/exec?command=cat&stdin=true&stdout=true", headers: Self.headers("v5.channel.k8s.io"))
      var socket = Socket(tunnel)
      try await socket.send(2, [0, 1])
      var error = ""
      while let frame = try await socket.next(), frame.opcode != 8 {
        if frame.payload.first == 3 { error += String(decoding: frame.payload.dropFirst(), as: UTF8.self) }
      }
      #expect(error.contains(#""status":"Failure""#) && error.contains("was lost"), "\(error)")
      tunnel.close()
    }
  }

  @Test func clientsThatDoNotKeepToTheProtocolAreToldSo() async throws {
    try await Self.withPods(Heard()) { client in
      for bytes in [
        [0x82, 0x01, 0x00], [0xf2, 0x80, 0, 0, 0, 0], [0x80, 0x80, 0, 0, 0, 0], [0x83, 0x80, 0, 0, 0, 0],
      ] {
        let (_, tunnel) = try await client.tunnel(
          .GET, "\(Self.pods)/talker/exec?command=cat&stdin=true&stdout=true",
          headers: Self.headers("v5.channel.k8s.io"))
        var socket = Socket(tunnel)
        _ = try await socket.next()
        try await tunnel.write(ByteBuffer(bytes: bytes.map { UInt8($0) }))
        let last = try await socket.next()
        #expect(last?.opcode == 8 && last?.payload == [0x03, 0xea], "\(bytes)")
        tunnel.close()
      }
    }
  }

  @Test func aForwardedPortsConnectionIsCarriedInMessages() async throws {
    let heard = Heard()
    try await Self.withPods(heard) { client in
      let (head, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/talker/portforward", headers: Self.headers("SPDY/3.1+portforward.k8s.io"))
      #expect(head.headers["sec-websocket-protocol"] == ["SPDY/3.1+portforward.k8s.io"])
      #expect(heard.request.last?.headers["x-stream-protocol-version"] == ["portforward.k8s.io"])
      #expect(heard.request.last?.target == "/portForward/default/talker" && heard.request.last?.method == .POST)
      var socket = Socket(tunnel)
      try await socket.send(2, Array("hello ".utf8))
      try await socket.send(2, Array("and bye".utf8))
      var text = ""
      while let frame = try await socket.next() {
        if frame.opcode == 8 { break }
        #expect(frame.opcode == 2)
        text += String(decoding: frame.payload, as: UTF8.self)
      }
      #expect(text == "hello and bye")
      tunnel.close()
    }
  }

  @Test func whatIsNotTranslatedPassesOrIsRefused() async throws {
    let heard = Heard()
    try await Self.withPods(heard) { client in
      // The runtime's own protocols are the runtime's to take or to refuse.
      let own = try await client.refused(
        .GET, "\(Self.pods)/talker/exec?command=ls&stdout=1", headers: Self.headers("v4.channel.k8s.io"))
      #expect(own.code == 403 && own.text == "only SPDY")
      #expect(heard.request.last?.headers["sec-websocket-protocol"] == ["v4.channel.k8s.io"])
      let refused = try await client.refused(
        .GET, "\(Self.pods)/refuses/exec?command=ls&stdout=1", headers: Self.headers("v5.channel.k8s.io"))
      #expect(refused.code == 404)
      var bad = Self.headers("v5.channel.k8s.io")
      bad.replaceOrAdd(name: "sec-websocket-key", value: "short")
      #expect(
        try await client.refused(.GET, "\(Self.pods)/talker/exec?command=ls&stdout=1", headers: bad).code == 400)
    }
  }
}
