import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Answers one request, in the encoding that its client prefers.
struct Responder: Sendable {
  let request: HTTPServerRequest
  let writer: HTTPResponseWriter

  static let json = "application/json"

  /// An API document, given as JSON, in the encoding that the client prefers. What has no protobuf goes out as JSON.
  func json(
    _ bytes: [UInt8], status: HTTPResponseStatus = .ok, warnings: [String] = [], headers extra: HTTPHeaders = [:]
  ) async throws {
    let encoding = ResponseForm.encoding(for: request)
    try await encoded(bytes, as: encoding, status: status, warnings: warnings, headers: extra)
  }

  /// The same in a given encoding.
  func encoded(
    _ bytes: [UInt8], as encoding: ResponseForm.Encoding, status: HTTPResponseStatus = .ok, warnings: [String] = [],
    headers extra: HTTPHeaders = [:]
  ) async throws {
    var (bytes, encoding) = (bytes, encoding)
    switch encoding {
    case .json: if Self.wantsPretty(request), let document = Self.parsed(bytes) { bytes = PrettyJSON.bytes(document) }
    case .yaml: bytes = Self.parsed(bytes).map(YAMLWriter.bytes) ?? bytes
    case .protobuf:
      if let document = Self.parsed(bytes),
        let message = try? Schema.builtIn.protobuf(document, as: Self.kind(document))
      {
        bytes = message
      } else {
        encoding = .json
      }
    }
    try await send(
      ByteBuffer(bytes: bytes), status: status, warnings: warnings, headers: extra, contentType: encoding.mediaType)
  }

  /// What a document says that it is; a list of versions does not say of which it is itself.
  private static func kind(_ document: JSONValue) -> GroupVersionKind? {
    GroupVersionKind(
      apiVersion: document["apiVersion"]?.stringValue ?? "v1", kind: document["kind"]?.stringValue ?? "")
  }

  private static func parsed(_ bytes: [UInt8]) -> JSONValue? { try? JSONValue(jsonBytes: bytes) }

  /// A document that is JSON whatever the client prefers, as in Kubernetes: not of the API's kinds.
  func plain(_ document: JSONValue, headers: HTTPHeaders = [:], contentType: String = Responder.json) async throws {
    let bytes = Self.wantsPretty(request) ? PrettyJSON.bytes(document) : document.jsonBytes
    try await send(ByteBuffer(bytes: bytes), headers: headers, contentType: contentType)
  }

  func send(
    _ body: ByteBuffer, status: HTTPResponseStatus = .ok, warnings: [String] = [], headers extra: HTTPHeaders = [:],
    contentType: String
  ) async throws {
    let headers = Self.headers(warnings: warnings, extra: extra, contentType: contentType)
    if body.readableBytes <= BodyStream.compressionThreshold {
      return try await writer.respond(status, headers: headers, body: body)
    }
    var stream = BodyStream(request, writer, status: status, headers: headers)
    try await stream.send(body)
  }

  /// What nearly all answers have, and no more.
  private static let jsonHeaders = HTTPHeaders([
    ("content-type", Responder.json), ("cache-control", Responder.uncached),
  ])
  private static let protobufHeaders = HTTPHeaders(
    [("content-type", Schema.protobufMediaType), ("cache-control", Responder.uncached)])
  /// What may not be used again without asking.
  static let uncached = "no-cache, private"

  private static func headers(warnings: [String], extra: HTTPHeaders, contentType: String) -> HTTPHeaders {
    if warnings.isEmpty, extra.isEmpty {
      if contentType == Responder.json { return jsonHeaders }
      if contentType == Schema.protobufMediaType { return protobufHeaders }
    }
    var headers = extra
    headers.replaceOrAdd(name: "content-type", value: contentType)
    if !headers.contains(name: "cache-control") { headers.add(name: "cache-control", value: Responder.uncached) }
    for warning in WarningHeaders.values(warnings) { headers.add(name: "warning", value: warning) }
    return headers
  }

  /// A body that is made piece by piece.
  func stream(
    status: HTTPResponseStatus = .ok, warnings: [String] = [], headers extra: HTTPHeaders = [:], contentType: String
  ) -> BodyStream {
    BodyStream(
      request, writer, status: status,
      headers: Self.headers(warnings: warnings, extra: extra, contentType: contentType))
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
}

/// JSON with two blanks of indentation, for people.
enum PrettyJSON {
  static func bytes(_ value: JSONValue) -> [UInt8] {
    var result: [UInt8] = []
    write(value, indent: 0, to: &result)
    result.append(UInt8(ascii: "\n"))
    return result
  }

  /// A value whose first line has been begun at that indentation.
  static func bytes(_ value: JSONValue, indent: Int) -> [UInt8] {
    var result: [UInt8] = []
    write(value, indent: indent, to: &result)
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
