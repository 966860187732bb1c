import AsyncHTTPClient
import Glibc
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Requests over AsyncHTTPClient.
///
/// HTTP/1.1 on purpose: the address is the local balancer's, which moves *connections* to front-ends that
/// live. With HTTP/2 everything would share one connection, a request that times out would only reset its
/// stream, and a connection to a dead front-end would be used again and again. With HTTP/1.1 a request that
/// fails takes its connection with it, and the next one lands on another front-end.
///
/// Watches have a pool of their own, so that they neither use up the connections of ordinary requests nor
/// share their idle timeout.
package final class HTTPTransport: ClusterTransport {
  /// Attempts at most for a request that met no answer and is safe to repeat.
  static let attempts = 3
  /// Larger answers are refused.
  static let maximumBody = 512 << 20

  private let configuration: ClientConfiguration
  private let requests: HTTPClient
  private let streams: HTTPClient

  package init(configuration: ClientConfiguration) throws(ClientConfigurationError) {
    self.configuration = configuration
    let tls = try Self.tlsConfiguration(configuration)
    func client(idle: Duration, connections: Int) -> HTTPClient {
      var settings = HTTPClient.Configuration(tlsConfiguration: tls)
      settings.httpVersion = .http1Only
      settings.redirectConfiguration = .disallow
      settings.decompression = .disabled
      settings.timeout.connect = TimeAmount(min(configuration.requestTimeout, .seconds(5)))
      settings.timeout.read = TimeAmount(idle)
      settings.connectionPool.idleTimeout = .seconds(45)
      settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
      // A refused connection is told to the caller at once, whose own back-off is short.
      settings.connectionPool.retryConnectionEstablishment = false
      return HTTPClient(eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup.singleton), configuration: settings)
    }
    requests = client(idle: configuration.requestTimeout, connections: max(1, configuration.maximumConnections))
    streams = client(idle: configuration.watchIdleTimeout, connections: 1024)
  }

  deinit {
    // A client that was not shut down traps when it goes: let go of it in an orderly way.
    requests.shutdown { [requests] _ in _ = requests }
    streams.shutdown { [streams] _ in _ = streams }
  }

  package func shutdown() async {
    try? await requests.shutdown()
    try? await streams.shutdown()
  }

  package func perform(_ request: ClusterRequest) async throws -> ClusterResponse {
    var attempt = 1
    while true {
      do {
        let response = try await execute(request, on: requests)
        var body = try await response.body.collect(upTo: Self.maximumBody)
        let bytes = body.readBytes(length: body.readableBytes) ?? []
        let retryAfter = response.headers.first(name: "Retry-After").flatMap { Int($0) }
        return ClusterResponse(status: Int(response.status.code), body: bytes, retryAfter: retryAfter)
      } catch {
        try Task.checkCancellation()
        let failure = Self.connectionError(error)
        // A create that may have happened must not happen twice; all else converges when repeated.
        let repeatable = request.method != .post || !failure.mayHaveTakenEffect
        guard repeatable, attempt < Self.attempts, !Self.isTimeout(error) else { throw failure }
        try await Task.sleep(for: .milliseconds(Int.random(in: 5...25) * attempt * attempt))
        attempt += 1
      }
    }
  }

  package func open(_ request: ClusterRequest) async throws -> ClusterByteStream {
    do {
      let response = try await execute(request, on: streams)
      return ClusterByteStream(status: Int(response.status.code), body: ResponseBytes(body: response.body))
    } catch {
      try Task.checkCancellation()
      throw Self.connectionError(error)
    }
  }

  private func execute(_ request: ClusterRequest, on client: HTTPClient) async throws -> HTTPClientResponse {
    var outgoing = HTTPClientRequest(url: configuration.server + request.target)
    outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
    outgoing.headers.add(name: "Accept", value: request.accept)
    outgoing.headers.add(name: "User-Agent", value: configuration.userAgent)
    if let token = configuration.bearerToken { outgoing.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if let type = request.contentType { outgoing.headers.add(name: "Content-Type", value: type) }
    if let body = request.body { outgoing.body = .bytes(ByteBuffer(bytes: body)) }
    // The deadline bounds the wait for a connection and for the answer's head; the idle timeout bounds the rest.
    let patience = client === streams ? configuration.watchIdleTimeout : configuration.requestTimeout
    return try await client.execute(outgoing, timeout: TimeAmount(patience))
  }

  private static func isTimeout(_ error: any Error) -> Bool {
    guard let error = error as? HTTPClientError else { return false }
    let timeouts: [HTTPClientError] = [
      .readTimeout, .writeTimeout, .connectTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout,
      .tlsHandshakeTimeout,
    ]
    return timeouts.contains(error)
  }

  static func connectionError(_ error: any Error) -> ClusterConnectionError {
    if let already = error as? ClusterConnectionError { return already }
    var neverSent = error is NIOConnectionError || error is NIOSSLError || error is NIOSSLExtraError
    if let error = error as? HTTPClientError {
      neverSent = [.connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout].contains(error)
    } else if let error = error as? IOError {
      neverSent = error.errnoCode == ECONNREFUSED
    }
    return ClusterConnectionError(message: "no answer from the API: \(error)", mayHaveTakenEffect: !neverSent)
  }

  static func tlsConfiguration(_ configuration: ClientConfiguration) throws(ClientConfigurationError)
    -> TLSConfiguration?
  {
    guard configuration.server.hasPrefix("https://") else { return nil }
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    do {
      if let authority = configuration.certificateAuthority {
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(authority))
      }
      if let certificate = configuration.clientCertificate, let key = configuration.clientKey {
        tls.certificateChain = try NIOSSLCertificate.fromPEMBytes(certificate).map { .certificate($0) }
        tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: key, format: .pem))
      }
    } catch {
      throw ClientConfigurationError(message: "its certificates or its key cannot be used: \(error)")
    }
    if configuration.skipsServerVerification { tls.certificateVerification = .none }
    return tls
  }
}

/// The body of an answer as plain bytes, its failures as `ClusterConnectionError`.
private struct ResponseBytes: AsyncSequence, Sendable {
  typealias Element = [UInt8]
  typealias Failure = any Error

  let body: HTTPClientResponse.Body

  struct Iterator: AsyncIteratorProtocol {
    var base: HTTPClientResponse.Body.AsyncIterator

    mutating func next() async throws -> [UInt8]? {
      do {
        guard let buffer = try await base.next() else { return nil }
        return Array(buffer.readableBytesView)
      } catch {
        try Task.checkCancellation()
        throw HTTPTransport.connectionError(error)
      }
    }
  }

  func makeAsyncIterator() -> Iterator { Iterator(base: body.makeAsyncIterator()) }
}
