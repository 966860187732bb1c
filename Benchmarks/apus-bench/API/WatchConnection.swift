import BenchKit
import Glibc
import NIOCore

/// A share of the watches, as streams of one HTTP/2 connection. Frames are taken apart by hand: a thousand events are a
/// few reads and a thousand look-ups of one number.
///
/// Unchecked: everything but ``begin()`` and ``close()`` is touched on the event loop only.
final class WatchConnection: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let loop: any EventLoop
  private let target: String
  private let authority: String
  /// Their numbers; the first has stream 1, the next 3, and so on.
  private let watchers: Range<Int>
  private let board: WatchBoard

  private var context: ChannelHandlerContext?
  private var isOpen = false
  private var isClosing = false
  /// What has come of a frame that is not whole.
  private var pending = ByteBuffer()
  /// Of each watcher, what has come of a line that is not whole.
  private var lines: [[UInt8]]
  /// Where the number stood in the last event.
  private var hint = 0
  /// Bytes that the connection's window has lost.
  private var consumed = 0

  init(loop: any EventLoop, target: String, authority: String, watchers: Range<Int>, board: WatchBoard) {
    self.loop = loop
    self.target = target
    self.authority = authority
    self.watchers = watchers
    self.board = board
    lines = Array(repeating: [], count: watchers.count)
  }

  // MARK: From anywhere

  /// The connection is there: greets. The streams are opened when the front-end has said how many it takes: until its
  /// settings are acknowledged, it takes a hundred.
  func begin() {
    loop.execute { [self] in send(HTTP2Frames.preface) }
  }

  func close() {
    loop.execute { [self] in
      isClosing = true
      context?.close(promise: nil)
    }
  }

  // MARK: On the event loop

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isClosing else { return }
    var buffer = unwrapInboundIn(data)
    if pending.readableBytes > 0 {
      pending.writeBuffer(&buffer)
    } else {
      pending = buffer
    }
    let now = ContinuousClock.now
    do {
      while try takeFrame(now) {}
    } catch {
      return fail(error)
    }
    // A copy of the little that is left, so that what came is let go.
    pending = pending.readableBytes > 0 ? ByteBuffer(bytes: pending.readableBytesView) : ByteBuffer()
    // Long before the window is used up.
    if consumed > 1 << 28 {
      send(HTTP2Frames.frame(HTTP2Frames.Kind.windowUpdate, stream: 0, HTTP2Frames.number(UInt32(consumed))))
      consumed = 0
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(Program.Failure("the front-end has closed a connection of watches"))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error) }

  private func fail(_ error: any Error) {
    guard !isClosing else { return }
    isClosing = true
    board.fail(error)
    context?.close(promise: nil)
  }

  private func send(_ bytes: [UInt8]) {
    context?.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
  }

  private func openStreams() {
    guard !isOpen else { return }
    isOpen = true
    send(
      watchers.indices.flatMap { index in
        HTTP2Frames.get(
          target, authority: authority, stream: UInt32(2 * (index - watchers.lowerBound) + 1))
      })
  }

  // MARK: Frames

  /// - Returns: whether there was a whole one.
  private func takeFrame(_ now: ContinuousClock.Instant) throws -> Bool {
    let start = pending.readerIndex
    guard let first = pending.getInteger(at: start, as: UInt32.self),
      let flags = pending.getInteger(at: start + 4, as: UInt8.self),
      let stream = pending.getInteger(at: start + 5, as: UInt32.self)
    else { return false }
    let length = Int(first >> 8)
    guard pending.readableBytes >= HTTP2Frames.headLength + length else { return false }
    pending.moveReaderIndex(forwardBy: HTTP2Frames.headLength)
    guard let payload = pending.readSlice(length: length) else { return false }
    try take(UInt8(truncatingIfNeeded: first), flags, Int(stream & 0x7fff_ffff), payload, now)
    return true
  }

  private func take(
    _ kind: UInt8, _ flags: UInt8, _ stream: Int, _ payload: ByteBuffer, _ now: ContinuousClock.Instant
  ) throws {
    switch kind {
    case HTTP2Frames.Kind.data:
      consumed += payload.readableBytes
      try takeData(flags, place(of: stream), payload, now)
    case HTTP2Frames.Kind.headers:
      let index = try place(of: stream)
      guard HTTP2Frames.saysOK(payload.readableBytesView), flags & HTTP2Frames.Flag.endStream == 0 else {
        throw Program.Failure("watch \(watchers.lowerBound + index) was refused, or has ended")
      }
      board.opened()
    case HTTP2Frames.Kind.reset:
      let index = try place(of: stream)
      throw Program.Failure("the front-end has broken off watch \(watchers.lowerBound + index)")
    case HTTP2Frames.Kind.goAway: throw Program.Failure("the front-end has ended a connection of watches")
    case HTTP2Frames.Kind.settings where flags & HTTP2Frames.Flag.acknowledgement == 0:
      send(HTTP2Frames.frame(HTTP2Frames.Kind.settings, flags: HTTP2Frames.Flag.acknowledgement, stream: 0, []))
      openStreams()
    case HTTP2Frames.Kind.ping where flags & HTTP2Frames.Flag.acknowledgement == 0:
      send(
        HTTP2Frames.frame(
          HTTP2Frames.Kind.ping, flags: HTTP2Frames.Flag.acknowledgement, stream: 0, Array(payload.readableBytesView)))
    default: break
    }
  }

  private func place(of stream: Int) throws -> Int {
    let place = (stream - 1) / 2
    guard stream % 2 == 1, place < watchers.count else { throw Program.Failure("a frame of stream \(stream)") }
    return place
  }

  private func takeData(
    _ flags: UInt8, _ index: Int, _ payload: ByteBuffer, _ now: ContinuousClock.Instant
  ) throws {
    guard flags & HTTP2Frames.Flag.padded == 0 else { throw Program.Failure("padded frames are not understood") }
    payload.withUnsafeReadableBytes { bytes in
      var start = 0
      while start < bytes.count {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
        guard let base = rest.baseAddress, let found = memchr(base, 10, rest.count) else {
          lines[index].append(contentsOf: rest)
          return
        }
        let length = base.distance(to: UnsafeRawPointer(found))
        let piece = UnsafeRawBufferPointer(rebasing: rest[..<length])
        if lines[index].isEmpty {
          takeLine(piece, index, now)
        } else {
          lines[index].append(contentsOf: piece)
          let line = lines[index]
          lines[index] = []
          line.withUnsafeBytes { takeLine($0, index, now) }
        }
        start += length + 1
      }
    }
    guard flags & HTTP2Frames.Flag.endStream == 0 else {
      throw Program.Failure("watch \(watchers.lowerBound + index) has ended")
    }
  }

  private func takeLine(_ line: UnsafeRawBufferPointer, _ index: Int, _ now: ContinuousClock.Instant) {
    guard let number = WriteMark.number(in: line, hint: &hint) else {
      return board.fail(
        Program.Failure("an event of no write: \(String(decoding: line.prefix(300), as: UTF8.self))"))
    }
    board.take(number, by: watchers.lowerBound + index, at: now)
  }
}

/// The number that a write leaves in its object, so that its events are known without decoding them. Pure.
enum WriteMark {
  private static let mark = Array(#""write":""#.utf8)
  private static let length = 9

  /// The member of an object's `data`.
  static func member(_ number: Int) -> String {
    let text = String(number % 1_000_000_000)
    return "\"write\":\"" + String(repeating: "0", count: length - text.utf8.count) + text + "\""
  }

  /// - Parameter hint: where it was the last time; events of objects of one make differ little.
  static func number(in line: UnsafeRawBufferPointer, hint: inout Int) -> Int? {
    if let found = digits(in: line, at: hint) { return found }
    var position = 0
    while position + mark.count + length <= line.count {
      if line[position] == mark[0], let found = digits(in: line, at: position) {
        hint = position
        return found
      }
      position += 1
    }
    return nil
  }

  private static func digits(in line: UnsafeRawBufferPointer, at position: Int) -> Int? {
    guard position + mark.count + length <= line.count else { return nil }
    for (offset, byte) in mark.enumerated() where line[position + offset] != byte { return nil }
    var number = 0
    for offset in 0..<length {
      let byte = line[position + mark.count + offset]
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }
}
