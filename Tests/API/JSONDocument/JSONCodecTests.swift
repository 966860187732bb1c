import JSONDocument
import SeededNumbers
import Testing

@Suite struct JSONCodecTests {
  /// A hand-written codec of the form that GenerateAPI writes.
  private struct Sample: JSONCodable {
    var name = ""
    var count: Int32 = 0
    var data: [UInt8] = []
    var tags: [String] = []
    var parts: [String: Sample] = [:]

    init() {}

    private static let fields = FieldTable(["name", "count", "data", "tags", "parts"])

    init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: name = try reader.readString()
        case 1: count = try reader.readInt32()
        case 2: data = try reader.readBytes()
        case 3: tags = try reader.readArray()
        case 4: parts = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("count")
      writer.write(count)
      writer.key("data")
      writer.write(data)
      writer.key("tags")
      writer.write(array: tags)
      writer.key("parts")
      writer.write(map: parts)
      writer.endObject()
    }
  }

  private func read(_ text: String) throws(JSONError) -> Sample { try Sample(jsonBytes: Array(text.utf8)) }

  @Test func skipsUnknownMembersAndNull() throws {
    let sample = try read(
      #"{"x":{"y":[1,{"z":null}],"w":"\u0041"},"name":"n","count":null,"nam\u0065s":1,"tags":["a",null],"parts":{"p":{"n\u0061me":"q"},"r":null}}"#
    )
    #expect(sample.name == "n")
    #expect(sample.count == 0)
    #expect(sample.tags == ["a", ""])
    #expect(sample.parts["p"]?.name == "q")
    #expect(sample.parts["r"] == Sample())
    #expect(try Sample(json: sample.json) == sample)
  }

  @Test(arguments: [
    (#"{"count":1.0}"#, "count"), (#"{"count":"1"}"#, "count"), (#"{"count":3000000000}"#, "count"),
    (#"{"parts":{"p":{"tags":["a",1]}}}"#, "parts.p.tags[1]"), (#"{"tags":{}}"#, "tags"), (#"{"parts":[]}"#, "parts"),
    (#"{"name":true}"#, "name"), ("[]", ""),
  ])
  func aWrongTypeNamesItsField(text: String, path: String) {
    let error = #expect(throws: JSONError.self) { try read(text) }
    #expect(error?.code == .type)
    #expect(error?.path == path)
  }

  @Test(arguments: ["{\"data\":\"a\"}", "{\"data\":\"YQ=\"}", "{\"data\":\"YQ===\"}", "{\"data\":\"Y!==\"}"])
  func refusesBadBase64(text: String) {
    let error = #expect(throws: JSONError.self) { try read(text) }
    #expect(error?.code == .value)
    #expect(error?.path == "data")
  }

  @Test func refusesTextBehindTheValue() {
    #expect(throws: JSONError.self) { try read("{} {}") }
    #expect(throws: JSONError.self) { try read("{\"name\":\"a\",}") }
  }

  /// By way of the witness tables, whatever there is besides for a certain `T`.
  private func written<T: JSONCodable>(_ map: [String: T]) -> [UInt8] {
    var writer = JSONWriter()
    writer.write(map: map)
    return writer.bytes
  }

  private func map<T: JSONCodable>(_ type: T.Type, from bytes: [UInt8]) throws(JSONError) -> [String: T] {
    var reader = JSONReader(bytes)
    let map = try reader.readMap(of: type)
    try reader.finish()
    return map
  }

  @Test func mapsOfStringsAreReadAndWrittenAsAllMaps() throws {
    var random = SeededGenerator(seed: 11)
    let letters = ["a", "B", "z", "\"", "\\", "\n", "\u{1}", "é", "e\u{301}", "字", "😀", "/", ".", "-"]
    func text() -> String {
      (0..<Int.random(in: 0...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
    }
    for count in 0..<60 {
      var strings: [String: String] = [:]
      for _ in 0..<count { strings[text()] = text() }
      var writer = JSONWriter()
      writer.write(map: strings)
      #expect(writer.bytes == written(strings))
      var reader = JSONReader(writer.bytes)
      let read: [String: String] = try reader.readMap()
      #expect(read == strings)
      #expect(try read == map(String.self, from: writer.bytes))
    }
    for text in [#"{"a":null,"b":"x","a":"y"}"#, #"{"a":"x","a":null}"#, #"{"a":1}"#, "[]", #"{"a":"b",}"#, #"{"a""#] {
      var reader = JSONReader(Array(text.utf8))
      let plain: Result<[String: String], JSONError>
      let generic: Result<[String: String], JSONError>
      do { plain = .success(try reader.readMap()) } catch { plain = .failure(error) }
      do { generic = .success(try map(String.self, from: Array(text.utf8))) } catch { generic = .failure(error) }
      #expect(plain == generic)
    }
  }

  @Test func rawValuesKeepTheirText() throws {
    for text in [#"{"f:a": {".":{}},"k\u0041":[1.50,null]}"#, "1.50", "null", #""ü\n""#] {
      let raw = try RawJSON(jsonBytes: Array(" \(text) ".utf8))
      #expect(String(decoding: raw.jsonBytes, as: UTF8.self) == text)
      let document = try JSONValue(jsonBytes: Array(text.utf8))
      #expect(raw.json == document)
      #expect(RawJSON(document).json == document)
    }
    // What cannot be read is refused all the same.
    for text in ["{", "[1,]", #"["\ud800"]"#, "{}}"] {
      #expect(throws: JSONError.self) { try RawJSON(jsonBytes: Array(text.utf8)) }
    }
    var repairing = JSONReader(Array(#"[{"a": "\ud800"}]"#.utf8), repairsText: true)
    try repairing.beginArray()
    let isElement = try repairing.nextElement()
    let repaired = try RawJSON(from: &repairing)
    #expect(isElement && repaired.json == ["a": "\u{FFFD}"])
  }

  @Test func base64RoundTrips() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ count) }
      let text: String = Base64.encode(bytes)
      #expect(text.utf8.count == (count + 2) / 3 * 4)
      #expect(Base64.decode(text.utf8) == bytes)
    }
    #expect(Base64.encode(Array("foobar".utf8)) == "Zm9vYmFy")
    #expect(Base64.encode(Array("fooba".utf8)) == "Zm9vYmE=")
  }

  @Test func theFieldTableFindsEveryName() throws {
    let names = (0..<300).map { "field\($0)" }
    let table = FieldTable(names)
    for (position, name) in names.enumerated() {
      var reader = JSONReader(Array("{\"\(name)\":1}".utf8))
      try reader.beginObject()
      #expect(try reader.nextField(table) == position)
    }
    var reader = JSONReader(Array("{\"field\":1}".utf8))
    try reader.beginObject()
    #expect(try reader.nextField(table) == -1)
  }

  /// Names of every length up to three words, of which many have the same beginning, end and length.
  @Test func theFieldTableTellsNamesApartThatAreAlike() throws {
    var numbers = SeededGenerator(seed: 17)
    var names: Set<String> = [""]
    while names.count < 2000 {
      var name = String(repeating: "a", count: Int.random(in: 0...24, using: &numbers))
      for _ in 0..<Int.random(in: 0...2, using: &numbers) {
        guard let place = name.indices.randomElement(using: &numbers) else { break }
        name.replaceSubrange(place...place, with: ["b", "c", "d"].randomElement(using: &numbers) ?? "b")
      }
      names.insert(name)
    }
    let sorted = names.sorted()
    let known = sorted.indices.filter { $0 % 2 == 0 }.map { sorted[$0] }
    let table = FieldTable(known)
    for (position, name) in sorted.enumerated() {
      #expect(try field(name, in: table) == (position % 2 == 0 ? position / 2 : -1), "\(name)")
    }
  }

  private func field(_ name: String, in table: FieldTable) throws -> Int? {
    var reader = JSONReader(Array("{\"\(name)\":1}".utf8))
    try reader.beginObject()
    return try reader.nextField(table)
  }
}
