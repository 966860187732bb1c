package import ClusterConfig

/// Where a lab keeps its things, and what it calls them. Pure.
///
/// Everything that a lab makes carries its name, so that it can be found and removed, and nothing else is touched.
package struct LabLayout: Hashable, Sendable {
  /// Short: network devices bear it, and the kernel allows fifteen bytes.
  package var name: String
  /// The folder of the lab's state, absolute.
  package var folder: String

  /// Fails for a name that is no DNS label of at most six characters, and for a relative folder.
  package init?(name: String = "apus", folder: String) {
    let allowed = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) }
    guard (1...6).contains(name.utf8.count), allowed, folder.hasPrefix("/") else { return nil }
    self.name = name
    self.folder = folder
  }

  package var certificates: CertificateFolder { .init(path: "\(folder)/certs") }
  package var kubeconfig: String { "\(folder)/kubeconfig" }
  package var stateFile: String { "\(folder)/lab.json" }
  package var configCopy: String { "\(folder)/cluster.yaml" }
  package var balancerLog: String { "\(folder)/balancer.log" }
  package func hostFolder(_ host: String) -> String { "\(folder)/hosts/\(host)" }
  package func hostLog(_ host: String) -> String { "\(folder)/hosts/\(host).log" }

  /// The namespace with the bridge that joins the hosts.
  package var switchNamespace: String { "\(name)-switch" }
  package func namespace(_ host: String) -> String { "\(name)-\(host)" }
  package func namespacePath(_ host: String) -> String { "/run/netns/\(namespace(host))" }
  /// The machine's own link to the hosts.
  package var machineLink: String { "\(name)-lab" }
  /// A host's end in the switch.
  package func port(_ index: Int) -> String { "port\(index)" }
  /// The cgroup of a cluster's hosts; below each host's the kubelet makes its pods'.
  package func cgroup(cluster: String) -> String { "apus-\(cluster)" }
  package func cgroup(cluster: String, host: String) -> String { "apus-\(cluster)/\(host)" }
}
