import MVCC
import Testing

/// Requests that are large in number rather than in bytes. Arbitrary bytes: WireFuzzing.
@Suite struct RequestSizeTests {
  /// More than 100,000 operations fit into a request of the largest size; pair by pair this takes minutes.
  @Test(.timeLimit(.minutes(1))) func aTransactionOfManySmallOperationsIsReadInBoundedTime() throws {
    func key(_ number: Int) -> [UInt8] { [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)] }
    var number = 0
    func level(_ width: Int) -> [MVCC.Operation] {
      (0..<width).map { position in
        number += 1
        if width > 2, position < width - 1 {
          return .transaction(TransactionRequest(success: level(width / 2)))
        }
        return number % 2 == 0
          ? .put(PutRequest(key: [1] + key(number), value: []))
          : .deleteRange(DeleteRangeRequest(KeyRange(key: [2] + key(number), end: [2] + key(number + 1))))
      }
    }
    let command = Command.transaction(TransactionRequest(success: level(40)))
    try command.validate(maximumOperations: 128)
    #expect(number > 50_000)
  }
}
