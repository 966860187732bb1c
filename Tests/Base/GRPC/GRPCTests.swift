import FoundationEssentials
import GRPC
import NIOCore
import NIOPosix
import SwiftProtobuf
import Testing

@Suite("Calls over a loopback connection", .serialized, .timeLimit(.minutes(3)))
struct GRPCTests {
  @Test("A unary call carries messages and metadata")
  func unary() async throws {
    try await withLoopback { router in
      router.unary("/test.T/Echo") { (request: Text, context) in
        Text(request.value + (context.metadata["x-tail"] ?? ""))
      }
    } _: { connection, _, _ in
      let answer: Text = try await connection.unary(
        "/test.T/Echo", Text("ab"), metadata: ["X-Tail": "cd"], timeout: .seconds(60))
      #expect(answer.value == "abcd")
    }
  }

  @Test("Many calls at once on one connection")
  func concurrent() async throws {
    try await withLoopback { router in
      router.unary("/test.T/Next") { (request: Number, _) in Number(request.value + 1) }
    } _: { connection, _, _ in
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<300 {
          group.addTask {
            let answer: Number = try await connection.unary(
              "/test.T/Next", Number(Int64(index)), timeout: .seconds(60))
            return answer.value == Int64(index) + 1
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test("A handler's status arrives with its text and trailers, whatever characters it has")
  func failure() async throws {
    try await withLoopback { router in
      router.unary("/test.T/Fail") { (request: Text, _) -> Text in
        throw GRPCStatus(.outOfRange, "100 % ü\n" + request.value, details: ["x-why": "because"])
      }
      router.unary("/test.T/Throw") { (_: Text, _) -> Text in throw ChannelError.alreadyClosed }
    } _: { connection, _, _ in
      let failure = await status {
        try await connection.unary("/test.T/Fail", Text("x"), timeout: .seconds(60)) as Text
      }
      #expect(failure.code == .outOfRange)
      #expect(failure.message == "100 % ü\nx")
      #expect(failure.details["x-why"] == "because")
      #expect(failure.delivery == .answered)
      let other = await status {
        try await connection.unary("/test.T/Throw", Text("x"), timeout: .seconds(60)) as Text
      }
      #expect(other.code == .unknown)
      let missing = await status {
        try await connection.unary("/test.T/Missing", Text("x"), timeout: .seconds(60)) as Text
      }
      #expect(missing.code == .unimplemented)
    }
  }

  @Test("Big messages pass through the windows; those over the limit are refused on either side")
  func bigMessages() async throws {
    var small = GRPCServerConfiguration()
    small.maximumRequestSize = 30 << 20
    try await withLoopback(server: small) { router in
      router.unary("/test.T/Echo") { (request: Blob, _) in request }
    } _: { connection, _, _ in
      var blob = Blob()
      blob.value = Data(repeating: 31, count: 20 << 20)
      let answer: Blob = try await connection.unary("/test.T/Echo", blob, timeout: .seconds(60))
      #expect(answer == blob)
      blob.value.append(blob.value)
      let refused = await status {
        try await connection.unary("/test.T/Echo", blob, timeout: .seconds(60)) as Blob
      }
      #expect(refused.code == .resourceExhausted)
      #expect(refused.delivery == .answered)
      blob.value.append(blob.value)
      let kept = await status {
        try await connection.unary("/test.T/Echo", blob, timeout: .seconds(60)) as Blob
      }
      #expect(kept.code == .resourceExhausted)
      #expect(kept.delivery == .notExecuted)
      let after: Blob = try await connection.unary("/test.T/Echo", Blob(), timeout: .seconds(60))
      #expect(after == Blob())
    }
  }

  @Test("A deadline ends the call on both sides")
  func deadline() async throws {
    let started = Counter()
    let cancelled = Signal()
    try await withLoopback { router in
      router.unary("/test.T/Hang") { (_: Text, context) -> Text in
        started.increment()
        defer { cancelled.set() }
        #expect(context.deadline != nil)
        try await Task.sleep(for: .seconds(3600))
        return Text("late")
      }
    } _: { connection, _, _ in
      // On a slow machine the first deadlines may pass before the server has seen the call.
      var milliseconds: Int64 = 50
      while started.value == 0 {
        let timeout = TimeAmount.milliseconds(milliseconds)
        let failure = await status { try await connection.unary("/test.T/Hang", Text(""), timeout: timeout) as Text }
        #expect(failure.code == .deadlineExceeded)
        milliseconds *= 2
      }
      await cancelled.wait()
    }
  }

  @Test("Cancelling the caller's task cancels the handler's")
  func cancellation() async throws {
    let started = Signal()
    let cancelled = Signal()
    try await withLoopback { router in
      router.unary("/test.T/Hang") { (_: Text, _) -> Text in
        started.set()
        defer { cancelled.set() }
        try await Task.sleep(for: .seconds(3600))
        return Text("late")
      }
    } _: { connection, _, _ in
      let task = Task {
        await status { try await connection.unary("/test.T/Hang", Text(""), timeout: nil) as Text }
      }
      await started.wait()
      task.cancel()
      #expect(await task.value.code == .cancelled)
      await cancelled.wait()
    }
  }

  @Test("A server stream delivers everything in order to a slow reader, then its status")
  func serverStream() async throws {
    try await withLoopback { router in
      router.serverStream("/test.T/Count") { (request: Number, writer: GRPCResponseWriter<Blob>, _) in
        for index in 0..<request.value {
          var blob = Blob()
          blob.value = Data(repeating: UInt8(truncatingIfNeeded: index), count: 10_000)
          try await writer.write(blob)
        }
        throw GRPCStatus(.dataLoss, "enough")
      }
    } _: { connection, _, _ in
      let stream: GRPCClientStream<Number, Blob> = try await connection.stream("/test.T/Count")
      try await stream.send(Number(1_000))
      stream.finishSending()
      var count = 0
      let failure = await status {
        for try await blob in stream {
          #expect(blob.value.first == UInt8(truncatingIfNeeded: count))
          count += 1
          if count % 100 == 0 { await Task.yield() }
        }
      }
      #expect(count == 1_000)
      #expect(failure.code == .dataLoss)
    }
  }

  @Test("A reader that stops holds its writer back instead of filling memory")
  func backPressure() async throws {
    let wrote = Counter()
    try await withLoopback { router in
      router.serverStream("/test.T/Flood") { (_: Number, writer: GRPCResponseWriter<Blob>, _) in
        var blob = Blob()
        blob.value = Data(repeating: 7, count: 100_000)
        while true {
          try await writer.write(blob)
          wrote.increment()
        }
      }
    } _: { connection, _, _ in
      let stream: GRPCClientStream<Number, Blob> = try await connection.stream("/test.T/Flood")
      try await stream.send(Number(1))
      var iterator = stream.makeAsyncIterator()
      #expect(try await iterator.next() != nil)
      // The writer goes on until the buffers between the two are full, and no further.
      var before = -1
      while wrote.value != before {
        before = wrote.value
        try await Task.sleep(for: .milliseconds(200))
      }
      #expect(before < 500)
      for _ in 0..<(before + 100) { #expect(try await iterator.next() != nil) }
      stream.cancel()
    }
  }

  @Test("A bidirectional stream answers while requests go on, and ends when the client has finished")
  func bidirectional() async throws {
    try await withLoopback { router in
      router.bidirectional("/test.T/Chat") { (requests: GRPCRequestStream<Text>, writer: GRPCResponseWriter<Text>, _) in
        for try await request in requests { try await writer.write(Text("<" + request.value + ">")) }
      }
    } _: { connection, _, _ in
      let stream: GRPCClientStream<Text, Text> = try await connection.stream("/test.T/Chat")
      var iterator = stream.makeAsyncIterator()
      for index in 0..<50 {
        try await stream.send(Text("\(index)"))
        #expect(try await iterator.next()?.value == "<\(index)>")
      }
      stream.finishSending()
      #expect(try await iterator.next() == nil)
    }
  }

  @Test("A stream that its reader drops is cancelled on the server")
  func droppedStream() async throws {
    let cancelled = Signal()
    try await withLoopback { router in
      router.bidirectional("/test.T/Chat") { (requests: GRPCRequestStream<Text>, _: GRPCResponseWriter<Text>, _) in
        defer { cancelled.set() }
        for try await _ in requests {}
      }
    } _: { connection, _, _ in
      do {
        let stream: GRPCClientStream<Text, Text> = try await connection.stream("/test.T/Chat")
        try await stream.send(Text("hello"))
      }
      await cancelled.wait()
    }
  }
}
