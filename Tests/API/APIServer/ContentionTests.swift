import APIServer
import AsyncHTTPClient
import JSONDocument
import NIOHTTP1
import Registry
import Testing

/// Three front-ends over one store, all written to at once: they share nothing but the store, and what they promise
/// has to hold all the same.
@Suite("Front-ends at once", .serialized) struct ContentionTests {
  static let configMaps = FrontEndTests.configMaps
  static let services = "/api/v1/namespaces/default/services"

  /// A change that a watch showed.
  private struct Change: Hashable {
    var type: String
    var name: String
    var version: String

    init(_ type: String, _ object: JSONValue) {
      self.type = type
      name = object[path: "metadata", "name"]?.stringValue ?? ""
      version = object[path: "metadata", "resourceVersion"]?.stringValue ?? ""
    }
  }

  private static func service(_ name: String, address: String? = nil) -> JSONValue {
    var spec: JSONValue = ["type": "NodePort", "selector": ["app": "web"], "ports": [["port": 80]]]
    if let address { spec["clusterIP"] = .string(address) }
    return ["apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name)], "spec": spec]
  }

  // MARK: What is given once

  /// Ranges so small that front-ends that choose by themselves would clash.
  @Test(arguments: TestStore.real) func addressesAndPortsAreGivenOnce(store: TestStore) async throws {
    var configuration = RegistryConfiguration.patient
    configuration.serviceCIDR = "198.18.16.0/26"
    configuration.nodePorts = 30000...30059
    try await withFrontEnds(3, over: store, configuration: configuration) { clients in
      func make(_ names: [String]) async throws -> [JSONValue] {
        try await withThrowingTaskGroup(of: Answer.self, returning: [JSONValue].self) { group in
          for (index, name) in names.enumerated() {
            let client = clients[index % clients.count]
            group.addTask { try await client.post(Self.services, Self.service(name)) }
          }
          var made: [JSONValue] = []
          for try await answer in group {
            #expect(answer.code == 201, "\(answer.text)")
            made.append(answer.json)
          }
          return made
        }
      }
      func check(_ services: [JSONValue]) {
        let addresses = services.compactMap { $0[path: "spec", "clusterIP"]?.stringValue }
        let ports = services.compactMap { $0[path: "spec", "ports"]?.arrayValue?.first?["nodePort"]?.intValue }
        #expect(addresses.count == services.count && Set(addresses).count == addresses.count, "\(addresses)")
        #expect(ports.count == services.count && Set(ports).count == ports.count, "\(ports)")
        // The first address is the `kubernetes` service's.
        #expect(!addresses.contains("198.18.16.1") && ports.allSatisfy { (30000...30059).contains($0) })
      }
      check(try await make((0..<45).map { "s\($0)" }))
      // Half of them go, through whichever front-end, and others come at the same time.
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for index in 0..<30 {
          let client = clients[(index + 1) % clients.count]
          group.addTask { try await client.send(.DELETE, "\(Self.services)/s\(index)").code == 200 }
        }
        for index in 0..<10 {
          let client = clients[index % clients.count]
          group.addTask { try await client.post(Self.services, Self.service("t\(index)")).code == 201 }
        }
        for try await isDone in group { #expect(isDone) }
      }
      for client in clients {
        let all = try await client.get(Self.services)["items"]?.arrayValue ?? []
        let own = all.filter { $0[path: "metadata", "name"] != "kubernetes" }
        #expect(own.count == 25)
        check(own)
      }
    }
  }

  @Test(arguments: TestStore.real) func oneOfThoseWhoWantTheSameGetsIt(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      for round in 0..<10 {
        func race(_ send: @escaping @Sendable (Int, TestClient) async throws -> Answer) async throws -> [Answer] {
          try await withThrowingTaskGroup(of: Answer.self, returning: [Answer].self) { group in
            for (index, client) in clients.enumerated() { group.addTask { try await send(index, client) } }
            return try await group.reduce(into: []) { $0.append($1) }
          }
        }
        // An address.
        let address = "198.18.16.\(100 + round)"
        let asked = try await race {
          try await $1.post(Self.services, Self.service("s\(round)-\($0)", address: address))
        }
        #expect(asked.map(\.code).sorted() == [201, 422, 422])
        for refused in asked where refused.code == 422 {
          #expect(refused.text.contains("provided IP is already allocated"), "\(refused.text)")
        }
        // A name.
        let named = try await race {
          try await $1.post(Self.configMaps, FrontEndTests.configMap("m\(round)", ["by": .string("\($0)")]))
        }
        #expect(named.map(\.code).sorted() == [201, 409, 409])
        #expect(named.allSatisfy { $0.code == 201 || $0["reason"] == "AlreadyExists" })
        let winner = try #require(named.first { $0.code == 201 })
        for client in clients {
          let read = try await client.get("\(Self.configMaps)/m\(round)")
          #expect(read.json == winner.json)
        }
        // The end of something.
        let removed = try await race { try await $1.send(.DELETE, "\(Self.configMaps)/m\(round)") }
        #expect(removed.map(\.code).sorted() == [200, 404, 404])
      }
    }
  }

