import Controllers
import KubernetesAPI
import PodRules
import Testing

@Suite struct ReplicaSetRulesTests {
  private func pod(
    _ name: String, node: String = "n1", phase: String = "Running", readySince: Int64? = 100, created: Int64 = 0,
    cost: String? = nil
  ) -> CoreV1.Pod {
    var pod = CoreV1.Pod()
    pod.metadata.name = name
    pod.metadata.uid = name
    pod.metadata.creationTimestamp = Time(secondsSinceEpoch: created)
    if let cost { pod.metadata.annotations["controller.kubernetes.io/pod-deletion-cost"] = cost }
    pod.spec.nodeName = node
    pod.status.phase = phase
    if let readySince { pod.status.conditions.set("Ready", "True", now: Time(secondsSinceEpoch: readySince)) }
    return pod
  }

  private func order(_ pods: [CoreV1.Pod]) -> [String] {
    ReplicaSetRules.victims(pods.reversed(), count: pods.count).map(\.metadata.name)
  }

  @Test func whatIsMissedLeastGoesFirst() {
    let pods = [
      pod("unbound", node: "", phase: "Pending", readySince: nil),
      pod("pending", node: "n2", phase: "Pending", readySince: nil),
      pod("unready", node: "n3", readySince: nil),
      pod("cheap", node: "n4", cost: "-5"),
      pod("crowded1", node: "n5", readySince: 200), pod("crowded2", node: "n5", readySince: 100),
      pod("young", node: "n6", readySince: 300), pod("old", node: "n7", readySince: 50),
    ]
    #expect(order(pods) == pods.map(\.metadata.name))
  }

  @Test func equalsGoYoungestFirstAndThenByName() {
    #expect(
      order([pod("b", node: "x", created: 9), pod("a", node: "y", created: 5), pod("c", node: "z", created: 5)])
        == ["b", "a", "c"])
  }

  @Test func onlySoMany() {
    #expect(ReplicaSetRules.victims([pod("a"), pod("b"), pod("c")], count: 2).count == 2)
    #expect(ReplicaSetRules.victims([pod("a")], count: 0).isEmpty)
    #expect(ReplicaSetRules.victims([pod("a")], count: -3).isEmpty)
  }

  @Test func batchesBeginSmall() {
    #expect(ReplicaSetRules.batches(0) == [])
    #expect(ReplicaSetRules.batches(1) == [1])
    #expect(ReplicaSetRules.batches(10) == [1, 2, 4, 3])
  }

  @Test func statusCounts() {
    var set = AppsV1.ReplicaSet()
    set.metadata.generation = 4
    set.spec.minReadySeconds = 10
    set.spec.template.metadata.labels = ["app": "web"]
    var labelled = pod("a", readySince: 85)
    labelled.metadata.labels = ["app": "web", "x": "y"]
    let pods = [labelled, pod("b", readySince: 95), pod("c", readySince: nil)]
    let now = Time(secondsSinceEpoch: 100)
    let status = ReplicaSetRules.status(set, pods: pods, failure: nil, now: now)
    #expect(status.replicas == 3)
    #expect(status.readyReplicas == 2)
    #expect(status.availableReplicas == 1)
    #expect(status.fullyLabeledReplicas == 1)
    #expect(status.observedGeneration == 4)
    #expect(ReplicaSetRules.secondsToAvailable(set, pods: pods, now: now) == 5)
  }

  @Test func failureComesAndGoes() throws {
    var set = AppsV1.ReplicaSet()
    func status(_ failure: (reason: String, message: String)?, at second: Int64) -> AppsV1.ReplicaSetStatus {
      ReplicaSetRules.status(set, pods: [], failure: failure, now: Time(secondsSinceEpoch: second))
    }
    set.status = status(("FailedCreate", "pods \"web-1\" is forbidden"), at: 1)
    set.status.conditions.append(AppsV1.ReplicaSetCondition(type: "Another", status: "True"))
    let failure = try #require(set.status.conditions.first)
    #expect(failure.type == "ReplicaFailure" && failure.status == "True" && failure.reason == "FailedCreate")
    #expect(failure.lastTransitionTime == Time(secondsSinceEpoch: 1))
    let again = status(("FailedCreate", "pods \"web-2\" is forbidden"), at: 2)
    #expect(again == set.status, "the same failure changes nothing, whatever pod it names")
    #expect(status(nil, at: 3).conditions.map(\.type) == ["Another"], "a success takes it away")
  }

  @Test func anotherFailureIsSaid() throws {
    var set = AppsV1.ReplicaSet()
    set.status.conditions = [
      AppsV1.ReplicaSetCondition(
        type: "ReplicaFailure", status: "True", lastTransitionTime: Time(secondsSinceEpoch: 1), reason: "FailedCreate",
        message: "quota")
    ]
    func condition() throws -> AppsV1.ReplicaSetCondition {
      let status = ReplicaSetRules.status(
        set, pods: [], failure: ("FailedDelete", "no"), now: Time(secondsSinceEpoch: 2))
      #expect(status.conditions.count == 1)
      return try #require(status.conditions.first)
    }
    let other = try condition()
    #expect(other.reason == "FailedDelete" && other.message == "no")
    #expect(other.lastTransitionTime == Time(secondsSinceEpoch: 1), "it was failing already")
    set.status.conditions[0].status = "False"
    let begun = try condition()
    #expect(begun.status == "True" && begun.lastTransitionTime == Time(secondsSinceEpoch: 2))
  }

  @Test func podsAreMadeFromTheTemplate() {
    var set = AppsV1.ReplicaSet()
    set.metadata.name = "web-abc"
    set.metadata.namespace = "default"
    set.metadata.uid = "u"
    set.spec.template.metadata.labels = ["app": "web"]
    let pod = ReplicaSetRules.pod(for: set)
    #expect(pod.metadata.generateName == "web-abc-")
    #expect(pod.metadata.controller?.uid == "u")
    #expect(pod.metadata.labels == ["app": "web"])
    set.metadata.name = String(repeating: "x", count: 80)
    #expect(ReplicaSetRules.pod(for: set).metadata.generateName.count <= 58)
  }

  @Test func claims() {
    var owner = MetaV1.ObjectMeta()
    owner.uid = "me"
    let selector = MetaV1.LabelSelector(matchLabels: ["app": "web"])
    func object(_ labels: [String: String], owner: String?) -> MetaV1.ObjectMeta {
      var metadata = MetaV1.ObjectMeta()
      metadata.labels = labels
      if let owner { metadata.ownerReferences = [MetaV1.OwnerReference(uid: owner, controller: true)] }
      return metadata
    }
    let web = ["app": "web"]
    #expect(ClaimDecision(owner: owner, selector: selector, object: object(web, owner: "me")) == .keep)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object([:], owner: "me")) == .release)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object(web, owner: nil)) == .adopt)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object(web, owner: "other")) == .ignore)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object([:], owner: nil)) == .ignore)
    owner.deletionTimestamp = Time(secondsSinceEpoch: 1)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object(web, owner: nil)) == .ignore)
    #expect(ClaimDecision(owner: owner, selector: selector, object: object([:], owner: "me")) == .keep)
  }
}
