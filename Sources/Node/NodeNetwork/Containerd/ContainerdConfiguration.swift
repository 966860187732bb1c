/// The configuration of a containerd that Apus runs for one host. Several stand side by side on a machine: everything
/// that must not be shared lies below the host's folder.
package struct ContainerdConfiguration: Hashable, Sendable {
  /// The host's folder: an absolute path.
  package var folder: String
  /// Where the network plugins' programs are. Debian: /usr/lib/cni.
  package var pluginFolder: String
  package var pauseImage: String

  package init(folder: String, pluginFolder: String = "/usr/lib/cni", pauseImage: String = "docker.io/library/pause:1")
  {
    self.folder = folder
    self.pluginFolder = pluginFolder
    self.pauseImage = pauseImage
  }

  package var path: String { "\(folder)/containerd.toml" }
  package var socket: String { "\(folder)/containerd.sock" }
  package var logFile: String { "\(folder)/containerd.log" }
  /// Where the network configuration of the host's pods goes.
  package var networkFolder: String { "\(folder)/cni/net.d" }
  /// For `CNIConfiguration.addressFolder`.
  package var addressFolder: String { "\(folder)/cni/ipam" }

  /// A unix socket's path may have 107 bytes; containerd adds ".ttrpc" to its own.
  package var socketPathFits: Bool { socket.utf8.count + ".ttrpc".utf8.count <= 107 }

  /// The file, in TOML, version 2.
  ///
  /// `restrict_oom_score_adj`: a process without CAP_SYS_RESOURCE cannot lower the score, and runc fails when told to.
  /// `netns_mounts_under_state_dir`: two containerds would otherwise share /var/run/netns.
  package var text: String {
    """
    version = 2
    root = \(quoted("\(folder)/root"))
    state = \(quoted("\(folder)/state"))

    [grpc]
      address = \(quoted(socket))

    [ttrpc]
      address = \(quoted("\(socket).ttrpc"))

    [plugins."io.containerd.internal.v1.opt"]
      path = \(quoted("\(folder)/opt"))

    [plugins."io.containerd.grpc.v1.cri"]
      sandbox_image = \(quoted(pauseImage))
      disable_apparmor = true
      restrict_oom_score_adj = true
      netns_mounts_under_state_dir = true

      [plugins."io.containerd.grpc.v1.cri".cni]
        bin_dir = \(quoted(pluginFolder))
        conf_dir = \(quoted(networkFolder))

      [plugins."io.containerd.grpc.v1.cri".containerd]
        snapshotter = "overlayfs"

        [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
          runtime_type = "io.containerd.runc.v2"

          [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
            SystemdCgroup = false
            Root = \(quoted("\(folder)/state/runc"))

    """
  }
}
