import GRPC
import NIOCore
import Testing

@Suite("What a server is told of a call's timeout")
struct TimeoutTests {
  @Test(
    "Calls of one kind tell one value, whatever has passed since they began",
    arguments: [
      (.seconds(3), "3000000u"), (.seconds(10), "10000000u"), (.milliseconds(250), "250000u"),
    ] as [(TimeAmount, String)])
  func same(timeout: TimeAmount, text: String) {
    for passed in [TimeAmount.zero, .nanoseconds(1), .microseconds(17), .microseconds(900)] {
      #expect(GRPCTimeout.encode(GRPCTimeout.rounded(timeout - passed)) == text)
    }
  }

  @Test("It is never less than the timeout, and little more")
  func bounds() throws {
    for nanoseconds in [Int64.min, 0, 1, 999, 9_999_999, 10_000_001, 999_999_999, 1_000_000_001, 86_400_000_000_001] {
      let timeout = TimeAmount.nanoseconds(nanoseconds)
      let told = try #require(GRPCTimeout.decode(GRPCTimeout.encode(GRPCTimeout.rounded(timeout))))
      let least = max(timeout, .nanoseconds(1))
      #expect(told >= least)
      #expect(told - least <= .nanoseconds(least.nanoseconds / 9))
    }
  }

  @Test("Timeouts at the end of what a clock holds are told, too")
  func longest() {
    #expect(GRPCTimeout.rounded(.nanoseconds(.max)) == .nanoseconds(.max))
    #expect(GRPCTimeout.decode(GRPCTimeout.encode(GRPCTimeout.rounded(.nanoseconds(.max)))) != nil)
  }
}
