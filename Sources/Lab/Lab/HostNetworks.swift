package import ClusterConfig

/// The commands that make and remove the lab's network: a namespace a host, joined by a bridge in one of its own.
/// Pure: the caller runs them.
///
/// The hosts have no route out. The machine has one connected route, to the hosts, by ``LabLayout/machineLink``.
package struct HostNetworks: Hashable, Sendable {
  package var layout: LabLayout
  package var hosts: [ClusterConfig.Host]
  /// The prefix length of the hosts' network. Default 24.
  package var prefix: Int = 24

  package init(layout: LabLayout, hosts: [ClusterConfig.Host]) {
    self.layout = layout
    self.hosts = hosts
  }

  /// The machine's address among the hosts: the first of their network.
  package var machineAddress: IPv4Address? {
    hosts.first.flatMap { IPv4Network(address: $0.address, prefix: prefix)[1] }
  }

  /// In this order; each must succeed.
  package var setUp: [[String]] {
    let bridge = layout.switchNamespace
    var commands: [[String]] = [
      ["ip", "netns", "add", bridge],
      ["ip", "-n", bridge, "link", "set", "lo", "up"],
      ["ip", "-n", bridge, "link", "add", "br0", "type", "bridge"],
      ["ip", "-n", bridge, "link", "set", "br0", "up"],
      ["ip", "link", "add", layout.machineLink, "type", "veth", "peer", "name", "machine", "netns", bridge],
      ["ip", "-n", bridge, "link", "set", "machine", "master", "br0", "up"],
    ]
    if let machineAddress {
      commands.append(["ip", "addr", "add", "\(machineAddress)/\(prefix)", "dev", layout.machineLink])
    }
    commands.append(["ip", "link", "set", layout.machineLink, "up"])
    for (index, host) in hosts.enumerated() { commands += setUp(host, index) }
    return commands
  }

  private func setUp(_ host: ClusterConfig.Host, _ index: Int) -> [[String]] {
    let (bridge, namespace, port) = (layout.switchNamespace, layout.namespace(host.name), layout.port(index))
    return [
      ["ip", "netns", "add", namespace],
      ["ip", "-n", namespace, "link", "set", "lo", "up"],
      ["ip", "-n", bridge, "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", namespace],
      ["ip", "-n", bridge, "link", "set", port, "master", "br0", "up"],
      ["ip", "-n", namespace, "addr", "add", "\(host.address)/\(prefix)", "dev", "eth0"],
      ["ip", "-n", namespace, "link", "set", "eth0", "up"],
    ]
  }

  /// Cuts a host off, or joins it again.
  package func setLink(of host: String, isUp: Bool) -> [String]? {
    guard let index = hosts.firstIndex(where: { $0.name == host }) else { return nil }
    return ["ip", "-n", layout.switchNamespace, "link", "set", layout.port(index), isUp ? "up" : "down"]
  }

  /// Every namespace that the lab made.
  package var namespaces: [String] { hosts.map { layout.namespace($0.name) } + [layout.switchNamespace] }

  /// Each may fail: what is not there need not be removed.
  package var tearDown: [[String]] {
    [["ip", "link", "del", layout.machineLink]] + namespaces.map { ["ip", "netns", "del", $0] }
  }
}
