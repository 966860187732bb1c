import Controllers
import KubernetesAPI
import PodRules
import Testing

@Suite struct NodeRulesTests {
  private func time(_ value: Int64) -> MicroTime { MicroTime(microsecondsSinceEpoch: value) }

  /// Looks once a second from `first` to `last`; the API answers except at the times given.
  private func look(
    _ monitor: inout NodeHealthMonitor, from first: Int, to last: Int, renewed: Int64,
    apiAwayAt away: ClosedRange<Int>? = nil
  ) -> Int? {
    for second in first...last {
      let now = Duration.seconds(second)
      monitor.observe("n", renewTime: time(renewed), heartbeat: nil, now: now)
      if monitor.isSuspect("n", now: now) {
        if away?.contains(second) == true { monitor.couldNotCheck("n") } else { monitor.checked("n", now: now) }
      }
      if monitor.isSilent("n", now: now) { return second }
    }
    return nil
  }

  @Test func silenceCountsFromSeeing() {
    var monitor = NodeHealthMonitor(grace: .seconds(10))
    #expect(look(&monitor, from: 100, to: 120, renewed: 1) == 110, "a new leader begins anew")
    #expect(look(&monitor, from: 121, to: 130, renewed: 2) == nil, "a renewal is a sign of life")
    #expect(look(&monitor, from: 131, to: 140, renewed: 2) == 131)
    #expect(look(&monitor, from: 141, to: 150, renewed: 0) == nil, "a clock that jumps back is a change like any other")
    monitor.keep([])
    #expect(look(&monitor, from: 151, to: 160, renewed: 0) == nil)
  }

  /// While the API is away nodes cannot renew either: they get time to after it is back.
  @Test func outagesOfTheAPIKillNobody() {
    var monitor = NodeHealthMonitor(grace: .seconds(10))
    #expect(look(&monitor, from: 0, to: 42, renewed: 1, apiAwayAt: 3...40) == nil)
    #expect(look(&monitor, from: 43, to: 50, renewed: 2) == nil)
    var dead = NodeHealthMonitor(grace: .seconds(10))
    #expect(look(&dead, from: 0, to: 60, renewed: 1, apiAwayAt: 3...40) == 46)
  }

  private func node(ready: String?, taints: [CoreV1.Taint] = [], unschedulable: Bool = false) -> CoreV1.Node {
    var node = CoreV1.Node()
    if let ready { node.status.conditions = [CoreV1.NodeCondition(type: "Ready", status: ready)] }
    node.spec.taints = taints
    node.spec.unschedulable = unschedulable
    return node
  }

  private func names(_ node: CoreV1.Node) -> [String] {
    NodeLifecycleRules.taints(node, now: Time(secondsSinceEpoch: 7)).map {
      "\($0.key.split(separator: "/").last ?? ""):\($0.effect)"
    }
  }

  @Test func taintsFollowFromConditions() {
    #expect(names(node(ready: "True")) == [])
    #expect(names(node(ready: "False")) == ["not-ready:NoSchedule", "not-ready:NoExecute"])
    #expect(names(node(ready: "Unknown")) == ["unreachable:NoSchedule", "unreachable:NoExecute"])
    #expect(names(node(ready: nil)) == ["not-ready:NoSchedule"])
    #expect(names(node(ready: "True", unschedulable: true)) == ["unschedulable:NoSchedule"])
    var pressed = node(ready: "True")
    pressed.status.conditions.append(CoreV1.NodeCondition(type: "DiskPressure", status: "True"))
    #expect(names(pressed) == ["disk-pressure:NoSchedule"])
  }

  @Test func othersTaintsStayAndTimesToo() {
    let mine = CoreV1.Taint(key: "example.com/mine", effect: "NoSchedule")
    let since = CoreV1.Taint(
      key: WellKnownTaint.unreachable, effect: "NoExecute", timeAdded: Time(secondsSinceEpoch: 3))
    let unknown = NodeLifecycleRules.taints(
      node(ready: "Unknown", taints: [mine, since]), now: Time(secondsSinceEpoch: 9))
    #expect(unknown.first == mine)
    #expect(unknown.first { $0.effect == "NoExecute" }?.timeAdded == Time(secondsSinceEpoch: 3))
    #expect(NodeLifecycleRules.taints(node(ready: "True", taints: unknown), now: Time(secondsSinceEpoch: 10)) == [mine])
  }

  @Test func silenceMakesConditionsUnknownOnce() {
    let conditions = [
      CoreV1.NodeCondition(type: "Ready", status: "True", lastHeartbeatTime: Time(secondsSinceEpoch: 1))
    ]
    let silenced = NodeLifecycleRules.silenced(conditions, now: Time(secondsSinceEpoch: 5))
    #expect(silenced.allSatisfy { $0.status == "Unknown" })
    #expect(silenced[0].reason == "NodeStatusUnknown")
    #expect(silenced[0].lastHeartbeatTime == Time(secondsSinceEpoch: 1), "only the node moves its heartbeat")
    #expect(NodeLifecycleRules.silenced(silenced, now: Time(secondsSinceEpoch: 9)) == silenced)
  }

  @Test func rangesAreCutAndNotGivenTwice() throws {
    let ranges = try #require(PodRanges(cidr: "198.19.0.0/16", nodePrefix: 24))
    #expect(ranges.count == 256)
    #expect(ranges[0] == "198.19.0.0/24" && ranges[255] == "198.19.255.0/24")
    var used: [String] = []
    for _ in 0..<256 { used.append(try #require(ranges.free(used: used))) }
    #expect(Set(used).count == 256)
    #expect(ranges.free(used: used) == nil)
    #expect(ranges.free(used: ["198.19.0.0/24"], preferred: "198.19.9.0/24") == "198.19.9.0/24")
    #expect(ranges.free(used: ["198.19.9.0/24"], preferred: "198.19.9.0/24") == "198.19.0.0/24")
    #expect(ranges.free(used: ["198.19.0.0/23"]) == "198.19.2.0/24", "a larger range covers several")
  }

  @Test(arguments: ["", "198.19.0.0", "198.19.0/16", "300.1.1.1/16", "198.19.0.0/33", "198.19.0.0/25", "::/64", "a/b"])
  func badRanges(_ cidr: String) { #expect(PodRanges(cidr: cidr, nodePrefix: 24) == nil) }
}
