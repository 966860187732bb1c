extension ClusterConfig {
  /// The configuration as a cluster's file that reads as the same, without comments: for machines that join, which
  /// are handed the file by the cluster. The same configuration always becomes the same text.
  package var yaml: String {
    var lines = ["name: \(Self.quoted(name))"]
    lines.append("network:")
    lines += [
      "  services: \(network.services)", "  pods: \(network.pods)", "  nodePrefix: \(network.nodePrefix)",
      "  nodePorts: \(network.nodePorts.lowerBound)-\(network.nodePorts.upperBound)",
      "  domain: \(Self.quoted(network.domain))",
    ]
    lines.append("ports:")
    lines += [
      "  storeClient: \(ports.storeClient)", "  storePeer: \(ports.storePeer)", "  storeMetrics: \(ports.storeMetrics)",
      "  apiserver: \(ports.apiserver)", "  balancer: \(ports.balancer)", "  kubelet: \(ports.kubelet)",
      "  controllerManager: \(ports.controllerManager)", "  scheduler: \(ports.scheduler)", "  proxy: \(ports.proxy)",
    ]
    lines.append("timing:")
    lines += [
      "  heartbeat: \(Self.text(timing.heartbeat))", "  election: \(Self.text(timing.election))",
      "  nodeLeaseRenew: \(Self.text(timing.nodeLeaseRenew))",
      "  nodeMonitorGrace: \(Self.text(timing.nodeMonitorGrace))",
      "  defaultNotReadyToleration: \(Self.text(timing.defaultNotReadyToleration))",
      "  leaderLease: \(Self.text(timing.leaderLease))", "  leaderRenew: \(Self.text(timing.leaderRenew))",
    ]
    lines += runtimeLines + storeLines
    lines.append("hosts:")
    for host in hosts {
      let roles = host.roles.map(\.rawValue).joined(separator: ", ")
      lines.append("- {name: \(Self.quoted(host.name)), address: \(host.address), roles: [\(roles)]}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var runtimeLines: [String] {
    var lines = ["runtime:"]
    switch runtime.kind {
    case .managed: lines.append("  kind: managed")
    case .socket(let path): lines += ["  kind: socket", "  socket: \(Self.quoted(path))"]
    case .hollow: lines.append("  kind: hollow")
    }
    lines.append("  pauseImage: \(Self.quoted(runtime.pauseImage))")
    if !runtime.images.isEmpty {
      lines.append("  images: [\(runtime.images.map(Self.quoted).joined(separator: ", "))]")
    }
    return lines
  }

  private var storeLines: [String] {
    var lines = ["store:", "  quota: \(store.quota.map { "\($0)" } ?? "none")"]
    lines.append("  recordSize: \(store.recordSize == 0 ? "none" : "\(store.recordSize)")")
    switch store.autoCompaction {
    case .periodic(let time):
      lines += ["  autoCompactionMode: periodic", "  autoCompactionRetention: \(Self.retentionText(time))"]
    case .revision(let count):
      lines += ["  autoCompactionMode: revision", "  autoCompactionRetention: \(count)"]
    case nil: break
    }
    return lines
  }

  /// In the largest unit that it is a multiple of: no number becomes larger than the one that was read.
  private static func text(_ duration: Duration) -> String {
    let (seconds, rest) = duration.components
    if rest != 0 { return "\(seconds * 1000 + rest / 1_000_000_000_000_000)ms" }
    return seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s"
  }

  /// The same where hours are read as well.
  private static func retentionText(_ duration: Duration) -> String {
    let (seconds, rest) = duration.components
    return rest == 0 && seconds % 3600 == 0 ? "\(seconds / 3600)h" : text(duration)
  }

  /// A double-quoted scalar of YAML.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\\(scalar)"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
