import JSONDocument
import SeededNumbers
import Testing

@Suite struct JSONDocumentTests {
  private func parse(_ text: String) throws(JSONError) -> JSONValue { try JSONValue(jsonBytes: Array(text.utf8)) }

  private func failure(_ text: String) -> JSONError? {
    do {
      _ = try parse(text)
      return nil
    } catch {
      return error
    }
  }

  @Test func readsEveryKindOfValue() throws {
    let value = try parse(#" {"a": [1, -2, 2.5, 1e2, true, false, null], "b": {"c": "d"}} "#)
    #expect(value == ["a": [1, -2, 2.5, 100.0, true, false, nil], "b": ["c": "d"]])
    #expect(value.jsonBytes == Array(#"{"a":[1,-2,2.5,100.0,true,false,null],"b":{"c":"d"}}"#.utf8))
  }

  @Test func keepsTheOrderOfMembersAndIgnoresItInComparisons() throws {
    let value = try parse(#"{"z":1,"a":2,"m":3}"#)
    #expect(value.objectValue?.keys == ["z", "a", "m"])
    #expect(try value == parse(#"{"a":2,"m":3,"z":1}"#))
  }

  @Test func integersThatDoNotFitBecomeDoubles() throws {
    #expect(try parse("9223372036854775807") == .int(.max))
    #expect(try parse("-9223372036854775808") == .int(.min))
    #expect(try parse("9223372036854775808") == .double(9_223_372_036_854_775_808))
    #expect(try parse("-0") == .int(0))
    #expect(failure("1e999")?.code == .number)
  }

  @Test func readsEscapesAndSurrogatePairs() throws {
    #expect(try parse(#""\"\\\/\b\f\n\r\t\u0041\u00e9\ud83d\ude00""#) == .string("\"\\/\u{8}\u{c}\n\r\tAé😀"))
    #expect(failure(#""\ud83d""#)?.code == .syntax)
    #expect(failure(#""\udc00""#)?.code == .syntax)
    #expect(failure(#""\ud83dA""#)?.code == .syntax)
  }

  @Test(arguments: [
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{a:1}", "[,1]", "{,}", "01",
    "-", "1.", ".5", "1e", "1e+", "+1", "tru", "nul", "truefalse", "\"a", "\"\\x\"", "\"\\u12\"", "\"\n\"", "1 2",
    "[1 2]",
    "{\"a\":1 \"b\":2}", "{\"a\" 1}", "'a'", "NaN", "Infinity", "[1}", "{\"a\":1]", "\u{feff}1", "// c\n1",
  ])
  func refusesWhatIsNoJSON(text: String) {
    #expect(failure(text)?.code == .syntax)
  }

  @Test func refusesInvalidUTF8() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]] {
      #expect(throws: JSONError.self) { try JSONValue(jsonBytes: bytes) }
    }
    #expect(throws: JSONError.self) { try JSONValue(jsonBytes: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]) }
  }

  @Test func boundsNesting() throws {
    let limit = JSONReader.depthLimit
    _ = try parse(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
    #expect(failure(String(repeating: "[", count: limit + 1))?.code == .depth)
    #expect(failure(String(repeating: "{\"a\":", count: 100_000))?.code == .depth)
  }

  @Test func saysWhereAnErrorIs() {
    let error = failure("{\n  \"spec\": {\"list\": [1, {\"name\": tru}]}\n}")
    #expect(error?.line == 2)
    #expect(error?.column == 33)
    #expect(error?.path == "spec.list[1].name")
  }

  @Test func recordsDuplicates() throws {
    let text = #"{"a":1,"b":{"c":1,"c":2,"c":3},"a":[{"d":1},{"d":1,"d":2}]}"#
    let (value, duplicates) = try JSONValue.readingDuplicates(Array(text.utf8))
    #expect(duplicates == ["b.c", "a", "a[1].d"])
    #expect(value == ["a": [["d": 1], ["d": 2]], "b": ["c": 3]])
  }

  @Test func theNumberOfRecordedDuplicatesIsBounded() throws {
    let text = "{" + (0..<100).map { "\"k\($0)\":1,\"k\($0)\":2" }.joined(separator: ",") + "}"
    let (_, duplicates) = try JSONValue.readingDuplicates(Array(text.utf8))
    #expect(duplicates.count == JSONReader.duplicatesLimit)
  }

  @Test(arguments: 0..<200) func documentsSurviveARoundTrip(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let document = randomDocument(depth: 5, using: &generator)
    let bytes = document.jsonBytes
    #expect(try JSONValue(jsonBytes: bytes) == document)
    #expect(try JSONValue(jsonBytes: bytes).jsonBytes == bytes)
  }

  @Test(arguments: 0..<200) func damagedTextsNeverCrash(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes = randomDocument(depth: 4, using: &generator).jsonBytes
    damage(&bytes, times: 3, using: &generator)
    // Whatever it reads, it must write back and read again as the same.
    if let value = try? JSONValue(jsonBytes: bytes) {
      #expect((try? JSONValue(jsonBytes: value.jsonBytes)) == value)
    }
  }

  /// What is skipped is refused where it would be refused when read, with the same words, and has the same end.
  @Test(arguments: 0..<2_000) func skippingIsAsStrictAsReading(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var bytes =
      seed % 2 == 0 ? usualText(depth: 4, using: &generator) : randomDocument(depth: 4, using: &generator).jsonBytes
    damage(&bytes, times: Int.random(in: 0..<3, using: &generator), using: &generator)
    bytes += [UInt8(ascii: " "), UInt8(ascii: "7")]
    #expect(
      rest(of: bytes) { reader throws(JSONError) in try reader.skipValue() }
        == rest(of: bytes) { reader throws(JSONError) in _ = try reader.readValue() },
      "\(String(decoding: bytes, as: UTF8.self))")
  }

  @Test(arguments: [
    "[]", "{}", "[[],{}]", " [ 1 , 2 ] ", "[1,]", "[,1]", "{,}", "{\"a\":1,}", "{\"a\" : [ ] , \"b\" : { } }", "[1}",
    "{\"a\":1]", "{1:2}",
    "{\"a\"}", "{\"a\":}", "-", "-1", "01", "0", "-0", "1.5", "1e3", "1.", "999999999999999999", "9999999999999999999",
    "tru", "true",
    "truex", "nul", "\"a", "\"\\x\"", "\"\\u00e9\"", "\"\\ud800\"", "\"\u{e9}\"", "\"a\tb\"", "[\"a\" \"b\"]", "[1 2]",
    "]", "",
  ])
  func skippingKnowsTheGrammar(text: String) {
    let bytes = Array(text.utf8)
    #expect(
      rest(of: bytes) { reader throws(JSONError) in try reader.skipValue() }
        == rest(of: bytes) { reader throws(JSONError) in _ = try reader.readValue() })
  }

  /// Strings are looked at by several bytes at a time: each byte is seen, wherever in them it stands.
  @Test(arguments: 1...20) func eachByteOfAStringIsSeen(length: Int) throws {
    for offset in 0..<length {
      for byte in 0...UInt8.max where byte != UInt8(ascii: "\"") {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        text[offset] = byte
        let bytes = [UInt8(ascii: "\"")] + text + [UInt8(ascii: "\"")]
        let isPlain = (0x20..<0x80).contains(byte) && byte != UInt8(ascii: "\\")
        var reader = JSONReader(bytes)
        #expect((try? reader.readString()) == (isPlain ? String(decoding: text, as: UTF8.self) : nil), "\(byte)")
        #expect((rest(of: bytes) { reader throws(JSONError) in try reader.skipValue() } == "end") == isPlain, "\(byte)")
      }
      let early = Array(repeating: UInt8(ascii: "x"), count: offset) + [UInt8(ascii: "\"")]
      var reader = JSONReader([UInt8(ascii: "\"")] + early + Array("xxxxxxxxxxxx".utf8))
      #expect(try reader.readString().utf8.count == offset)
    }
  }

  /// Texts are written eight bytes at a time: what has to be escaped may stand anywhere in them, beside other scripts.
  @Test(arguments: 0...17) func whatHasToBeEscapedIsFoundAnywhere(offset: Int) throws {
    for special in ["\"", "\\", "\n", "\u{1}", "é", "日本語の", "\u{7F}", "é\"", "\\😀"] {
      for rest in ["", "b", String(repeating: "c", count: 11)] {
        let text = String(repeating: "a", count: offset) + special + rest + special
        #expect(try JSONValue(jsonBytes: JSONValue.string(text).jsonBytes) == .string(text))
        // Character by character.
        let expected = text.unicodeScalars.map { scalar in
          switch scalar {
          case "\"": "\\\""
          case "\\": "\\\\"
          case "\n": "\\n"
          case "\u{1}": "\\u0001"
          default: String(scalar)
          }
        }
        #expect(String(decoding: JSONValue.string(text).jsonBytes, as: UTF8.self) == "\"\(expected.joined())\"")
      }
    }
  }

  @Test func skippingBoundsNesting() {
    for levels in [63, 64, 65, JSONReader.depthLimit, JSONReader.depthLimit + 1] {
      let bytes = Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
      #expect(
        rest(of: bytes) { reader throws(JSONError) in try reader.skipValue() }
          == (levels <= JSONReader.depthLimit
            ? "end" : rest(of: bytes) { reader throws(JSONError) in _ = try reader.readValue() }))
    }
  }

  /// What follows the first value, or why there is none.
  private func rest(of bytes: [UInt8], _ pass: (inout JSONReader) throws(JSONError) -> Void) -> String {
    var reader = JSONReader(bytes)
    do {
      try pass(&reader)
    } catch {
      return "\(error)"
    }
    do { try reader.finish() } catch { return "then \(error)" }
    return "end"
  }

  private func damage(_ bytes: inout [UInt8], times: Int, using generator: inout SeededGenerator) {
    for _ in 0..<times where !bytes.isEmpty {
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: position)
      default: bytes.removeSubrange(position...)
      }
    }
  }

  /// A document as the API's are: names and text of ASCII, small numbers.
  private func usualText(depth: Int, using generator: inout SeededGenerator) -> [UInt8] {
    func document(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &generator) {
      case 0: return .int(Int64.random(in: -1_000...1_000_000, using: &generator))
      case 1: return .bool(Bool.random(using: &generator))
      case 2: return .null
      case 3: return .string(["", "web-0", "a \"b\"\n", "/etc/passwd"].randomElement(using: &generator)!)
      case 4: return .array((0..<Int.random(in: 0..<5, using: &generator)).map { _ in document(depth - 1) })
      default:
        return .object(
          JSONObject((0..<Int.random(in: 0..<5, using: &generator)).map { ("m\($0)", document(depth - 1)) }))
      }
    }
    return document(depth).jsonBytes
  }

  private func randomDocument(depth: Int, using generator: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &generator) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &generator))
    case 2: return .int(Int64.random(in: .min ... .max, using: &generator))
    case 3: return .double(Double(Int64.random(in: -1000...1000, using: &generator)) / 7)
    case 4, 5: return .string(randomString(using: &generator))
    case 6:
      return .array(
        (0..<Int.random(in: 0..<6, using: &generator)).map { _ in randomDocument(depth: depth - 1, using: &generator) })
    default:
      // Now and then more members than are searched linearly.
      let count = Int.random(in: 0..<8, using: &generator) == 0 ? 40 : Int.random(in: 0..<6, using: &generator)
      return .object(
        JSONObject(
          (0..<count).map { _ in
            (randomString(using: &generator), randomDocument(depth: depth - 1, using: &generator))
          }))
    }
  }

  private func randomString(using generator: inout SeededGenerator) -> String {
    let alphabet: [Character] = ["a", "Z", "0", " ", "\"", "\\", "/", "\n", "\u{1}", "é", "😀", "\u{2028}", "\u{7f}"]
    return String(
      (0..<Int.random(in: 0..<12, using: &generator)).map { _ in alphabet.randomElement(using: &generator)! })
  }
}
