import Logging
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// Keeps one HTTP/2 connection to a server and hands calls to it.
///
/// ```
///   idle ──call──▶ connecting ──SETTINGS──▶ ready ──lost, GOAWAY──▶ connecting …
///                     │  ▲
///               failed│  │pause over
///                     ▼  │
///                  backingOff          (calls fail at once, unless they wait for ready)
/// ```
///
/// Confined to `eventLoop`: every method but `init` must be called on it, which makes it safe to share.
final class ClientTransport: @unchecked Sendable {
  private enum State {
    case idle
    /// `failure`: why the attempt before failed; nil on the first one.
    case connecting(failure: GRPCStatus?)
    case ready(ClientConnectionHandler)
    case backingOff(Scheduled<Void>, failure: GRPCStatus)
    case closed
  }

  let eventLoop: any EventLoop
  let target: GRPCTarget
  let configuration: GRPCConnectionConfiguration
  let isReady = Atomic(false)
  let usesTLS: Bool
  let deadlines: CallDeadlines
  private let tls: NIOSSLContext?
  private let serverName: String?
  private let logger: Logger

  private var state = State.idle {
    didSet {
      if case .ready = self.state {
        self.isReady.store(true, ordering: .relaxed)
      } else {
        self.isReady.store(false, ordering: .relaxed)
      }
    }
  }
  /// Attempts that failed in a row.
  private var failedAttempts = 0
  private var waiting: [ObjectIdentifier: ClientCall] = [:]
  /// Every connection that is open, those that shake hands and those that drain included.
  private var connections: [ObjectIdentifier: ClientConnectionHandler] = [:]
  /// The heads of calls, but for their metadata: they are few, and come by the thousand.
  private var heads: [Head: HPACKHeaders] = [:]
  private static let mostHeads = 256

  private struct Head: Hashable {
    var path: String
    var timeout: TimeAmount?
  }

  init(
    target: GRPCTarget, tls: NIOSSLContext?, serverName: String?, eventLoop: any EventLoop,
    configuration: GRPCConnectionConfiguration, logger: Logger
  ) {
    self.target = target
    self.tls = tls
    self.usesTLS = tls != nil
    self.eventLoop = eventLoop
    self.deadlines = CallDeadlines(eventLoop: eventLoop)
    self.configuration = configuration
    var name = serverName
    if name == nil, case .tcp(let host, _) = target { name = host }
    // A certificate for an address is checked against the address that was connected to, without a name in the hello.
    if let given = name, (try? SocketAddress(ipAddress: given, port: 0)) != nil { name = nil }
    self.serverName = name
    var logger = logger
    logger[metadataKey: "target"] = "\(target)"
    self.logger = logger
  }

  // MARK: Calls

  func start(_ call: ClientCall) {
    self.eventLoop.preconditionInEventLoop()
    switch self.state {
    case .ready(let connection):
      connection.open(call)
    case .idle:
      self.waiting[ObjectIdentifier(call)] = call
      self.connect(after: nil)
    case .connecting(let failure):
      if let failure, !call.waitForReady {
        call.fail(failure)
      } else {
        self.waiting[ObjectIdentifier(call)] = call
      }
    case .backingOff(_, let failure):
      if call.waitForReady {
        self.waiting[ObjectIdentifier(call)] = call
      } else {
        call.fail(failure)
      }
    case .closed:
      call.fail(GRPCStatus(.unavailable, "the connection was closed", delivery: .notExecuted))
    }
  }

  /// The present connection's session, where it can take a call now; the first question has it opened.
  func sessionWithRoom() -> ClientSession? {
    if case .ready(let connection) = self.state { connection.sessionWithRoom() } else { nil }
  }

  var hasSession: Bool {
    if case .ready(let connection) = self.state { connection.hasSession } else { false }
  }

  /// What a call's request begins with; its metadata comes behind.
  ///
  /// - Parameter timeout: what is left of the call's time.
  func head(of path: String, timeout: TimeAmount?) -> HPACKHeaders {
    let key = Head(path: path, timeout: timeout.map(GRPCTimeout.rounded))
    if let known = self.heads[key] { return known }
    var headers = HPACKHeaders()
    headers.reserveCapacity(8)
    headers.add(name: ":method", value: "POST")
    headers.add(name: ":scheme", value: self.usesTLS ? "https" : "http")
    headers.add(name: ":path", value: path)
    headers.add(name: ":authority", value: self.target.authority)
    headers.add(name: "content-type", value: "application/grpc")
    headers.add(name: "te", value: "trailers")
    if let timeout = key.timeout {
      // The rest of a call's time is any number, below a second: not worth a place in the table of headers.
      headers.add(
        name: "grpc-timeout", value: GRPCTimeout.encode(timeout),
        indexing: timeout < .seconds(1) ? .nonIndexable : .indexable)
    }
    headers.add(name: "user-agent", value: "apus-grpc")
    if self.heads.count >= Self.mostHeads { self.heads.removeAll(keepingCapacity: true) }
    self.heads[key] = headers
    return headers
  }

