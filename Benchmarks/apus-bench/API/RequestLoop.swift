import BenchKit
import NIOCore

/// One kept connection that sends its next request as soon as the last answer is whole, without leaving the event loop.
///
/// Unchecked: everything but ``run(_:_:)`` and ``close()`` is touched on the event loop only, which is the same for all
/// connections.
final class RequestLoop: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the connections of one load have in common.
  struct Job: Sendable {
    /// An operation's number is taken from here.
    var tickets: Tickets
    /// How many operations are begun at most, over all connections.
    var limit: Int
    /// None is begun after this.
    var deadline: ContinuousClock.Instant
  }

  private enum Phase { case greeting, waiting, asking, over }

  /// How long a single answer may take.
  private static let patience = TimeAmount.seconds(60)

  private let loop: any EventLoop
  private let greeting: ByteBuffer
  private let ready: EventLoopPromise<Void>
  private var phase = Phase.greeting
  private var context: ChannelHandlerContext?
  private var reader = AnswerReader()
  private var timer: Scheduled<Void>?

  private var job: Job?
  private var script: (any RequestScript)?
  private var done: EventLoopPromise<Load>?
  private var load = Load()
  private var begun = ContinuousClock.now

  /// - Parameters:
  ///   - greeting: a request that has to be answered with 200 before the connection counts as open.
  ///   - ready: fulfilled then; failed here once the handler has a channel.
  init(loop: any EventLoop, greeting: ByteBuffer, ready: EventLoopPromise<Void>) {
    self.loop = loop
    self.greeting = greeting
    self.ready = ready
  }

  // MARK: From anywhere

  /// Sends the greeting.
  func greet() {
    loop.execute { [self] in
      guard phase == .greeting, context != nil else {
        return ready.fail(Program.Failure("a connection has ended before its first request"))
      }
      expectAnswer()
      send(greeting)
    }
  }

  /// Runs operations until the job is over.
  func run(_ script: any RequestScript, _ job: Job) async throws -> Load {
    let done = loop.makePromise(of: Load.self)
    loop.execute { [self] in begin(script, job, done) }
    return try await done.futureResult.get()
  }

  func close() {
    loop.execute { [self] in
      phase = .over
      timer?.cancel()
      context?.close(promise: nil)
    }
  }

  // MARK: On the event loop

  func handlerAdded(context: ChannelHandlerContext) { self.context = context }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    do {
      let isWhole = try buffer.withUnsafeReadableBytes { try reader.read($0) }
      if isWhole { take(reader.take()) }
    } catch {
      fail(error)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    fail(Program.Failure("the front-end has closed a connection"))
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { fail(error) }

  private func begin(_ script: any RequestScript, _ job: Job, _ done: EventLoopPromise<Load>) {
    load = Load()
    guard phase == .waiting else {
      load.note(Program.Failure("a connection had ended before the load began"))
      return done.succeed(load)
    }
    self.script = script
    self.job = job
    self.done = done
    reader.keepsEdges = script.needsEdges
    phase = .asking
    beginNext()
  }

  private func beginNext() {
    let now = ContinuousClock.now
    guard let job, now < job.deadline else { return finish() }
    let number = job.tickets.take()
    guard number < job.limit, let request = script?.begin(number) else { return finish() }
    begun = now
    expectAnswer()
    send(request)
  }

  private func send(_ request: ByteBuffer) { context?.writeAndFlush(wrapOutboundOut(request), promise: nil) }

  /// One timer for many answers: it is looked at when it fires whether the one that it waited for has come.
  private func expectAnswer() {
    guard timer == nil else { return }
    let asked = begun
    timer = loop.scheduleTask(in: Self.patience) { [self] in
      timer = nil
      guard phase == .greeting || phase == .asking else { return }
      guard phase == .greeting || begun == asked else { return expectAnswer() }
      fail(Program.Failure("no answer in a minute"))
    }
  }

  private func take(_ answer: AnswerReader.Answer) {
    switch phase {
    case .greeting:
      guard answer.status == 200 else { return fail(Program.Failure(answer.description)) }
      phase = .waiting
      timer?.cancel()
      timer = nil
      ready.succeed(())
    case .asking:
      do {
        switch try script?.next(answer) {
        case .ask(let request): return send(request)
        case .done(let units):
          load.units += units
          load.count += 1
          load.latencies.append((ContinuousClock.now - begun).nanoseconds)
        case nil: return finish()
        }
      } catch {
        load.note(error)
        // What is broken for all would be tried without end.
        if load.failures > 1000 { return finish() }
      }
      beginNext()
    case .waiting, .over: fail(Program.Failure("an answer that nobody asked for"))
    }
  }

  private func finish() {
    phase = .waiting
    timer?.cancel()
    timer = nil
    script = nil
    job = nil
    done?.succeed(load)
    done = nil
  }

  private func fail(_ error: any Error) {
    let before = phase
    phase = .over
    timer?.cancel()
    timer = nil
    switch before {
    case .greeting: ready.fail(error)
    case .asking:
      load.note(error)
      done?.succeed(load)
      done = nil
    case .waiting, .over: break
    }
    context?.close(promise: nil)
  }
}
