import JSONDocument
import Registry
import StorageStandIn
import Testing

@Suite("Service addresses and node ports")
struct AllocationTests {
  @Test("two front-ends that allocate at once never clash", arguments: 1...5 as ClosedRange<UInt64>)
  func concurrent(seed: UInt64) async throws {
    let storage = InMemoryStorage()
    // Fewer addresses and ports than would make a clash unlikely: 60 of each.
    let configure: @Sendable (inout RegistryConfiguration) -> Void = {
      $0.serviceCIDR = "10.0.0.0/26"
      $0.nodePorts = 30000...30059
    }
    try await Harness.run(storage: storage, seed: seed, configure: configure) { one in
      // The same seed, so that both choose the same addresses first.
      try await Harness.run(storage: storage, seed: seed, configure: configure) { two in
        var made: [JSONValue] = []
        try await withThrowingTaskGroup(of: JSONValue.self) { group in
          for index in 0..<56 {
            let harness = index % 2 == 0 ? one : two
            group.addTask { try await harness.create("services", Sample.service("s\(index)", type: "NodePort")) }
          }
          for try await service in group { made.append(service) }
        }
        let addresses = Set(made.compactMap { $0[path: "spec", "clusterIP"]?.stringValue })
        let ports = Set(made.compactMap { $0[path: "spec", "ports"]?.arrayValue?.first?["nodePort"]?.intValue })
        #expect(addresses.count == 56)
        #expect(ports.count == 56)
        #expect(!addresses.contains("10.0.0.1"))
        #expect(ports.allSatisfy { (30000...30059).contains($0) })
      }
    }
  }

  @Test("a full range is an error, and a delete makes room")
  func full() async throws {
    try await Harness.run(configure: { $0.serviceCIDR = "10.0.0.0/30" }) { harness in
      // Of four addresses the network's, the last and the first are not to be chosen.
      try await harness.create("services", Sample.service("a"))
      var error = await harness.failure { try await harness.create("services", Sample.service("b")) }
      #expect(error?.code == 500)
      #expect(error?.message.contains("range is full") == true)
      try await harness.delete("services", "a")
      _ = try await harness.list("services")
      try await harness.create("services", Sample.service("b"))
      error = await harness.failure { try await harness.create("services", Sample.service("c")) }
      #expect(error?.code == 500)
    }
  }

  @Test("asked-for addresses and ports are kept, checked and refused when somebody has them")
  func requested() async throws {
    try await Harness.run { harness in
      var service = Sample.service("a", type: "NodePort")
      service["spec"]?["clusterIP"] = "198.18.16.10"
      service["spec"]?["ports"] = [["port": 80, "nodePort": 30080]]
      let made = try await harness.create("services", service)
      #expect(made[path: "spec", "clusterIPs"] == ["198.18.16.10"])
      service["metadata"] = ["name": "b"]
      let error = await harness.failure { try await harness.create("services", service) }
      #expect(error?.code == 422)
      #expect(
        error?.message
          == "Service \"b\" is invalid: [spec.ports[0].nodePort: Invalid value: 30080: provided port is already "
          + "allocated, spec.clusterIPs: Invalid value: [\"198.18.16.10\"]: failed to allocate IP 198.18.16.10: "
          + "provided IP is already allocated]"
          || error?.message.contains("provided IP is already allocated") == true
            && error?.message.contains("provided port is already allocated") == true
      )
      service["spec"]?["clusterIP"] = "10.1.1.1"
      service["spec"]?["ports"] = [["port": 80, "nodePort": 80]]
      let outside = await harness.failure { try await harness.create("services", service) }
      #expect(outside?.details?.causes.map(\.field) == ["spec.clusterIPs", "spec.ports[0].nodePort"])
    }
  }

  @Test("a picked port is none that a later port of the same service asks for", arguments: 1...8 as ClosedRange<UInt64>)
  func pickedAndAsked(seed: UInt64) async throws {
    try await Harness.run(seed: seed, configure: { $0.nodePorts = 30000...30001 }) { harness in
      var service = Sample.service("a", type: "NodePort")
      service["spec"]?["ports"] = [
        ["name": "picked", "port": 80], ["name": "asked", "port": 81, "nodePort": 30001],
        ["name": "twin", "port": 81, "protocol": "UDP"],
      ]
      let made = try await harness.create("services", service)
      let ports = made[path: "spec", "ports"]?.arrayValue?.map { $0["nodePort"]?.intValue }
      #expect(ports == [30000, 30001, 30001])
    }
  }

  @Test("a change of the type gives ports back, and an update keeps what was allocated")
  func changes() async throws {
    try await Harness.run { harness in
      let made = try await harness.create("services", Sample.service("a", type: "NodePort"))
      let address = made[path: "spec", "clusterIP"]
      let port = made[path: "spec", "ports"]?.arrayValue?.first?["nodePort"]
      #expect(port?.intValue != nil)
      // kubectl apply sends what the author wrote: neither address nor node port.
      var again = Sample.service("a", type: "NodePort")
      again["spec"]?["selector"] = ["app": "other"]
      let kept = try await harness.update("services", again)
      #expect(kept[path: "spec", "clusterIP"] == address)
      #expect(kept[path: "spec", "ports"]?.arrayValue?.first?["nodePort"] == port)
      var plain = kept
      plain["spec"]?["type"] = "ClusterIP"
      let changed = try await harness.update("services", plain)
      #expect(changed[path: "spec", "ports"]?.arrayValue?.first?["nodePort"] == nil)
      let left = try await harness.storage.range(.prefix("/registry/ranges/"))
      #expect(left.keyValues.count == 1)
      try await harness.delete("services", "a")
      let none = try await harness.storage.range(.prefix("/registry/ranges/"))
      #expect(none.keyValues.isEmpty)
      var moved = Sample.service("b")
      moved["spec"]?["clusterIP"] = "None"
      let headless = try await harness.create("services", moved)
      #expect(headless[path: "spec", "clusterIP"] == "None")
    }
  }
}
