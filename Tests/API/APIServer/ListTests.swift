import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// Which state a list shows, and in which pages, over HTTP.
@Suite struct ListTests {
  static let configMaps = WireFormTests.configMaps

  private static func names(_ answer: Answer) -> [String] {
    answer["items"]?.arrayValue?.compactMap { $0[path: "metadata", "name"]?.stringValue } ?? []
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let invalid = #"ListOptions.meta.k8s.io "" is invalid: resourceVersionMatch: "#
      for (query, code, message) in [
        (
          "resourceVersionMatch=NotOlderThan", 422,
          "\(invalid)Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"
        ),
        (
          "resourceVersionMatch=Exact&resourceVersion=0", 422,
          #"\#(invalid)Forbidden: resourceVersionMatch "exact" is forbidden for resourceVersion "0""#
        ),
        (
          "resourceVersionMatch=Newest&resourceVersion=1", 422,
          #"\#(invalid)Unsupported value: "Newest": supported values: "Exact", "NotOlderThan", """#
        ),
        (
          "resourceVersionMatch=Exact&resourceVersion=1&continue=x", 422,
          "\(invalid)Forbidden: resourceVersionMatch is forbidden when continue is provided"
        ),
        (
          "sendInitialEvents=true", 422,
          #"ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list"#
        ),
        (
          "continue=x&resourceVersion=1", 400, "specifying resource version is not allowed when using continue"
        ),
        ("continue=x", 400, "invalid continue token: continue key is not valid"),
        (
          "fieldSelector=spec.color%3Dred", 400,
          #""spec.color" is not a known field selector: only "metadata.name", "metadata.namespace""#
        ),
      ] {
        let answer = try await client.get("\(Self.configMaps)?\(query)")
        #expect(answer.code == code && answer["message"] == .string(message), "\(query): \(answer.text)")
      }
      let pods = try await client.get("/api/v1/pods?fieldSelector=spec.color%3Dred")
      #expect(pods.code == 400 && pods["message"] == "field label not supported: spec.color")
    }
  }

  @Test(arguments: TestStore.all) func versionsSelectTheStateAsDocumented(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      var versions: [String] = []
      for name in ["a", "b", "c"] {
        let made = try await client.post(Self.configMaps, WireFormTests.configMap(name))
        versions.append(made["metadata", "resourceVersion"]?.stringValue ?? "")
      }
      func list(_ query: String) async throws -> [String] {
        let answer = try await client.get("\(Self.configMaps)?\(query)")
        #expect(answer.code == 200, "\(query): \(answer.text)")
        return Self.names(answer)
      }
      #expect(try await list("") == ["a", "b", "c"])
      #expect(try await list("resourceVersion=0") == ["a", "b", "c"])
      #expect(try await list("resourceVersion=\(versions[1])") == ["a", "b", "c"])
      #expect(
        try await list("resourceVersion=\(versions[1])&resourceVersionMatch=NotOlderThan") == ["a", "b", "c"])
      #expect(try await list("resourceVersion=\(versions[1])&resourceVersionMatch=Exact") == ["a", "b"])
      #expect(try await list("resourceVersion=\(versions[0])&resourceVersionMatch=Exact&limit=5") == ["a"])
      // With a limit and without a word on it, a version means exactly that one.
      #expect(try await list("resourceVersion=\(versions[1])&limit=5") == ["a", "b"])
      #expect(
        try await list("resourceVersion=\(versions[1])&limit=5&resourceVersionMatch=NotOlderThan") == ["a", "b", "c"])
      let page = try await client.get("\(Self.configMaps)?resourceVersion=\(versions[1])&limit=1")
      #expect(page["metadata", "resourceVersion"] == .string(versions[1]))
      #expect(page["metadata", "remainingItemCount"] == 1)
      let token = page["metadata", "continue"]?.stringValue ?? ""
      #expect(try await list("limit=5&continue=\(token)") == ["b"])
      #expect(try await list("limit=5&continue=\(token)&resourceVersion=0") == ["b"])
      let future = try await client.get("\(Self.configMaps)?resourceVersion=1000000&resourceVersionMatch=Exact")
      #expect(future.code == 504 && future["reason"] == "Timeout", "\(future.text)")
      #expect(future["details", "causes"]?.arrayValue?.first?["reason"] == "ResourceVersionTooLarge")
    }
  }

  @Test(arguments: TestStore.all) func listsWhoseStateIsGoneMayGoOnAtTheNewest(kind: TestStore) async throws {
    try await withStore(kind) { store in
      try await withFrontEnd(storage: store.storages[0]) { _, client in
        for name in ["a", "b", "c", "d"] { _ = try await client.post(Self.configMaps, WireFormTests.configMap(name)) }
        let first = try await client.get("\(Self.configMaps)?limit=2")
        let token = first["metadata", "continue"]?.stringValue ?? ""
        let version = first["metadata", "resourceVersion"]?.stringValue ?? ""
        _ = try await client.send(.DELETE, "\(Self.configMaps)/c")
        _ = try await client.post(Self.configMaps, WireFormTests.configMap("e"))
        // A read of the newest state: from here on the front-end itself no longer shows the first page's.
        #expect(try await Self.names(client.get(Self.configMaps)) == ["a", "b", "d", "e"])
        try await store.forget(try #require(Int64(version)))
        let expired = try await client.get("\(Self.configMaps)?limit=2&continue=\(token)")
        #expect(expired.code == 410 && expired["reason"] == "Expired", "\(expired.text)")
        #expect(
          expired["message"]?.stringValue?.hasPrefix(
            "The provided continue parameter is too old to display a consistent list result.") == true)
        let next = try #require(expired["metadata", "continue"]?.stringValue)
        let rest = try await client.get("\(Self.configMaps)?limit=2&continue=\(next)")
        #expect(Self.names(rest) == ["d", "e"], "\(rest.text)")
        #expect(rest["metadata", "resourceVersion"]?.stringValue != version)
        let exact = try await client.get("\(Self.configMaps)?resourceVersion=\(version)&resourceVersionMatch=Exact")
        #expect(exact.code == 410 && exact["metadata", "continue"] == nil)
        #expect(exact["message"] == "The resourceVersion for the provided list is too old.")
      }
    }
  }

  /// The answer is made as it is read: whoever reads slowly gets all of it, and in its own version.
  @Test(arguments: TestStore.all) func slowReadersGetWholeLists(store: TestStore) async throws {
    try await withFrontEnd(over: store, http1: true) { _, client in
      let text = JSONValue.string(String(repeating: "x", count: 100_000))
      for index in 0..<30 {
        _ = try await client.post(Self.configMaps, WireFormTests.configMap("m-\(100 + index)", ["text": text]))
      }
      let response = try await client.start(.GET, Self.configMaps)
      #expect(response.headers.first(name: "content-length") == nil)
      var whole = ByteBuffer()
      var chunks = response.body.makeAsyncIterator()
      while var chunk = try await chunks.next() {
        await Task.yield()
        whole.writeBuffer(&chunk)
      }
      let list = try JSONValue(jsonBytes: Array(whole.readableBytesView))
      #expect(list["items"]?.arrayValue?.count == 30)
    }
  }
}
