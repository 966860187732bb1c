import APIServer
import JSONDocument
import NIOHTTP1
import StorageStandIn
import Testing

/// What clients accept is read once for each text that they send.
@Suite struct MediaTypeTests {
  private static let tables =
    "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json"

  static let headers: [[String]] = [
    [], [""], ["*/*"], ["application/json"], ["application/json, */*"], ["*/*, application/json"], [tables],
    ["application/vnd.kubernetes.protobuf,application/json"], ["application/yaml;q=0.5, application/json;q=0.4"],
    ["application/json;q=0"], ["text/html"], ["none"], ["application/*, application/yaml"],
    ["application/json;stream=watch"], ["application/json", "application/yaml"], [" Application/JSON ;q=\"0.3\""],
    [String(repeating: "a/b,", count: 200) + "application/json"],
  ]

  @Test(arguments: headers)
  func knownTextsAreReadAlike(_ headers: [String]) {
    let parsed = MediaType.parsedList(headers)
    for _ in 0..<3 { #expect(MediaType.list(headers) == parsed) }
  }

  @Test func moreTextsThanAreKept() {
    for round in 0..<2 {
      for index in 0..<200 {
        let text = "application/json;q=0.\(index + 1), text/x\(index)"
        #expect(MediaType.list([text]) == MediaType.parsedList([text]), "\(round)")
      }
    }
  }

  /// The same request with each text in turn, several times: what one client wants is not what the next one gets.
  @Test func answersAreInTheFormOfEachRequest() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "/api/v1/namespaces/default"
      let wanted = [
        ("application/json", "application/json"), ("*/*", "application/json"),
        ("application/yaml", "application/yaml"),
        ("application/vnd.kubernetes.protobuf", "application/vnd.kubernetes.protobuf"),
        (Self.tables, "application/json"),
      ]
      for round in 0..<3 {
        for (accept, type) in wanted {
          let answer = try await client.send(.GET, path, text: nil, headers: ["accept": accept])
          #expect(answer.code == 200 && answer.headers["content-type"] == [type], "\(round) \(accept)")
          #expect(answer.headers["cache-control"] == ["no-cache, private"], "\(round) \(accept)")
          if accept == Self.tables { #expect(answer["kind"] == "Table") }
          if accept == "*/*" { #expect(answer["kind"] == "Namespace") }
        }
        let refused = try await client.send(.GET, path, text: nil, headers: ["accept": "text/html"])
        #expect(refused.code == 406, "\(round)")
      }
    }
  }
}
