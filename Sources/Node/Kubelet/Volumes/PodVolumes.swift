package import ContainerRuntime
import Files
import Glibc
package import KubernetesAPI
import NodeNetwork

/// Makes pods' volumes on the node and takes them away again.
///
/// Secrets lie in files below the kubelet's folder, which only root may enter.
package struct PodVolumes: Sendable {
  private let folders: PodFolders
  private let mounts: MountTable

  package init(folders: PodFolders, mounts: MountTable = MountTable()) {
    self.folders = folders
    self.mounts = mounts
  }

  // MARK: Setting up

  /// Makes the pod's folders and volumes. Safe to repeat: what is there stays, and files are brought up to date.
  package func prepare(_ pod: CoreV1.Pod, contents: [String: VolumeContent]) throws(VolumeFailure) {
    let uid = pod.metadata.uid
    guard PodCgroups.isPlain(uid) else { throw VolumeFailure("the pod's uid \"\(uid)\" is not one") }
    try makeFolder(folders.pods, mode: 0o700)
    try makeFolder(folders.pod(uid), mode: 0o755)
    try makeFolder(folders.volumes(uid), mode: 0o755)
    try makeFolder(folders.logs(of: pod), mode: 0o755)
    let group = pod.spec.securityContext?.fsGroup
    for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
      let path = folders.volume(try VolumePlan.checked(name), of: uid)
      switch content {
      case .folder:
        try makeFolder(path, mode: 0o777)
        own(path, group: group)
      case .memory(let limit):
        try makeFolder(path, mode: 0o777)
        if try !MountTable.isMountPoint(path) {
          let options = limit.map { "size=\($0)" } ?? ""
          guard mount("tmpfs", path, "tmpfs", UInt(MS_NOSUID | MS_NODEV), options) == 0 else {
            throw VolumeFailure("tmpfs at \(path): \(String(cString: strerror(errno)))")
          }
          chmod(path, 0o777)
        }
        own(path, group: group)
      case .host(let path, let type): try checkHostPath(path, type)
      case .files(let files):
        try makeFolder(path, mode: 0o755)
        try ProjectedFolder(path: path).write(files, group: group)
      }
    }
  }

  /// Brings the files of volumes that are there up to date; makes none.
  package func refresh(_ pod: CoreV1.Pod, contents: [String: VolumeContent]) throws(VolumeFailure) {
    let uid = pod.metadata.uid
    guard PodCgroups.isPlain(uid) else { return }
    for (name, content) in contents.sorted(by: { $0.key < $1.key }) {
      guard case .files(let files) = content else { continue }
      let path = folders.volume(try VolumePlan.checked(name), of: uid)
      guard access("\(path)/..data", F_OK) == 0 else { continue }
      try ProjectedFolder(path: path).write(files, group: pod.spec.securityContext?.fsGroup)
    }
  }

  /// The mounts of a container: its volumes, its hosts file, its termination message file.
  package func mounts(
    of container: CoreV1.Container, attempt: UInt32, pod: CoreV1.Pod, contents: [String: VolumeContent],
    hostname: String, addresses: [String], environment: [EnvironmentVariable]
  ) throws(VolumeFailure) -> [ContainerMount] {
    var mounts: [ContainerMount] = []
    let values = Dictionary(environment.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    for (index, item) in container.volumeMounts.enumerated() {
      guard let content = contents[item.name] else { throw VolumeFailure("there is no volume \"\(item.name)\"") }
      var isReadOnly = item.readOnly
      var path: String
      switch content {
      case .host(let host, _): path = host
      case .files:
        path = folders.volume(item.name, of: pod.metadata.uid)
        isReadOnly = true
      case .folder, .memory: path = folders.volume(item.name, of: pod.metadata.uid)
      }
      let subPath = item.subPathExpr.isEmpty ? item.subPath : EnvironmentBuilder.expand(item.subPathExpr, values)
      let propagation: MountPropagation =
        item.mountPropagation == "HostToContainer"
        ? .hostToContainer : item.mountPropagation == "Bidirectional" ? .bidirectional : .none
      if !subPath.isEmpty {
        let mayMake = if case .memory = content { true } else { content == .folder }
        let target = folders.subPath(try VolumePlan.checked(container.name), index, of: pod.metadata.uid)
        path = try bind(subPath, in: path, mayMake: mayMake, to: target, isShared: propagation == .bidirectional)
      }
      mounts.append(
        ContainerMount(
          containerPath: item.mountPath, hostPath: path, isReadOnly: isReadOnly, propagation: propagation))
    }
    let targets = Set(mounts.map(\.containerPath))
    if !targets.contains("/etc/hosts") {
      let path = folders.hostsFile(pod.metadata.uid)
      let hostFile =
        pod.spec.hostNetwork ? AtomicFile.read("/etc/hosts").map { String(decoding: $0, as: UTF8.self) } : nil
      try write(
        HostsFile.text(
          hostname: hostname, addresses: addresses, aliases: pod.spec.hostAliases, hostFile: hostFile), to: path)
      mounts.append(ContainerMount(containerPath: "/etc/hosts", hostPath: path))
    }
    if !container.terminationMessagePath.isEmpty {
      let path = folders.terminationMessage(container.name, attempt: attempt, of: pod.metadata.uid)
      try write("", to: path)
      // The container's user is unknown and must be able to write.
      chmod(path, 0o666)
      mounts.append(ContainerMount(containerPath: container.terminationMessagePath, hostPath: path))
    }
    return mounts
  }

  /// What a container left as its last words: at most 4 KiB of the file, as Kubernetes bounds it.
  package func terminationMessage(_ container: String, attempt: UInt32, uid: String) -> String {
    // The container decides how long the file is: no more of it is read than is wanted.
    let bytes = AtomicFile.read(folders.terminationMessage(container, attempt: attempt, of: uid), limit: 4096) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Removing

  /// Removes the pod's folders with everything in them. Host paths are not below them.
  ///
  /// When it throws, nothing that is not the pod's is gone, and it may be repeated.
  package func remove(uid: String) throws(VolumeFailure) {
    guard PodCgroups.isPlain(uid) else { return }
    // Whatever is mounted there has to go first: below a mount lie files that are not the pod's.
    try unmountAll(below: folders.pod(uid))
    try TreeRemoval.remove(folders.pod(uid))
  }

  package func removeLogs(namespace: String, name: String, uid: String) {
    let path = folders.logs(namespace: namespace, name: name, uid: uid)
    guard !path.contains("/../") else { return }
    try? TreeRemoval.remove(path)
  }

  /// The uids of pods that have folders here.
  package var uids: [String] { Directory.names(in: folders.pods) }

  // MARK: Parts

  private func makeFolder(_ path: String, mode: mode_t) throws(VolumeFailure) {
    guard access(path, F_OK) != 0 else { return }
    do { try AtomicFile.makeFolder(path) } catch { throw VolumeFailure("\(error)") }
    chmod(path, mode)  // the umask took bits away
  }

  private func own(_ path: String, group: Int64?) {
    guard let group else { return }
    chown(path, uid_t.max, gid_t(clamping: group))
    chmod(path, 0o2777)
  }

  private func write(_ text: String, to path: String) throws(VolumeFailure) {
    do { try AtomicFile.write(text, to: path) } catch { throw VolumeFailure("\(error)") }
  }

  private func checkHostPath(_ path: String, _ type: String) throws(VolumeFailure) {
    let kind = FileStatus(path)?.kind
    let exists = kind != nil
    func require(_ wanted: FileStatus.Kind, _ name: String) throws(VolumeFailure) {
      guard kind == wanted else { throw VolumeFailure("hostPath type check failed: \(path) is not a \(name)") }
    }
    switch type {
    case "": return
    case "Directory": try require(.folder, "directory")
    case "File": try require(.file, "file")
    case "Socket": try require(.socket, "socket file")
    case "CharDevice": try require(.characterDevice, "character device")
    case "BlockDevice": try require(.blockDevice, "block device")
    case "DirectoryOrCreate":
      if exists { try require(.folder, "directory") } else { try makeFolder(path, mode: 0o755) }
    case "FileOrCreate":
      if exists { try require(.file, "file") } else { try write("", to: path) }
    default: throw VolumeFailure("hostPath type \"\(type)\" is not known")
    }
  }

  /// Mounts what a subPath names at `target`, and returns that.
  ///
  /// The runtime is handed a path of the kubelet's, where no container can put a link, and what lies there is what the
  /// walk came to. What was mounted there for an earlier start of the container is replaced; that one has its own.
  private func bind(
    _ subPath: String, in volume: String, mayMake: Bool, to target: String, isShared: Bool
  ) throws(VolumeFailure) -> String {
    guard !subPath.hasPrefix("/"), !subPath.split(separator: "/").contains("..") else {
      throw VolumeFailure("subPath \"\(subPath)\" must be relative and without \"..\"")
    }
    return try SubPath.open(subPath, below: volume, mayMake: mayMake) { (descriptor, isFolder) throws(VolumeFailure) in
      try unmountAll(below: target)
      if isFolder != (FileStatus(target, follows: false)?.kind == .folder) {
        // Empty, or this fails: nothing is deleted from what may be a volume.
        if rmdir(target) != 0, errno == ENOTDIR { unlink(target) }
      }
      if isFolder { try makeFolder(target, mode: 0o755) } else { try write("", to: target) }
      func mount(_ source: String?, _ flags: Int) throws(VolumeFailure) {
        guard Glibc.mount(source ?? "none", target, "none", UInt(flags), "") == 0 else {
          throw VolumeFailure("subPath \"\(subPath)\": mount: \(String(cString: strerror(errno)))")
        }
      }
      try mount("/proc/self/fd/\(descriptor)", MS_BIND)
      // What is unmounted from here must not be unmounted from the volume.
      if !isShared { try mount(nil, MS_SLAVE) }
      return target
    }
  }

  /// Takes away what is mounted at and below a folder, or throws.
  private func unmountAll(below folder: String) throws(VolumeFailure) {
    let points = try mounts.points(below: folder)
    // What is mounted below another mount goes with it.
    for point in points where !points.contains(where: { point.hasPrefix($0 + "/") }) { try Self.unmount(point) }
    if let left = try mounts.points(below: folder).first { throw VolumeFailure("\(left) is still a mount point") }
  }

  private static func unmount(_ point: String) throws(VolumeFailure) {
    // What lies on it may lie, by propagation, on the host's own folder as well, and stays there.
    if mount("none", point, "none", UInt(MS_REC | MS_PRIVATE), "") == 0,
      umount2(point, Int32(MNT_DETACH | UMOUNT_NOFOLLOW)) == 0
    {
      return
    }
    // Perhaps it has gone by itself; the next look tells.
    guard errno == EINVAL || errno == ENOENT else {
      throw VolumeFailure("umount of \(point): \(String(cString: strerror(errno)))")
    }
  }
}
