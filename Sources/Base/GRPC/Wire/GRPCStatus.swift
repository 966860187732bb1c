/// How a call ended: the codes of gRPC.
package enum GRPCStatusCode: Int, Sendable, Hashable, CaseIterable {
  case ok = 0
  case cancelled = 1
  case unknown = 2
  case invalidArgument = 3
  case deadlineExceeded = 4
  case notFound = 5
  case alreadyExists = 6
  case permissionDenied = 7
  case resourceExhausted = 8
  case failedPrecondition = 9
  case aborted = 10
  case outOfRange = 11
  case unimplemented = 12
  case internalError = 13
  case unavailable = 14
  case dataLoss = 15
  case unauthenticated = 16
}

/// How a call ended, as the server said it or as this side saw it. A handler throws one to answer with it.
package struct GRPCStatus: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is known of the request's fate when a call failed.
  package enum Delivery: Sendable, Hashable {
    /// The server has certainly not run the call: it may be sent again, here or elsewhere, whatever it does.
    case notExecuted
    /// The request may have reached the server: only the caller knows whether it may be repeated.
    case mayHaveExecuted
    /// The server itself answered with this status.
    case answered
  }

  package var code: GRPCStatusCode
  package var message: String
  /// The trailers that came with it; what a server's handler puts here is sent along.
  package var details: GRPCMetadata
  /// Only of use on the client's side.
  package var delivery: Delivery

  package init(
    _ code: GRPCStatusCode, _ message: String = "", details: GRPCMetadata = [:], delivery: Delivery = .answered
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.delivery = delivery
  }

  package static let ok = GRPCStatus(.ok)

  package var description: String { "\(code): \(message)" }
}

extension GRPCStatus {
  /// The status for an error that a handler threw: statuses are kept, everything else is `unknown` without the
  /// error's text, which may hold what clients must not see.
  init(handlerError error: any Error) {
    switch error {
    case let status as GRPCStatus: self = status
    case is CancellationError: self = GRPCStatus(.cancelled, "the call was cancelled")
    default: self = GRPCStatus(.unknown, "the server failed to handle the call")
    }
  }

  /// The code for an answer that is not gRPC's, by its HTTP status, as gRPC maps them.
  static func code(httpStatus: String) -> GRPCStatusCode {
    switch httpStatus {
    case "400": .internalError
    case "401": .unauthenticated
    case "403": .permissionDenied
    case "404": .unimplemented
    case "429", "502", "503", "504": .unavailable
    default: .unknown
    }
  }
}

/// The encoding of `grpc-message`: UTF-8, with everything but printable ASCII, and `%` itself, as `%XX`.
enum PercentEncoding {
  static func encode(_ text: String) -> String {
    guard text.utf8.contains(where: mustEncode) else { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      if mustEncode(byte) {
        encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        encoded.append(byte)
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// Lenient, as gRPC asks: a `%` without two hex digits stands for itself.
  static func decode(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "%")) else { return text }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = hexValue(bytes[index + 1]), let low = hexValue(bytes[index + 2])
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static func mustEncode(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte > 0x7e || byte == UInt8(ascii: "%")
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
