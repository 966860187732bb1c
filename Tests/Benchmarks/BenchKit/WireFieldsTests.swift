import BenchKit
import Testing

struct WireFieldsTests {
  private func fields(_ bytes: [UInt8]) -> [String] {
    bytes.withUnsafeBytes { message in
      WireFields(message).map { field, value in
        switch value {
        case .number(let number): "\(field)=\(number)"
        case .bytes(let bytes): "\(field):\(Array(bytes))"
        }
      }
    }
  }

  @Test("Every wire type, in the order of the message")
  func all() {
    #expect(
      fields([0x08, 0x96, 0x01, 0x12, 0x02, 7, 8, 0x5a, 0x00, 0x1d, 1, 2, 3, 4, 0x21, 1, 2, 3, 4, 5, 6, 7, 8])
        == ["1=150", "2:[7, 8]", "11:[]", "3:[1, 2, 3, 4]", "4:[1, 2, 3, 4, 5, 6, 7, 8]"])
  }

  @Test("What is cut short, or no message, ends the fields")
  func damaged() {
    #expect(fields([0x08, 0x01, 0x12, 0x05, 1]) == ["1=1"])
    #expect(fields([0x08, 0x80]) == [])
    #expect(fields([0x0b, 0x01]) == [])
    #expect(fields([0x12, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]) == [])
    #expect(fields([UInt8](repeating: 0xff, count: 20)) == [])
  }

  @Test("Of a number that is there twice the last counts")
  func number() {
    let bytes: [UInt8] = [0x18, 5, 0x10, 1, 0x18, 9]
    #expect(bytes.withUnsafeBytes { WireFields.number(3, in: $0) } == 9)
    #expect(bytes.withUnsafeBytes { WireFields.number(4, in: $0) } == nil)
  }
}