  // MARK: Nothing is lost

  @Test(arguments: TestStore.real) func noUpdateIsLost(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      let path = "\(Self.configMaps)/counter"
      let made = try await clients[0].post(Self.configMaps, FrontEndTests.configMap("counter", ["count": "0"]))
      #expect(made.code == 201, "\(made.text)")
      let rounds = 15
      let versions = try await withThrowingTaskGroup(of: [String].self, returning: [String].self) { group in
        for (index, client) in (clients + clients).enumerated() {
          group.addTask {
            var versions: [String] = []
            var tries = 0
            while versions.count < rounds, tries < 5000 {
              tries += 1
              var object = try await client.get(path).json
              let count = object[path: "data", "count"]?.stringValue.flatMap { Int($0) } ?? -1
              object["data"]?["count"] = .string("\(count + 1)")
              object["data"]?["writer-\(index)-\(versions.count)"] = "was here"
              let answer = try await client.put(path, object)
              if answer.code == 200 {
                versions.append(answer["metadata", "resourceVersion"]?.stringValue ?? "")
              } else {
                // Nothing else may come between.
                #expect(answer.code == 409 && answer["reason"] == "Conflict", "\(answer.text)")
              }
            }
            return versions
          }
        }
        var all: [String] = []
        for try await own in group {
          // Each writer's own versions rise.
          let numbers = own.compactMap { Int64($0) }
          #expect(numbers.count == rounds && numbers == numbers.sorted())
          all += own
        }
        return all
      }
      #expect(Set(versions).count == 6 * rounds)
      for client in clients {
        let data = try await client.get(path)["data"]?.objectValue
        #expect(data?["count"] == .string("\(6 * rounds)"))
        #expect(data?.count == 6 * rounds + 1)
      }
    }
  }

  /// Patches without a version are tried anew by the front-end itself.
  @Test(arguments: TestStore.real) func noPatchIsLost(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      let path = "\(Self.configMaps)/patched"
      #expect(try await clients[0].post(Self.configMaps, FrontEndTests.configMap("patched", [:])).code == 201)
      let types = ["application/merge-patch+json", "application/strategic-merge-patch+json"]
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (index, client) in clients.enumerated() {
          group.addTask {
            for round in 0..<15 {
              let answer = try await client.patch(
                path, types[round % 2], #"{"data":{"k\#(index)-\#(round)":"v"}}"#)
              #expect(answer.code == 200, "\(answer.text)")
            }
          }
        }
        try await group.waitForAll()
      }
      for client in clients { #expect(try await client.get(path)["data"]?.objectValue?.count == 45) }
    }
  }

  // MARK: Watches

  /// What is written through two front-ends, watches on all three show: in the store's order, each change once.
  @Test(arguments: TestStore.real) func watchesSeeWhatOthersWrite(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      let start = try await clients[0].get(Self.configMaps)
      let version = start["metadata", "resourceVersion"]?.stringValue ?? ""
      var watches: [WatchLines] = []
      for client in clients {
        watches.append(
          WatchLines(
            try await client.start(
              .GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version)&allowWatchBookmarks=true")))
      }
      let written = try await withThrowingTaskGroup(of: [Change].self, returning: [Change].self) { group in
        for (writer, client) in clients.dropLast().enumerated() {
          group.addTask {
            var own: [Change] = []
            for round in 0..<10 {
              let name = "w\(writer)-\(round)"
              let made = try await client.post(Self.configMaps, FrontEndTests.configMap(name))
              own.append(Change("ADDED", made.json))
              for value in 0..<3 {
                let changed = try await client.patch(
                  "\(Self.configMaps)/\(name)", "application/merge-patch+json", #"{"data":{"key":"\#(value)"}}"#)
                own.append(Change("MODIFIED", changed.json))
              }
              if round % 2 == 0 {
                let gone = try await client.send(.DELETE, "\(Self.configMaps)/\(name)")
                #expect(gone.code == 200, "\(gone.text)")
                var last = Change("DELETED", made.json)
                last.version = ""
                own.append(last)
              }
            }
            return own
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(written.count == 90)
      let end = try await clients[1].post(Self.configMaps, FrontEndTests.configMap("end"))
      #expect(end.code == 201, "\(end.text)")

      var seen: [[Change]] = []
      for index in watches.indices {
        var changes: [Change] = []
        while let event = try await watches[index].next() {
          let type = event["type"]?.stringValue ?? ""
          if type == "BOOKMARK" { continue }
          changes.append(Change(type, event["object"] ?? .null))
          if changes.last?.name == "end" { break }
        }
        seen.append(changes)
      }
      #expect(seen[0] == seen[1] && seen[1] == seen[2])
      let versions = seen[2].compactMap { Int64($0.version) }
      #expect(versions.count == seen[2].count)
      #expect(zip(versions, versions.dropFirst()).allSatisfy { $0 < $1 })
      // A deletion's version is told to nobody but watches.
      let comparable = seen[2].dropLast().map { change in
        var change = change
        if change.type == "DELETED" { change.version = "" }
        return change
      }
      #expect(comparable.count == written.count && Set(comparable) == Set(written))
    }
  }

  /// A watch that was cut off goes on through another front-end where it stood.
  @Test(arguments: TestStore.real) func watchesGoOnElsewhere(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      let start = try await clients[0].get(Self.configMaps)
      var version = start["metadata", "resourceVersion"]?.stringValue ?? ""
      var names: [String] = []
      for round in 0..<12 {
        let writer = clients[round % 3]
        #expect(try await writer.post(Self.configMaps, FrontEndTests.configMap("n\(round)")).code == 201)
        // Every other round nobody looks: what happened meanwhile is made up for.
        if round % 2 == 0 { continue }
        var watch = WatchLines(
          try await clients[(round + 1) % 3].start(.GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version)"))
        for _ in 0..<2 {
          let event = try #require(try await watch.next())
          #expect(event["type"] == "ADDED", "\(event)")
          names.append(event[path: "object", "metadata", "name"]?.stringValue ?? "")
          version = event[path: "object", "metadata", "resourceVersion"]?.stringValue ?? ""
        }
      }
      #expect(names == (0..<12).map { "n\($0)" })
    }
  }

  // MARK: Limits

  @Test(arguments: TestStore.real) func quotasAreNotOverrun(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      let quotas = "/api/v1/namespaces/default/resourcequotas"
      let hard: JSONValue = ["count/configmaps": "20"]
      var quota = try await clients[0].post(quotas, ["metadata": ["name": "q"], "spec": ["hard": hard]]).json
      // As the quota controller leaves it.
      quota["status"] = ["hard": hard, "used": ["count/configmaps": "0"]]
      let status = try await clients[0].put("\(quotas)/q/status", quota)
      #expect(status.code == 200, "\(status.text)")
      // A read of the newest state: from here on each front-end knows of the quota.
      for client in clients {
        #expect(try await client.get("\(quotas)/q")["status", "hard", "count/configmaps"] == "20")
      }
      let answers = try await withThrowingTaskGroup(of: Answer.self, returning: [Answer].self) { group in
        for index in 0..<48 {
          let client = clients[index % clients.count]
          group.addTask { try await client.post(Self.configMaps, FrontEndTests.configMap("m\(index)")) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(answers.count { $0.code == 201 } == 20)
      for refused in answers where refused.code != 201 {
        #expect(refused.code == 403 && refused["reason"] == "Forbidden", "\(refused.text)")
        #expect(refused.text.contains("exceeded quota: q"), "\(refused.text)")
      }
      for client in clients {
        #expect(try await client.get(Self.configMaps)["items"]?.arrayValue?.count == 20)
        #expect(try await client.get("\(quotas)/q")["status", "used", "count/configmaps"] == "20")
      }
    }
  }

  // MARK: Owners of fields

  private static func apply(
    _ client: TestClient, _ name: String, by manager: String, _ data: String
  ) async throws -> Answer {
    try await client.patch(
      "\(configMaps)/\(name)?fieldManager=\(manager)", "application/apply-patch+yaml",
      #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)"},"data":{\#(data)}}"#)
  }

  /// `MANAGER OPERATION: KEYS`, what an object's managers own of its data.
  private static func owners(_ object: Answer) -> [String] {
    let entries = object["metadata", "managedFields"]?.arrayValue ?? []
    return entries.map { entry -> String in
      let keys = entry[path: "fieldsV1", "f:data"]?.objectValue?.keys.filter { $0 != "." }.sorted() ?? []
      let manager = entry["manager"]?.stringValue ?? ""
      let operation = entry["operation"]?.stringValue ?? ""
      return "\(manager) \(operation): \(keys.joined(separator: " "))"
    }.sorted()
  }

  @Test(arguments: TestStore.real) func managersKeepWhatIsTheirs(store: TestStore) async throws {
    try await withFrontEnds(3, over: store) { clients in
      for round in 0..<8 {
        let name = "a\(round)"
        // Both at once on nothing: one creates, the other adds.
        async let left = Self.apply(clients[0], name, by: "one", #""a":"1""#)
        async let right = Self.apply(clients[1], name, by: "two", #""b":"1""#)
        let first = [try await left, try await right]
        #expect(first.map(\.code).sorted() == [200, 201], "\(first.map(\.text))")
        // Both change what is theirs.
        async let leftAgain = Self.apply(clients[1], name, by: "one", #""a":"2","c":"1""#)
        async let rightAgain = Self.apply(clients[2], name, by: "two", #""b":"2","d":"1""#)
        let second = [try await leftAgain, try await rightAgain]
        #expect(second.map(\.code) == [200, 200], "\(second.map(\.text))")
        for client in clients {
          let object = try await client.get("\(Self.configMaps)/\(name)")
          #expect(object["data"]?.objectValue?.keys.sorted() == ["a", "b", "c", "d"])
          #expect(object["data", "a"] == "2" && object["data", "b"] == "2")
          #expect(Self.owners(object) == ["one Apply: f:a f:c", "two Apply: f:b f:d"], "\(object.text)")
        }
        // Both want the same field: one has it, and the other is told whose it is.
        async let mine = Self.apply(clients[0], name, by: "one", #""a":"2","c":"1","e":"one""#)
        async let yours = Self.apply(clients[2], name, by: "two", #""b":"2","d":"1","e":"two""#)
        let third = [try await mine, try await yours]
        #expect(third.map(\.code).sorted() == [200, 409], "\(third.map(\.text))")
        let winner = third[0].code == 200 ? "one" : "two"
        let refused = try #require(third.first { $0.code == 409 })
        #expect(refused.text.contains(#"conflict with \"\#(winner)\": .data.e"#), "\(refused.text)")
        let last = try await clients[1].get("\(Self.configMaps)/\(name)")
        #expect(last["data", "e"] == .string(winner))
        #expect(Self.owners(last).count == 2)
      }
    }
  }
}
