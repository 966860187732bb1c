import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Whole answers, as JSON.
struct Responder: Sendable {
  let request: HTTPServerRequest
  let writer: HTTPResponseWriter

  static let json = "application/json"

  func json(
    _ bytes: [UInt8], status: HTTPResponseStatus = .ok, warnings: [String] = [], headers extra: HTTPHeaders = [:],
    contentType: String = Responder.json
  ) async throws {
    var bytes = bytes
    if Self.wantsPretty(request), let document = try? JSONValue(jsonBytes: bytes) {
      bytes = PrettyJSON.bytes(document)
    }
    try await send(
      ByteBuffer(bytes: bytes), status: status, warnings: warnings, headers: extra, contentType: contentType)
  }

  func send(
    _ body: ByteBuffer, status: HTTPResponseStatus = .ok, warnings: [String] = [], headers extra: HTTPHeaders = [:],
    contentType: String
  ) async throws {
    var headers = extra
    headers.replaceOrAdd(name: "content-type", value: contentType)
    if !headers.contains(name: "cache-control") { headers.add(name: "cache-control", value: "no-cache, private") }
    for warning in warnings.prefix(32) { headers.add(name: "warning", value: Self.warning(warning)) }
    try await writer.respond(status, headers: headers, body: body)
  }

  func document(
    _ document: JSONValue, status: HTTPResponseStatus = .ok, warnings: [String] = [],
    contentType: String = Responder.json
  ) async throws {
    try await json(document.jsonBytes, status: status, warnings: warnings, contentType: contentType)
  }

  func text(_ text: String, status: HTTPResponseStatus = .ok) async throws {
    try await send(
      ByteBuffer(string: text), status: status, headers: ["x-content-type-options": "nosniff"],
      contentType: "text/plain; charset=utf-8")
  }

  func failure(_ error: APIError) async throws {
    var headers: HTTPHeaders = [:]
    if let seconds = error.details?.retryAfterSeconds, seconds > 0 {
      headers.add(name: "retry-after", value: String(seconds))
    }
    try await json(error.status.jsonBytes, status: .init(statusCode: error.code), headers: headers)
  }

  /// As in Kubernetes: on request, and for people who use curl or wget.
  static func wantsPretty(_ request: HTTPServerRequest) -> Bool {
    if let pretty = request.query["pretty"] { return !["0", "false"].contains(pretty) }
    let agent = request.headers.first(name: "user-agent") ?? ""
    return agent.hasPrefix("curl/") || agent.hasPrefix("Wget/")
  }

  /// A warning header's value (RFC 7234, 5.5): code 299, no agent, quoted text.
  static func warning(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars.prefix(1024) {
      switch scalar {
      case "\"", "\\": quoted += "\\" + String(scalar)
      default: quoted += scalar.value < 0x20 || scalar.value == 0x7f ? " " : String(scalar)
      }
    }
    return "299 - \"\(quoted)\""
  }
}

/// JSON with two blanks of indentation, for people.
enum PrettyJSON {
  static func bytes(_ value: JSONValue) -> [UInt8] {
    var result: [UInt8] = []
    write(value, indent: 0, to: &result)
    result.append(UInt8(ascii: "\n"))
    return result
  }

  private static func write(_ value: JSONValue, indent: Int, to result: inout [UInt8]) {
    func line(_ indent: Int) {
      result.append(UInt8(ascii: "\n"))
      result.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    }
    switch value {
    case .object(let object) where !object.isEmpty:
      result.append(UInt8(ascii: "{"))
      for (position, member) in object.members.enumerated() {
        if position > 0 { result.append(UInt8(ascii: ",")) }
        line(indent + 2)
        result += JSONValue.string(member.key).jsonBytes
        result += ": ".utf8
        write(member.value, indent: indent + 2, to: &result)
      }
      line(indent)
      result.append(UInt8(ascii: "}"))
    case .array(let items) where !items.isEmpty:
      result.append(UInt8(ascii: "["))
      for (position, item) in items.enumerated() {
        if position > 0 { result.append(UInt8(ascii: ",")) }
        line(indent + 2)
        write(item, indent: indent + 2, to: &result)
      }
      line(indent)
      result.append(UInt8(ascii: "]"))
    default: result += value.jsonBytes
    }
  }
}
