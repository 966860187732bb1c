import FoundationEssentials
import GRPC
import NIOCore
import Synchronization
import Testing

@Suite("Calls that are answered without a task", .serialized, .timeLimit(.minutes(3)))
struct DirectCallTests {
  @Test("Answers come at once, later from another thread, and only the first counts")
  func answers() async throws {
    try await withLoopback { router in
      router.direct("/test.T/Now") { (request: Text, context, reply: GRPCReply<Text>) in
        reply(.success(Text(request.value + (context.metadata["x-tail"] ?? ""))))
        reply(.success(Text("again")))
        reply(.failure(GRPCStatus(.aborted, "again")))
      }
      router.direct("/test.T/Later") { (request: Number, _, reply: GRPCReply<Number>) in
        Task.detached { reply(.success(Number(request.value + 1))) }
      }
    } _: { connection, _, _ in
      let now: Text = try await connection.unary(
        "/test.T/Now", Text("ab"), metadata: ["x-tail": "cd"], timeout: .seconds(60))
      #expect(now.value == "abcd")
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<300 {
          group.addTask {
            let answer: Number = try await connection.unary(
              "/test.T/Later", Number(Int64(index)), timeout: .seconds(60))
            return answer.value == Int64(index) + 1
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }

  @Test("Failures arrive as those of other calls do; what cannot be read never reaches the handler")
  func failures() async throws {
    let handled = Atomic(0)
    var limits = GRPCServerConfiguration()
    limits.maximumRequestSize = 1000
    limits.maximumResponseSize = 1000
    try await withLoopback(server: limits) { router in
      router.direct("/test.T/Fail") { (_: Text, _, reply: GRPCReply<Text>) in
        reply(.failure(GRPCStatus(.outOfRange, "no", details: ["x-why": "because"])))
      }
      router.direct("/test.T/Throw") { (_: Text, _, reply: GRPCReply<Text>) in
        reply(.failure(ChannelError.alreadyClosed))
      }
      router.direct("/test.T/Big") { (_: Text, _, reply: GRPCReply<Text>) in
        handled.add(1, ordering: .relaxed)
        reply(.success(Text(String(repeating: "x", count: 2000))))
      }
    } _: { connection, _, _ in
      func outcome(_ path: String, _ text: String = "") async -> GRPCStatus {
        await status { try await connection.unary(path, Text(text), timeout: .seconds(60)) as Text }
      }
      let failure = await outcome("/test.T/Fail")
      #expect(failure.code == .outOfRange && failure.message == "no" && failure.details["x-why"] == "because")
      #expect(await outcome("/test.T/Throw").code == .unknown)
      #expect(await outcome("/test.T/Big").code == .resourceExhausted)
      #expect(handled.load(ordering: .relaxed) == 1)
      #expect(await outcome("/test.T/Big", String(repeating: "y", count: 2000)).code == .resourceExhausted)
      var garbage = Blob()
      garbage.value = Data([0xff, 0xff])
      // The bytes field of one message is the string field of the other: not UTF-8.
      let unread = await status {
        try await connection.unary("/test.T/Big", garbage, timeout: .seconds(60)) as Text
      }
      #expect(unread.code == .internalError)
      #expect(handled.load(ordering: .relaxed) == 1)
    }
  }

  @Test("A client that does not wait any more disturbs nobody")
  func gone() async throws {
    let replies = Mutex<[GRPCReply<Text>]>([])
    try await withLoopback { router in
      router.direct("/test.T/Hang") { (_: Text, _, reply: GRPCReply<Text>) in replies.withLock { $0.append(reply) } }
      router.direct("/test.T/Echo") { (request: Text, _, reply: GRPCReply<Text>) in reply(.success(request)) }
    } _: { connection, _, _ in
      // On a slow machine the first deadlines may pass before the server has seen the call.
      var milliseconds: Int64 = 50
      while replies.withLock({ $0.isEmpty }) {
        let timeout = TimeAmount.milliseconds(milliseconds)
        let late = await status { try await connection.unary("/test.T/Hang", Text(""), timeout: timeout) as Text }
        #expect(late.code == .deadlineExceeded)
        milliseconds *= 2
      }
      for reply in replies.withLock({ $0 }) { reply(.success(Text("late"))) }
      let answer: Text = try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60))
      #expect(answer.value == "a")
    }
  }
}
