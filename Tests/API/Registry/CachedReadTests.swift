import JSONDocument
import Registry
import SeededNumbers
import StorageStandIn
import Testing

@Suite("Reads of single objects")
struct CachedReadTests {
  @Test("after random writes, each object is found by name as the list shows it, and what is gone is not")
  func model() async throws {
    try await Harness.run { harness in
      var numbers = SeededGenerator(seed: 7)
      var model: [String: Int] = [:]
      let names = (0..<40).map { "map-\($0)" }
      for step in 0..<300 {
        let name = names[Int.random(in: 0..<names.count, using: &numbers)]
        let document = Sample.configMap(name, data: ["step": .string(String(step))])
        if model[name] == nil {
          try await harness.create("configmaps", document)
          model[name] = step
        } else if Bool.random(using: &numbers) {
          try await harness.update("configmaps", document)
          model[name] = step
        } else {
          try await harness.delete("configmaps", name)
          model[name] = nil
        }
        guard step % 30 == 29 else { continue }
        for name in names {
          guard let step = model[name] else {
            let error = await harness.failure { _ = try await harness.get("configmaps", name) }
            #expect(error?.reason == .notFound, "\(name)")
            continue
          }
          let found = try await harness.get("configmaps", name)
          #expect(found[path: "data", "step"]?.stringValue == String(step), "\(name)")
        }
        let listed = try await harness.list("configmaps").objects.map { try JSONValue(jsonBytes: $0.json) }
        let shown = listed.compactMap { $0[path: "metadata", "name"]?.stringValue }
        #expect(shown.filter { $0.hasPrefix("map-") } == model.keys.sorted())
      }
    }
  }

  @Test("many reads at once all see what was written before them")
  func together() async throws {
    try await Harness.run { harness in
      for round in 0..<10 {
        let name = "round-\(round)"
        try await harness.create("configmaps", Sample.configMap(name))
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<32 { group.addTask { _ = try await harness.get("configmaps", name) } }
          try await group.waitForAll()
        }
      }
    }
  }

  @Test(
    "a name with what would end a path's segment is refused",
    arguments: [
      ("a/b", "may not contain '/'"), ("50%", "may not contain '%'"), ("%/", "may not contain '/'"),
      ("..", "may not be '..'"), (".", "may not be '.'"),
    ])
  func names(_ name: String, _ problem: String) async throws {
    try await Harness.run { harness in
      let error = await harness.failure { _ = try await harness.get("configmaps", name) }
      #expect(error?.reason == .badRequest)
      #expect(error?.message.contains(problem) == true, "\(error?.message ?? "")")
    }
  }

  @Test("every resource is found by its place, and by nothing else")
  func places() async throws {
    try await Harness.run { harness in
      for resource in harness.registry.resources {
        let found = harness.registry.resource(
          group: resource.group, version: resource.version, plural: resource.plural)
        #expect(found == resource)
        #expect(harness.registry.resource(group: resource.group, version: "v9", plural: resource.plural) == nil)
        // It is known to the registry as it is.
        let list = try await harness.registry.list(resource, namespace: "")
        #expect(list.revision > 0)
      }
    }
  }
}
