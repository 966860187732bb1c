import Controllers
import KubernetesAPI
import Testing

@Suite struct OwnershipGraphTests {
  private func entry(
    _ uid: String, owners: [String] = [], finalizers: [String] = [], deleted: Bool = false
  ) -> OwnershipGraph.Entry {
    var metadata = MetaV1.ObjectMeta()
    metadata.uid = uid
    metadata.name = uid
    metadata.ownerReferences = owners.map { MetaV1.OwnerReference(uid: $0, blockOwnerDeletion: true) }
    metadata.finalizers = finalizers
    if deleted { metadata.deletionTimestamp = Time(secondsSinceEpoch: 1) }
    return OwnershipGraph.Entry(resource: CoreV1.Pod.resource, metadata: metadata)
  }

  @Test func ownersEndIsTheirDependantsBusiness() {
    var graph = OwnershipGraph()
    #expect(graph.upsert(entry("owner")) == [])
    #expect(graph.upsert(entry("a", owners: ["owner"])) == ["a"])
    #expect(graph.upsert(entry("b", owners: ["owner"])) == ["b"])
    #expect(graph.upsert(entry("b", owners: ["owner"])) == [], "nothing new")
    #expect(graph.remove("owner") == ["a", "b"])
    #expect(graph.remove("a") == [])
    #expect(graph.dependants(of: "owner").map(\.metadata.uid) == ["b"])
  }

  @Test func dependantsMayComeFirst() {
    var graph = OwnershipGraph()
    _ = graph.upsert(entry("a", owners: ["owner"]))
    #expect(graph.remove("owner") == ["a"], "an owner that was never seen")
    _ = graph.upsert(entry("owner"))
    #expect(graph.dependants(of: "owner").count == 1)
  }

  @Test func foregroundOwnersAwait() {
    var graph = OwnershipGraph()
    _ = graph.upsert(entry("owner"))
    _ = graph.upsert(entry("a", owners: ["owner"]))
    let deleting = entry("owner", finalizers: ["foregroundDeletion"], deleted: true)
    #expect(graph.upsert(deleting) == ["owner", "a"])
    #expect(graph.remove("a") == ["owner"], "the last dependant's end lets the owner go")
  }

  @Test func lettingGoIsNoticed() {
    var graph = OwnershipGraph()
    _ = graph.upsert(entry("owner", finalizers: ["foregroundDeletion"], deleted: true))
    _ = graph.upsert(entry("a", owners: ["owner"]))
    #expect(graph.upsert(entry("a")) == ["owner"])
    #expect(graph.dependants(of: "owner").isEmpty)
  }

  private func decide(_ owners: [String: OwnerState], finalizers: [String] = [], hasDependants: Bool = false)
    -> CollectionDecision
  {
    CollectionDecision(
      entry("x", owners: owners.keys.sorted(), finalizers: finalizers).metadata, owners: owners,
      hasDependants: hasDependants)
  }

  @Test func decisions() {
    #expect(decide([:]) == .keep)
    #expect(decide(["a": .exists]) == .keep)
    #expect(decide(["a": .absent]) == .delete(policy: "Background"))
    #expect(decide(["a": .absent, "b": .absent]) == .delete(policy: "Background"))
    #expect(decide(["a": .absent, "b": .exists]) == .unlink(uids: ["a"]))
    #expect(decide(["a": .awaitsDependants, "b": .exists]) == .unlink(uids: ["a"]))
    #expect(decide(["a": .awaitsDependants]) == .delete(policy: "Background"))
    #expect(decide(["a": .awaitsDependants], hasDependants: true) == .delete(policy: "Foreground"))
    #expect(decide(["a": .absent], finalizers: ["orphan"]) == .delete(policy: "Orphan"))
  }
}
