import Controllers
import KubernetesAPI
import Testing

@Suite struct DeploymentRulesTests {
  private func deployment(image: String = "web:1", replicas: Int32 = 3) -> AppsV1.Deployment {
    var deployment = AppsV1.Deployment()
    deployment.metadata.name = "web"
    deployment.metadata.generation = 2
    deployment.spec.replicas = replicas
    deployment.spec.progressDeadlineSeconds = 600
    deployment.spec.template.metadata.labels = ["app": "web", "tier": "front", "a": "b"]
    deployment.spec.template.spec.containers = [CoreV1.Container(name: "web", image: image)]
    return deployment
  }

  private func set(for deployment: AppsV1.Deployment, _ name: String = "web-1", replicas: Int32, available: Int32)
    -> AppsV1.ReplicaSet
  {
    var set = AppsV1.ReplicaSet()
    set.metadata.name = name
    set.metadata.uid = name
    set.spec.replicas = replicas
    set.spec.template = deployment.spec.template
    set.spec.template.metadata.labels["pod-template-hash"] = "xyz"
    set.status.replicas = replicas
    set.status.readyReplicas = available
    set.status.availableReplicas = available
    return set
  }

  @Test func hashFollowsFromTheTemplateAlone() {
    let one = DeploymentRules.hash(deployment().spec.template, collisions: nil)
    #expect(one == DeploymentRules.hash(deployment().spec.template, collisions: nil))
    #expect(one != DeploymentRules.hash(deployment(image: "web:2").spec.template, collisions: nil))
    #expect(one != DeploymentRules.hash(deployment().spec.template, collisions: 1))
    #expect(one.allSatisfy { "bcdfghjklmnpqrstvwxz2456789".contains($0) })
  }

  @Test func newSetIsTheOneOfTheTemplate() {
    let now = deployment(image: "web:2")
    let old = set(for: deployment(), "old", replicas: 3, available: 3)
    let new = set(for: now, "new", replicas: 1, available: 0)
    #expect(DeploymentRules.newSet(now, among: [old, new])?.metadata.name == "new")
    #expect(DeploymentRules.newSet(deployment(image: "web:3"), among: [old, new]) == nil)
  }

  @Test func historyKeepsTheLatest() {
    let sets = (1...5).map { number in
      var set = set(for: deployment(), "s\(number)", replicas: 0, available: 0)
      set.metadata.annotations[DeploymentRules.revision] = String(number)
      return set
    }
    #expect(DeploymentRules.expendable(sets, limit: 3).map(\.metadata.name) == ["s1", "s2"])
    #expect(DeploymentRules.expendable(sets, limit: 10).isEmpty)
    var busy = sets
    busy[0].spec.replicas = 1
    #expect(!DeploymentRules.expendable(busy, limit: 3).map(\.metadata.name).contains("s1"))
  }

  private func status(
    _ deployment: AppsV1.Deployment, _ sets: [AppsV1.ReplicaSet], new: Int? = 0, at time: Int64
  ) -> AppsV1.DeploymentStatus {
    DeploymentStatusRules.status(
      .init(deployment: deployment, newSet: new.map { sets[$0] }, all: sets, now: Time(secondsSinceEpoch: time)))
  }

  private func condition(_ status: AppsV1.DeploymentStatus, _ type: String) -> AppsV1.DeploymentCondition? {
    status.conditions.first { $0.type == type }
  }

  @Test func sumsBeyondTheNumberAreClamped() {
    let deployment = deployment()
    let sets = ["a", "b"].map { set(for: deployment, $0, replicas: .max, available: .max) }
    let full = status(deployment, sets, at: 10)
    #expect(full.replicas == .max && full.availableReplicas == .max)
    #expect(full.unavailableReplicas == .max)
  }

  @Test func progressIsToldAndEnds() {
    var deployment = deployment()
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 0)], at: 10)
    #expect(deployment.status.observedGeneration == 2)
    #expect(deployment.status.unavailableReplicas == 3)
    #expect(condition(deployment.status, "Available")?.status == "False")
    #expect(condition(deployment.status, "Progressing")?.reason == "ReplicaSetUpdated")

    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 1)], at: 20)
    #expect(condition(deployment.status, "Progressing")?.lastUpdateTime == Time(secondsSinceEpoch: 20))
    #expect(DeploymentStatusRules.secondsToDeadline(deployment, now: Time(secondsSinceEpoch: 30)) == 590)

    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 3)], at: 30)
    #expect(condition(deployment.status, "Progressing")?.reason == "NewReplicaSetAvailable")
    #expect(condition(deployment.status, "Available")?.status == "True")
    #expect(DeploymentStatusRules.secondsToDeadline(deployment, now: Time(secondsSinceEpoch: 99)) == nil)
    #expect(
      status(deployment, [set(for: deployment, replicas: 3, available: 3)], at: 40) == deployment.status, "at rest")
  }

  @Test func standstillFails() {
    var deployment = deployment()
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 1)], at: 10)
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 1)], at: 609)
    #expect(condition(deployment.status, "Progressing")?.status == "True")
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 1)], at: 610)
    #expect(condition(deployment.status, "Progressing")?.reason == "ProgressDeadlineExceeded")
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 3)], at: 700)
    #expect(condition(deployment.status, "Progressing")?.status == "True", "late is better than never")
  }

  @Test func pausedIsTold() {
    var deployment = deployment()
    deployment.spec.paused = true
    deployment.status = status(deployment, [], new: nil, at: 1)
    #expect(condition(deployment.status, "Progressing")?.reason == "DeploymentPaused")
    deployment.spec.paused = false
    deployment.status = status(deployment, [set(for: deployment, replicas: 3, available: 0)], at: 2)
    #expect(condition(deployment.status, "Progressing")?.reason != "DeploymentPaused")
  }
}
