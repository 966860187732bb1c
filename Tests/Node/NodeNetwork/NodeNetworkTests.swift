import ClusterConfig
import Foundation
import Logging
import NodeNetwork
import Testing

private func network(_ text: String) throws -> IPv4Network { try #require(IPv4Network(text)) }
private func address(_ text: String) throws -> IPv4Address { try #require(IPv4Address(text)) }

@Suite("Routes to other nodes' pods")
struct RoutePlannerTests {
  private func planner() throws -> RoutePlanner {
    RoutePlanner(own: try network("198.19.1.0/24"), clusterPods: try network("198.19.0.0/16"))
  }

  private func node(_ name: String, _ at: String, _ range: String) throws -> RemoteNode {
    RemoteNode(name: name, address: try address(at), podRange: try network(range))
  }

  @Test("adds what is missing, replaces what changed, removes what is stale, leaves what is right")
  func plan() throws {
    let kept = Route(destination: try network("198.19.2.0/24"), gateway: try address("198.18.0.2"))
    let moved = Route(destination: try network("198.19.3.0/24"), gateway: try address("198.18.0.9"))
    let stale = Route(destination: try network("198.19.9.0/24"), gateway: try address("198.18.0.9"))
    let plan = try planner().plan(
      nodes: [
        node("b", "198.18.0.2", "198.19.2.0/24"), node("c", "198.18.0.3", "198.19.3.0/24"),
        node("d", "198.18.0.4", "198.19.4.0/24"),
      ], present: [kept, moved, stale])
    #expect(
      plan.changes == [
        .replace(Route(destination: try network("198.19.3.0/24"), gateway: try address("198.18.0.3"))),
        .replace(Route(destination: try network("198.19.4.0/24"), gateway: try address("198.18.0.4"))),
        .remove(stale),
      ])
    #expect(plan.refusals.isEmpty)
  }

  @Test("is empty once everything is as planned")
  func converges() throws {
    let nodes = [try node("b", "198.18.0.2", "198.19.2.0/24")]
    let present = [Route(destination: try network("198.19.2.0/24"), gateway: try address("198.18.0.2"))]
    #expect(try planner().plan(nodes: nodes, present: present).changes.isEmpty)
  }

  @Test("refuses ranges that would take traffic away, and chooses the same of two that clash on every host")
  func refusals() throws {
    let nodes = [
      try node("z", "198.18.0.2", "198.19.2.0/24"), try node("b", "198.18.0.3", "198.19.2.0/25"),
      try node("self", "198.18.0.4", "198.19.1.0/25"), try node("wide", "198.18.0.5", "198.18.0.0/15"),
      try node("outside", "198.18.0.6", "10.0.0.0/24"), try node("loop", "198.19.7.7", "198.19.7.0/24"),
      try node("here", "127.0.0.2", "198.19.8.0/24"),
    ]
    let plan = try planner().plan(nodes: nodes.shuffled(), present: [])
    #expect(
      plan.changes == [.replace(Route(destination: try network("198.19.2.0/25"), gateway: try address("198.18.0.3")))])
    #expect(plan.refusals.map(\.node) == ["here", "loop", "outside", "self", "wide", "z"])
  }

  @Test("takes every node's range on a host that has no pods")
  func noPodsHere() throws {
    let planner = RoutePlanner(own: nil, clusterPods: try network("198.19.0.0/16"))
    let plan = planner.plan(
      nodes: [try node("a", "198.18.0.1", "198.19.1.0/24"), try node("b", "198.18.0.2", "198.19.2.0/24")], present: [])
    #expect(plan.changes.count == 2 && plan.refusals.isEmpty)
  }

  @Test("reads what ip prints and writes what ip takes")
  func text() throws {
    let listing =
      "198.19.2.0/24 via 198.18.0.2 dev eth0 \n198.19.3.7 via 198.18.0.3 dev eth0\n198.19.4.0/24 dev x scope link\n\nrubbish\n"
    let routes = Route.parse(listing)
    #expect(
      routes.map { "\($0.destination) \($0.gateway)" } == ["198.19.2.0/24 198.18.0.2", "198.19.3.7/32 198.18.0.3"])
    #expect(
      RouteChange.replace(routes[0]).arguments
        == ["-4", "route", "replace", "198.19.2.0/24", "via", "198.18.0.2", "proto", "142"])
    #expect(RouteChange.remove(routes[0]).arguments[2] == "del")
  }
}

@Suite("Files for the runtime")
struct RuntimeFileTests {
  @Test("the network configuration is JSON with the node's range, and is only written when it changes")
  func conflist() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/apus-cni-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var configuration = CNIConfiguration(
      podRange: try network("198.19.1.0/24"), addressFolder: "\(folder)/a \"quoted\" name", mtu: 1400)
    #expect(try configuration.write(into: "\(folder)/net.d"))
    #expect(try !configuration.write(into: "\(folder)/net.d"))
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/net.d/10-apus.conflist"))
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let plugins = try #require(document["plugins"] as? [[String: Any]])
    #expect(plugins.map { $0["type"] as? String } == ["bridge", "portmap"])
    #expect(plugins[0]["mtu"] as? Int == 1400)
    let addresses = try #require(plugins[0]["ipam"] as? [String: Any])
    #expect(addresses["dataDir"] as? String == "\(folder)/a \"quoted\" name")
    let ranges = try #require(addresses["ranges"] as? [[[String: String]]])
    #expect(ranges == [[["subnet": "198.19.1.0/24"]]])
    configuration.mtu = nil
    #expect(try configuration.write(into: "\(folder)/net.d"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/net.d") == ["10-apus.conflist"])
    _ = try JSONSerialization.jsonObject(with: Data(configuration.text.utf8))
  }

  @Test("containerd's configuration keeps everything below the host's folder")
  func containerd() {
    let configuration = ContainerdConfiguration(folder: "/H")
    for line in configuration.text.split(separator: "\n") where line.contains("= \"/") && !line.contains("bin_dir") {
      #expect(line.contains("= \"/H/"), "\(line)")
    }
    #expect(configuration.socketPathFits)
    #expect(!ContainerdConfiguration(folder: "/" + String(repeating: "x", count: 100)).socketPathFits)
  }
}
