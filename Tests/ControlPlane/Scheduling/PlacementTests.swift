import KubernetesAPI
import PodRules
import Scheduling
import Testing

@Suite struct PlacementTests {
  /// Places pods one after the other, as the loop does.
  private func spread(_ count: Int, over cache: SchedulingCache, seed: UInt64 = 1, cpu: String? = nil) -> [String: Int]
  {
    var cache = cache
    var placement = Placement(seed: seed)
    var places: [String: Int] = [:]
    for index in 0..<count {
      let footprint = PodFootprint(pod("p\(index)", cpu: cpu, owner: "set"))
      guard case .node(let name) = placement.choose(footprint, cache) else { continue }
      cache.assume(footprint, on: name)
      places[name, default: 0] += 1
    }
    return places
  }

  @Test(arguments: [UInt64(1), 2, 3, 4, 5])
  func replicasAreSpread(seed: UInt64) {
    #expect(spread(3, over: cache([node("a"), node("b")]), seed: seed).values.sorted() == [1, 2])
    #expect(spread(6, over: cache([node("a"), node("b"), node("c")]), seed: seed) == ["a": 2, "b": 2, "c": 2])
  }

  @Test func spreadingWeighsMoreThanSomeLoad() {
    let loaded = cache([node("a"), node("b")], [pod("x", cpu: "1", on: "a")])
    #expect(spread(2, over: loaded) == ["a": 1, "b": 1])
  }

  @Test func theLessLoadedIsPreferred() {
    let nodes = [node("a"), node("b")]
    #expect(choose(pod("p", cpu: "100m"), cache(nodes, [pod("x", cpu: "2", memory: "4Gi", on: "a")])) == .node("b"))
  }

  @Test func preferredAffinityCounts() {
    let nodes = [node("a"), node("b", labels: ["disk": "ssd"])]
    let picky = pod("p") {
      var term = CoreV1.NodeSelectorTerm()
      term.matchExpressions = [.init(key: "disk", operator: "In", values: ["ssd"])]
      var affinity = CoreV1.Affinity()
      affinity.nodeAffinity = .init(preferredDuringSchedulingIgnoredDuringExecution: [
        .init(weight: 10, preference: term)
      ])
      $0.spec.affinity = affinity
    }
    for seed in UInt64(0)..<20 { #expect(choose(picky, cache(nodes), seed: seed) == .node("b")) }
  }

  @Test func tiesAreBrokenBySeed() {
    let nodes = cache((0..<5).map { node("n\($0)") })
    let choices = (UInt64(0)..<100).map { choose(pod("p"), nodes, seed: $0) }
    #expect(Set(choices.map { "\($0)" }).count == 5, "every equal has its chance")
    #expect(choices == (UInt64(0)..<100).map { choose(pod("p"), nodes, seed: $0) }, "and the seed decides")
  }

  @Test func nothingIsOvercommitted() {
    let nodes = cache((0..<10).map { node("n\($0)", cpu: "2") })
    let places = spread(100, over: nodes, cpu: "300m")
    #expect(places.values.allSatisfy { $0 == 6 })
  }

  @Test func largeClustersAreSearchedInPart() {
    let nodes = cache((0..<1000).map { node("n\($0)") })
    let places = spread(50, over: nodes)
    #expect(places.values.reduce(0, +) == 50)
    #expect(places.values.max() == 1)
  }

  @Test func onlyOneOfManyFits() {
    let nodes = cache((0..<500).map { node("n\($0)", cpu: $0 == 417 ? "64" : "1") })
    #expect(choose(pod("p", cpu: "32"), nodes) == .node("n417"))
  }
}

@Suite struct SchedulingCacheTests {
  @Test func assumedPodsCountAndAreForgotten() {
    var cache = cache([node("a", cpu: "1")])
    let footprint = PodFootprint(pod("p", cpu: "1"))
    cache.assume(footprint, on: "a")
    #expect(complaint(pod("q", cpu: "1"), cache) != "")
    cache.forget(footprint.uid)
    #expect(complaint(pod("q", cpu: "1"), cache) == "")
  }

  @Test func boundPodsAreNotForgotten() {
    var cache = cache([node("a", cpu: "1"), node("b", cpu: "1")])
    let footprint = PodFootprint(pod("p", cpu: "1"))
    cache.assume(footprint, on: "a")
    cache.upsert(bound: pod("p", cpu: "1", on: "b"))
    cache.forget(footprint.uid)
    #expect(cache["a"]?.requested.milliCPU == 0)
    #expect(cache["b"]?.requested.milliCPU == 1000)
    cache.remove(footprint.uid)
    #expect(cache["b"]?.requested.milliCPU == 0)
    #expect(cache["b"]?.pods.isEmpty == true)
  }

  @Test func podsMayComeBeforeTheirNode() {
    var cache = cache([], [pod("x", cpu: "1", on: "a")])
    #expect(complaint(pod("p"), cache) == "no nodes available to schedule pods")
    cache.upsert(node("a", cpu: "1"))
    #expect(complaint(pod("p", cpu: "500m"), cache) == "0/1 nodes are available: 1 Insufficient cpu.")
    cache.removeNode("a")
    #expect(cache.nodeNames.isEmpty)
    cache.upsert(node("a", cpu: "1"))
    #expect(cache["a"]?.requested.milliCPU == 1000, "a node that comes back still has its pods")
  }
}
