package import NIOCore

/// A *session*: a stream of both directions that carries unary calls, so that a call costs one small message each way
/// instead of a stream of HTTP/2 with its headers. Ours alone: a client opens one with ``path``, a server that knows
/// sessions accepts it with ``header`` in the head of its answer, any other answers that it has no such method. A
/// connection has one at a time.
///
/// Each gRPC message of the stream is one frame: a byte for its kind, then what ``SessionRequestFrame`` (from the
/// client) or ``SessionAnswerFrame`` (from the server) says, integers big-endian. Frames that are ready together go out
/// in one DATA frame. Answers come in any order. A frame that cannot be read ends the session.
package enum GRPCSession {
  package static let path = "/apus.session.v1.Session/Calls"
  /// How many calls the server lets be under way on the session.
  package static let header = "apus-session"
  /// A larger request goes on a stream of its own, so that the others do not wait behind it.
  static let largestRequest = 64 << 10
  /// Methods that a client may name on one session, and bytes of a name.
  static let mostMethods = 256
  static let longestPath = 1024
}

/// What goes on a session's stream.
protocol SessionFrame {
  /// What stands behind the head, to the end of the message.
  var payload: ByteBuffer? { get }
  func writeHead(to buffer: inout ByteBuffer)
}

/// What a client says on a session.
package enum SessionRequestFrame: Sendable, Hashable, SessionFrame {
  /// From now on the number stands for the method of that path. Numbers count up from 0.
  case method(number: UInt16, path: String)
  /// A call. Ids grow with each one of a session. The timeout is nil where there is none.
  case call(id: UInt64, method: UInt16, timeout: TimeAmount?, payload: ByteBuffer)
  /// Nobody waits for the call's answer any more. It may have been given already.
  case cancel(id: UInt64)

  private enum Kind {
    static let method: UInt8 = 1
    static let call: UInt8 = 2
    static let cancel: UInt8 = 3
  }

  /// Reads a message of the stream; nil when it is no frame.
  package init?(_ message: ByteBuffer) {
    var rest = message
    guard let kind = rest.readInteger(as: UInt8.self) else { return nil }
    switch kind {
    case Kind.method:
      guard let number = rest.readInteger(as: UInt16.self), let path = rest.readText(), rest.readableBytes == 0 else {
        return nil
      }
      self = .method(number: number, path: path)
    case Kind.call:
      guard let (id, method, timeout) = rest.readMultipleIntegers(as: (UInt64, UInt16, UInt64).self) else {
        return nil
      }
      // Longer ones than a clock can hold are cut; 0 is none.
      let nanoseconds = Int64(min(timeout, UInt64(GRPCTimeout.longest.nanoseconds)))
      self = .call(id: id, method: method, timeout: timeout == 0 ? nil : .nanoseconds(nanoseconds), payload: rest)
    case Kind.cancel:
      guard let id = rest.readInteger(as: UInt64.self), rest.readableBytes == 0 else { return nil }
      self = .cancel(id: id)
    default:
      return nil
    }
  }

  /// The frame as a message, without gRPC's prefix.
  package func encoded() -> ByteBuffer { self.message() }

  var payload: ByteBuffer? { if case .call(_, _, _, let payload) = self { payload } else { nil } }

  func writeHead(to buffer: inout ByteBuffer) {
    switch self {
    case .method(let number, let path):
      buffer.writeMultipleIntegers(Kind.method, number)
      buffer.writeText(path)
    case .call(let id, let method, let timeout, _):
      // What has passed already becomes the smallest timeout.
      let nanoseconds = timeout.map { UInt64(max($0.nanoseconds, 1)) } ?? 0
      buffer.writeMultipleIntegers(Kind.call, id, method, nanoseconds)
    case .cancel(let id):
      buffer.writeMultipleIntegers(Kind.cancel, id)
    }
  }
}

/// What a server says on a session: how a call ended. One for each call that was not cancelled.
package enum SessionAnswerFrame: Sendable, Hashable, SessionFrame {
  case response(id: UInt64, payload: ByteBuffer)
  /// The status is never OK.
  case failure(id: UInt64, GRPCStatus)

  private enum Kind {
    static let response: UInt8 = 4
    static let failure: UInt8 = 5
  }

  /// Reads a message of the stream; nil when it is no frame.
  package init?(_ message: ByteBuffer) {
    var rest = message
    guard let (kind, id) = rest.readMultipleIntegers(as: (UInt8, UInt64).self) else { return nil }
    switch kind {
    case Kind.response:
      self = .response(id: id, payload: rest)
    case Kind.failure:
      guard let number = rest.readInteger(as: UInt8.self), let code = GRPCStatusCode(rawValue: Int(number)),
        code != .ok, let text = rest.readText(), let count = rest.readInteger(as: UInt32.self)
      else { return nil }
      var details = GRPCMetadata()
      for _ in 0..<count {
        guard let name = rest.readText(), let value = rest.readText() else { return nil }
        details.add(name, value)
      }
      guard rest.readableBytes == 0 else { return nil }
      self = .failure(id: id, GRPCStatus(code, text, details: details))
    default:
      return nil
    }
  }

  /// The frame as a message, without gRPC's prefix.
  package func encoded() -> ByteBuffer { self.message() }

  var payload: ByteBuffer? { if case .response(_, let payload) = self { payload } else { nil } }

  func writeHead(to buffer: inout ByteBuffer) {
    switch self {
    case .response(let id, _):
      buffer.writeMultipleIntegers(Kind.response, id)
    case .failure(let id, let status):
      buffer.writeMultipleIntegers(Kind.failure, id, UInt8(status.code.rawValue))
      buffer.writeText(status.message)
      buffer.writeInteger(UInt32(status.details.entries.count))
      for entry in status.details.entries {
        buffer.writeText(entry.name)
        buffer.writeText(entry.value)
      }
    }
  }
}

extension SessionFrame {
  fileprivate func message() -> ByteBuffer {
    var message = ByteBuffer()
    self.writeHead(to: &message)
    if let payload = self.payload { message.writeImmutableBuffer(payload) }
    return message
  }
}

extension ByteBuffer {
  fileprivate mutating func writeText(_ text: String) {
    self.writeInteger(UInt32(text.utf8.count))
    self.writeString(text)
  }

  fileprivate mutating func readText() -> String? {
    guard let length = self.readInteger(as: UInt32.self) else { return nil }
    return self.readString(length: Int(length))
  }
}
