import KubernetesAPI
import PodRules
import Testing

private func taint(_ key: String, _ value: String = "", _ effect: String = "NoSchedule") -> CoreV1.Taint {
  CoreV1.Taint(key: key, value: value, effect: effect)
}

@Suite struct PlacementRuleTests {
  @Test(arguments: [
    (CoreV1.Toleration(key: "a", operator: "Equal", value: "1", effect: "NoSchedule"), true),
    (CoreV1.Toleration(key: "a", operator: "", value: "1"), true),
    (CoreV1.Toleration(key: "a", operator: "Exists"), true),
    (CoreV1.Toleration(operator: "Exists"), true),
    (CoreV1.Toleration(key: "a", operator: "Equal", value: "2"), false),
    (CoreV1.Toleration(key: "b", operator: "Exists"), false),
    (CoreV1.Toleration(key: "a", operator: "Exists", effect: "NoExecute"), false),
    (CoreV1.Toleration(operator: "Equal", value: "1"), false),
  ])
  func toleration(_ toleration: CoreV1.Toleration, covers: Bool) {
    #expect(toleration.tolerates(taint("a", "1")) == covers)
  }

  @Test func stayIsTheShortest() {
    let evicting = taint("dead", "", "NoExecute")
    let none: [CoreV1.Toleration] = []
    #expect(none.stay(on: [taint("x")]) == .unlimited)
    #expect(none.stay(on: [evicting]) == .evicted)
    let five = CoreV1.Toleration(key: "dead", operator: "Exists", effect: "NoExecute", tolerationSeconds: 5)
    let ten = CoreV1.Toleration(operator: "Exists", tolerationSeconds: 10)
    #expect([five, ten].stay(on: [evicting]) == .limited(seconds: 5))
    #expect([CoreV1.Toleration(operator: "Exists")].stay(on: [evicting]) == .unlimited)
    #expect([ten].stay(on: [evicting, taint("b", "", "NoExecute")]) == .limited(seconds: 10))
    #expect([CoreV1.Toleration(operator: "Exists", tolerationSeconds: 0)].stay(on: [evicting]) == .evicted)
  }

  @Test(
    arguments: [
      ("In", ["a", "b"], "a", true), ("In", ["a"], "c", false), ("NotIn", ["a"], "c", true),
      ("NotIn", ["a"], nil, true),
      ("NotIn", ["a"], "a", false), ("Exists", [], "x", true), ("Exists", [], nil, false),
      ("DoesNotExist", [], nil, true),
      ("Gt", ["5"], "6", true), ("Gt", ["5"], "5", false), ("Lt", ["5"], "4", true), ("Lt", ["5"], "x", false),
      ("Weird", ["a"], "a", false),
    ] as [(String, [String], String?, Bool)])
  func requirement(_ op: String, _ values: [String], _ value: String?, _ matches: Bool) {
    #expect(CoreV1.NodeSelectorRequirement(key: "k", operator: op, values: values).matches(value) == matches)
  }

  @Test func selectorAndAffinityBothCount() {
    var node = CoreV1.Node()
    node.metadata.name = "n1"
    node.metadata.labels = ["disk": "ssd", "zone": "a"]
    var spec = CoreV1.PodSpec()
    #expect(spec.admits(node))
    spec.nodeSelector = ["disk": "ssd"]
    #expect(spec.admits(node))
    var term = CoreV1.NodeSelectorTerm()
    term.matchExpressions = [.init(key: "zone", operator: "In", values: ["b"])]
    var affinity = CoreV1.Affinity()
    affinity.nodeAffinity = .init(
      requiredDuringSchedulingIgnoredDuringExecution: .init(nodeSelectorTerms: [term]))
    spec.affinity = affinity
    #expect(!spec.admits(node))
    var byName = CoreV1.NodeSelectorTerm()
    byName.matchFields = [.init(key: "metadata.name", operator: "In", values: ["n1"])]
    affinity.nodeAffinity = .init(
      requiredDuringSchedulingIgnoredDuringExecution: .init(nodeSelectorTerms: [term, byName]))
    spec.affinity = affinity
    #expect(spec.admits(node), "one of the terms is enough")
    #expect(!CoreV1.NodeSelectorTerm().matches(node), "an empty term matches nothing")
  }

  @Test func conditionTimeMovesWithStatusOnly() {
    var conditions: [CoreV1.PodCondition] = []
    let first = conditions.set("Ready", "False", reason: "A", now: Time(secondsSinceEpoch: 1))
    let same = conditions.set("Ready", "False", reason: "A", now: Time(secondsSinceEpoch: 2))
    let reason = conditions.set("Ready", "False", reason: "B", now: Time(secondsSinceEpoch: 3))
    #expect((first, same, reason) == (true, false, true))
    #expect(conditions[0].lastTransitionTime == Time(secondsSinceEpoch: 1))
    conditions.set("Ready", "True", now: Time(secondsSinceEpoch: 4))
    #expect(conditions[0].lastTransitionTime == Time(secondsSinceEpoch: 4))
  }

  @Test func availableNeedsToHaveBeenReadyForLongEnough() {
    var pod = CoreV1.Pod()
    #expect(!pod.isAvailable(minReadySeconds: 0, now: Time(secondsSinceEpoch: 10)))
    pod.status.conditions.set("Ready", "True", now: Time(secondsSinceEpoch: 5))
    #expect(pod.isAvailable(minReadySeconds: 0, now: Time(secondsSinceEpoch: 5)))
    #expect(!pod.isAvailable(minReadySeconds: 6, now: Time(secondsSinceEpoch: 10)))
    #expect(pod.isAvailable(minReadySeconds: 5, now: Time(secondsSinceEpoch: 10)))
  }
}
