package import KubernetesAPI

/// Where a pod's files are on the node.
package struct PodFolders: Sendable {
  /// The kubelet's own folder.
  package let root: String

  package init(root: String) { self.root = root }

  package var pods: String { "\(root)/pods" }
  package var logs: String { "\(root)/logs" }

  package func pod(_ uid: String) -> String { "\(pods)/\(uid)" }
  package func volumes(_ uid: String) -> String { "\(pod(uid))/volumes" }
  package func volume(_ name: String, of uid: String) -> String { "\(volumes(uid))/\(name)" }
  /// Where the part of a volume is mounted that a container's mount names with its subPath.
  package func subPath(_ container: String, _ mount: Int, of uid: String) -> String {
    "\(pod(uid))/subpaths/\(container)/\(mount)"
  }
  package func hostsFile(_ uid: String) -> String { "\(pod(uid))/etc-hosts" }
  /// The file that a container finds at its termination message path.
  package func terminationMessage(_ container: String, attempt: UInt32, of uid: String) -> String {
    "\(pod(uid))/containers/\(container)/\(attempt)"
  }

  /// The folder of a pod's logs, in Kubernetes' form.
  package func logs(namespace: String, name: String, uid: String) -> String { "\(logs)/\(namespace)_\(name)_\(uid)" }

  package func logs(of pod: CoreV1.Pod) -> String {
    logs(namespace: pod.metadata.namespace, name: pod.metadata.name, uid: pod.metadata.uid)
  }

  package func log(of container: String, attempt: UInt32, pod: CoreV1.Pod) -> String {
    "\(logs(of: pod))/\(container)/\(attempt).log"
  }
}

/// The pod's /etc/hosts.
package enum HostsFile {
  package static func text(
    hostname: String, addresses: [String], aliases: [CoreV1.HostAlias], hostFile: String? = nil
  ) -> String {
    // Written by hand into files as well: a fixed order, one address a line.
    var lines =
      if let hostFile {
        ["# Made by the kubelet from the host's file.", hostFile]
      } else {
        [
          "# Made by the kubelet.", "127.0.0.1\tlocalhost", "::1\tlocalhost ip6-localhost ip6-loopback",
          "fe00::0\tip6-localnet", "fe00::0\tip6-mcastprefix", "fe00::1\tip6-allnodes", "fe00::2\tip6-allrouters",
        ] + addresses.map { "\($0)\t\(hostname)" }
      }
    lines += aliases.filter { !$0.hostnames.isEmpty }.map { "\($0.ip)\t\($0.hostnames.joined(separator: "\t"))" }
    return lines.joined(separator: "\n") + "\n"
  }
}
