import GRPC
import NIOCore
import SwiftProtobuf
import Testing

@Suite("Deadlines of calls that share a connection", .serialized, .timeLimit(.minutes(3)))
struct DeadlineTests {
  @Test("Each call ends at its own deadline, whatever the others' are and become of")
  func several() async throws {
    let hasBegun = Signal()
    try await withLoopback { router in
      router.unary("/test.T/Answer") { (request: Number, _) -> Number in request }
      router.unary("/test.T/Hang") { (request: Number, _) -> Number in
        if request.value == 0 { hasBegun.set() }
        try await Task.sleep(for: .seconds(3_600))
        return request
      }
    } _: { connection, _, _ in
      let long = Task {
        await status {
          try await connection.unary("/test.T/Hang", Number(0), timeout: .hours(1)) as Number
        }
      }
      await hasBegun.wait()
      for milliseconds in [Int64(60), 20, 100] {
        // One that is answered leaves its timer to whoever is next.
        _ = await status {
          try await connection.unary(
            "/test.T/Answer", Number(1), timeout: .milliseconds(milliseconds / 2)) as Number
        }
        let short = await status {
          try await connection.unary("/test.T/Hang", Number(1), timeout: .milliseconds(milliseconds)) as Number
        }
        #expect(short.code == .deadlineExceeded)
      }
      long.cancel()
      #expect(await long.value.code == .cancelled)
    }
  }
}