  func stopWaiting(_ call: ClientCall) {
    self.waiting[ObjectIdentifier(call)] = nil
  }

  func connectIfIdle() {
    if case .idle = self.state { self.connect(after: nil) }
  }

  func close() -> EventLoopFuture<Void> {
    self.eventLoop.preconditionInEventLoop()
    if case .backingOff(let pause, _) = self.state { pause.cancel() }
    self.state = .closed
    let status = GRPCStatus(.unavailable, "the connection was closed", delivery: .notExecuted)
    for call in self.takeWaiting(where: { _ in true }) { call.fail(status) }
    let closed = self.connections.values.map { $0.close() }
    return EventLoopFuture.andAllComplete(closed, on: self.eventLoop)
  }

  // MARK: What connections report

  func connectionIsOpen(_ connection: ClientConnectionHandler) {
    self.connections[ObjectIdentifier(connection)] = connection
  }

  func connectionIsReady(_ connection: ClientConnectionHandler) {
    guard case .connecting = self.state else {
      connection.drain()
      return
    }
    self.logger.debug("connected")
    self.failedAttempts = 0
    self.state = .ready(connection)
    for call in self.takeWaiting(where: { _ in true }) { connection.open(call) }
  }

  /// The server takes no new calls on this connection.
  func connectionIsDraining(_ connection: ClientConnectionHandler) {
    guard case .ready(let current) = self.state, current === connection else { return }
    self.state = .idle
  }

  func connectionWasClosed(_ connection: ClientConnectionHandler, wasReady: Bool, failure: GRPCStatus) {
    self.connections[ObjectIdentifier(connection)] = nil
    switch self.state {
    case .ready(let current) where current === connection:
      self.logger.debug("connection lost", metadata: ["reason": "\(failure.message)"])
      // Back at once: a restarted server should be found quickly. One that hangs up right away gets pauses.
      if connection.livedLong { self.connect(after: nil) } else { self.backOff(after: failure) }
    case .connecting where !wasReady:
      self.backOff(after: failure)
    default:
      break
    }
  }

  // MARK: Connecting

  private func connect(after failure: GRPCStatus?) {
    self.state = .connecting(failure: failure)
    let tls = self.tls.map { self.configuration.tlsOfNewConnection?() ?? $0 }
    let serverName = self.serverName
    let bootstrap = ClientBootstrap(group: self.eventLoop)
      .connectTimeout(self.configuration.connectTimeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: serverName)) }
          let handler = ClientConnectionHandler(transport: self, channel: channel)
          let limits = self.configuration.limits.handlerConfiguration(isServer: false)
          let http2 = NIOHTTP2Handler(
            mode: .client, eventLoop: channel.eventLoop, connectionConfiguration: limits.connection,
            streamConfiguration: limits.stream
          ) { pushed in
            pushed.close()
          }
          try pipeline.addHandler(FlushCoalescer())
          try pipeline.addHandler(http2)
          try pipeline.addHandler(handler)
          handler.multiplexer = try http2.syncMultiplexer()
        }
      }
    let connected: EventLoopFuture<any Channel>
    switch self.target {
    case .tcp(let host, let port):
      connected = bootstrap.channelOption(.tcpOption(.tcp_nodelay), value: 1).connect(host: host, port: port)
    case .unix(let path):
      connected = bootstrap.connect(unixDomainSocketPath: path)
    }
    connected.whenComplete { result in
      switch result {
      case .success(let channel):
        // Closed while it connected.
        if case .closed = self.state { channel.close(promise: nil) }
      case .failure(let error):
        guard case .connecting = self.state else { return }
        self.backOff(
          after: GRPCStatus(
            .unavailable, "connecting to \(self.target) failed: \(Self.text(of: error))", delivery: .notExecuted))
      }
    }
  }

  private func backOff(after failure: GRPCStatus) {
    let configuration = self.configuration
    var pause = Double(configuration.initialBackoff.nanoseconds)
    for _ in 0..<min(self.failedAttempts, 32) { pause *= 1.6 }
    pause = min(pause, Double(configuration.maximumBackoff.nanoseconds)) * Double.random(in: 0.8...1.2)
    if self.failedAttempts == 0 {
      self.logger.info("cannot connect", metadata: ["reason": "\(failure.message)"])
    }
    self.failedAttempts += 1
    let timer = self.eventLoop.scheduleTask(in: .nanoseconds(Int64(pause))) {
      guard case .backingOff = self.state else { return }
      self.connect(after: failure)
    }
    self.state = .backingOff(timer, failure: failure)
    for call in self.takeWaiting(where: { !$0.waitForReady }) { call.fail(failure) }
  }

  private func takeWaiting(where matches: (ClientCall) -> Bool) -> [ClientCall] {
    let taken = self.waiting.values.filter(matches)
    for call in taken { self.waiting[ObjectIdentifier(call)] = nil }
    return taken
  }

  static func text(of error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { "\($0.error)" } ?? "\(error)"
    case ChannelError.connectTimeout:
      "timed out"
    default:
      "\(error)"
    }
  }
}
