import JSONDocument
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
}
