import ContainerRuntime
import Foundation
import Kubelet
import KubernetesAPI
import Testing

@Suite("Volumes")
final class VolumeTests {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-volumes-\(UUID().uuidString)"
  private var folders: PodFolders { PodFolders(root: root) }
  private var volumes: PodVolumes { PodVolumes(folders: folders) }

  deinit {
    // Before anything is deleted: below a mount lie files that are not the test's.
    for uid in volumes.uids { try? volumes.remove(uid: uid) }
    try? FileManager.default.removeItem(atPath: root)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func plan(_ pod: CoreV1.Pod, _ references: PodReferences = .init()) throws(VolumeFailure) -> [String:
    VolumeContent]
  {
    try VolumePlan(
      fields: EnvironmentBuilder(pod: pod, references: references, podAddresses: [], hostAddress: "198.18.0.6")
    ).contents()
  }

  @Test("config maps, secrets and the downward API become files that change together")
  func files() throws {
    var projected = CoreV1.ProjectedVolumeSource()
    projected.sources = [
      CoreV1.VolumeProjection(secret: .init(name: "s", items: [.init(key: "k", path: "deep/secret", mode: 0o400)])),
      CoreV1.VolumeProjection(
        downwardAPI: .init(items: [.init(path: "name", fieldRef: .init(fieldPath: "metadata.name"))])),
    ]
    let pod = pod {
      $0.spec.volumes = [
        CoreV1.Volume(name: "map", configMap: .init(name: "m")), CoreV1.Volume(name: "all", projected: projected),
      ]
    }
    var references = PodReferences(
      configMaps: ["m": CoreV1.ConfigMap(data: ["a": "1", "b": "2"])],
      secrets: ["s": CoreV1.Secret(data: ["k": [0, 255, 1]])])
    try volumes.prepare(pod, contents: try plan(pod, references))
    let map = folders.volume("map", of: "uid-web")
    #expect(try text("\(map)/a") == "1")
    let all = folders.volume("all", of: "uid-web")
    #expect(try Array(Data(contentsOf: URL(fileURLWithPath: "\(all)/deep/secret"))) == [0, 255, 1])
    #expect(try text("\(all)/name") == "web")
    let version = try FileManager.default.destinationOfSymbolicLink(atPath: "\(map)/..data")
    try volumes.prepare(pod, contents: try plan(pod, references))
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(map)/..data") == version)
    references.configMaps["m"]?.data = ["a": "3"]
    try volumes.prepare(pod, contents: try plan(pod, references))
    #expect(try text("\(map)/a") == "3")
    #expect(try FileManager.default.contentsOfDirectory(atPath: map).filter { !$0.hasPrefix("..") } == ["a"])
    #expect(throws: VolumeFailure.self) { try plan(pod) }
  }

  @Test(
    "paths that lead out of a volume are refused", arguments: ["..", "../x", "a/../../x", "/x", "", "..data", "a//b"])
  func escapes(path: String) { #expect(throws: VolumeFailure.self) { try VolumePlan.checked(path) } }

  @Test("a subPath is walked part by part, over links that stay in the volume, and never out of it")
  func subPaths() throws {
    let volume = "\(root)/volume"
    let files = FileManager.default
    for folder in ["real/deep", "other"] {
      try files.createDirectory(atPath: "\(volume)/\(folder)", withIntermediateDirectories: true)
    }
    try "x".write(toFile: "\(volume)/real/file", atomically: false, encoding: .utf8)
    try "secret".write(toFile: "\(root)/outside", atomically: false, encoding: .utf8)
    for (link, target) in [
      ("inside", "real"), ("real/up", "../other"), ("out", ".."), ("real/deep/out", "../../../outside"), ("root", "/"),
      ("absolute", "\(volume)/real"), ("loop", "loop"),
    ] { try files.createSymbolicLink(atPath: "\(volume)/\(link)", withDestinationPath: target) }

    func found(_ path: String, mayMake: Bool = false) throws(VolumeFailure) -> (path: String, isFolder: Bool) {
      try SubPath.open(path, below: volume, mayMake: mayMake) { descriptor, isFolder in
        let path = (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(descriptor)")) ?? ""
        return (String(path.dropFirst(volume.count)), isFolder)
      }
    }
    for (path, real, isFolder) in [
      ("real/deep", "/real/deep", true), ("./real//file", "/real/file", false), ("inside/file", "/real/file", false),
      ("inside/up", "/other", true), ("inside/up/../real", "/real", true),
    ] {
      let place = try found(path)
      #expect(place.path == real && place.isFolder == isFolder, "\(path)")
    }
    for path in ["out", "out/outside", "real/deep/out", "root/etc", "absolute", "loop", "none", "real/file/x", "a\0b"] {
      #expect(throws: VolumeFailure.self, "\(path)") { try found(path, mayMake: path != "none") }
    }
    // Missing folders are made where the walk has come to, not where a link leads.
    #expect(try found("inside/new/one", mayMake: true).path == "/real/new/one")
    #expect(throws: VolumeFailure.self) { try found("out/new", mayMake: true) }
    #expect(!files.fileExists(atPath: "\(root)/new"))
    let attributes = try files.attributesOfItem(atPath: "\(volume)/real/new")
    #expect(attributes[.posixPermissions] as? Int == 0o777)
  }

  @Test(
    "what is mounted is what was found, whatever takes its place; a removal deletes nothing below a mount",
    .enabled(if: geteuid() == 0, "only root may mount"))
  func subPathMounts() throws {
    let host = "\(root)/host"
    try FileManager.default.createDirectory(atPath: "\(host)/logs", withIntermediateDirectories: true)
    try "keep".write(toFile: "\(host)/logs/a", atomically: false, encoding: .utf8)
    try "file".write(toFile: "\(host)/b", atomically: false, encoding: .utf8)
    let pod = pod {
      $0.spec.volumes = [
        CoreV1.Volume(name: "data", emptyDir: .init()), CoreV1.Volume(name: "host", hostPath: .init(path: host)),
      ]
      $0.spec.containers[0].volumeMounts = [
        CoreV1.VolumeMount(name: "data", mountPath: "/data", subPath: "x"),
        CoreV1.VolumeMount(name: "host", mountPath: "/logs", subPath: "logs"),
        CoreV1.VolumeMount(name: "host", mountPath: "/b", subPath: "b"),
      ]
    }
    let contents = try plan(pod)
    try volumes.prepare(pod, contents: contents)
    func mount(_ attempt: UInt32) throws(VolumeFailure) -> [ContainerMount] {
      try volumes.mounts(
        of: pod.spec.containers[0], attempt: attempt, pod: pod, contents: contents, hostname: "web", addresses: [],
        environment: [])
    }
    let first = try mount(0)
    let data = folders.volume("data", of: "uid-web")
    // A container turns its folder into a link that leads out.
    try FileManager.default.moveItem(atPath: "\(data)/x", toPath: "\(data)/y")
    try FileManager.default.createSymbolicLink(atPath: "\(data)/x", withDestinationPath: host)
    try "new".write(toFile: "\(first[0].hostPath)/here", atomically: false, encoding: .utf8)
    #expect(try text("\(data)/y/here") == "new")
    #expect(try text("\(first[1].hostPath)/a") == "keep")
    #expect(try text(first[2].hostPath) == "file")
    #expect(throws: VolumeFailure.self) { try mount(1) }
    try FileManager.default.removeItem(atPath: "\(data)/x")
    #expect(try mount(1).map(\.hostPath) == first.map(\.hostPath))
    #expect(try FileManager.default.contentsOfDirectory(atPath: first[0].hostPath) == [])
    try volumes.remove(uid: "uid-web")
    #expect(!FileManager.default.fileExists(atPath: folders.pod("uid-web")))
    #expect(try text("\(host)/logs/a") == "keep" && text("\(host)/b") == "file")
  }

  /// A pod whose host folder's "logs" is mounted by subPath, with a file in it.
  private func podOnHost(_ host: String, propagation: String = "") throws -> (CoreV1.Pod, [String: VolumeContent]) {
    try FileManager.default.createDirectory(atPath: "\(host)/logs/inner", withIntermediateDirectories: true)
    try "keep".write(toFile: "\(host)/logs/a", atomically: false, encoding: .utf8)
    let pod = pod {
      $0.spec.volumes = [CoreV1.Volume(name: "host", hostPath: .init(path: host))]
      $0.spec.containers[0].volumeMounts = [
        CoreV1.VolumeMount(
          name: "host", mountPath: "/logs", subPath: "logs", mountPropagation: propagation.isEmpty ? nil : propagation)
      ]
    }
    let contents = try plan(pod)
    try volumes.prepare(pod, contents: contents)
    return (pod, contents)
  }

  private func mountAll(_ pod: CoreV1.Pod, _ contents: [String: VolumeContent]) throws -> [String] {
    try volumes.mounts(
      of: pod.spec.containers[0], attempt: 0, pod: pod, contents: contents, hostname: "web", addresses: [],
      environment: []
    ).map(\.hostPath)
  }

  @Test(
    "a removal is refused on any doubt about what is mounted, and nothing of the host's is deleted",
    .enabled(if: geteuid() == 0, "only root may mount"))
  func doubtfulMounts() throws {
    let host = "\(root)/host"
    let (pod, contents) = try podOnHost(host)
    let target = try mountAll(pod, contents)[0]
    #expect(try text("\(target)/a") == "keep")
    // No list, an empty one, one that is cut off, and one that does not tell of the mount.
    let cut = "\(root)/cut"
    try "21 1 8:1 / / rw - ext4 /dev/a rw\n22 21 8:1 / /x".write(toFile: cut, atomically: false, encoding: .utf8)
    let short = "\(root)/short"
    try "21 1 8:1 / / rw - ext4 /dev/a rw\n".write(toFile: short, atomically: false, encoding: .utf8)
    for list in ["\(root)/none", "/dev/null", cut, short] {
      let doubtful = PodVolumes(folders: folders, mounts: MountTable(path: list))
      #expect(throws: VolumeFailure.self, "\(list)") { try doubtful.remove(uid: "uid-web") }
      #expect(try text("\(host)/logs/a") == "keep", "\(list)")
      #expect(try text("\(target)/a") == "keep", "\(list)")
    }
    #expect(throws: VolumeFailure.self) { try MountTable().points(below: "\(host)/logs/a/x/y") }
    #expect(try MountTable().points(below: "\(root)/none/x").isEmpty)
    #expect(try MountTable().points(below: folders.pods) == [target])
    try volumes.remove(uid: "uid-web")
    #expect(!FileManager.default.fileExists(atPath: folders.pod("uid-web")))
    #expect(try text("\(host)/logs/a") == "keep")
  }

  @Test(
    "what is taken away from a pod with a Bidirectional mount stays mounted on the host",
    .enabled(if: geteuid() == 0, "only root may mount"))
  func sharedMounts() throws {
    let host = "\(root)/host"
    try FileManager.default.createDirectory(atPath: host, withIntermediateDirectories: true)
    try #require(mount("tmpfs", host, "tmpfs", 0, "") == 0 && mount("none", host, "none", UInt(MS_SHARED), "") == 0)
    defer { umount2(host, Int32(MNT_DETACH)) }
    let (pod, contents) = try podOnHost(host, propagation: "Bidirectional")
    let target = try mountAll(pod, contents)[0]
    // What the container mounts comes to the host.
    try #require(mount("tmpfs", "\(target)/inner", "tmpfs", 0, "") == 0)
    try #require(mount("tmpfs", "\(host)/logs/inner", "tmpfs", UInt(MS_REMOUNT), "") == 0)
    try "inner".write(toFile: "\(target)/inner/b", atomically: false, encoding: .utf8)
    #expect(try text("\(host)/logs/inner/b") == "inner")
    // The container's next start, and the pod's end.
    #expect(try mountAll(pod, contents)[0] == target)
    #expect(try text("\(host)/logs/inner/b") == "inner")
    try volumes.remove(uid: "uid-web")
    #expect(try text("\(host)/logs/inner/b") == "inner" && text("\(host)/logs/a") == "keep")
  }

  @Test("a removal copes with what containers leave: deep folders, and names that are no text")
  func leftBehind() throws {
    let pod = pod { $0.spec.volumes = [CoreV1.Volume(name: "data", emptyDir: .init())] }
    try volumes.prepare(pod, contents: try plan(pod))
    var here = open(folders.volume("data", of: "uid-web"), O_RDONLY | O_DIRECTORY)
    defer { close(here) }
    for name: [CChar] in [[-1, 0], [-2, 0]] { try #require(mkdirat(here, name, 0o755) == 0) }
    let file: [CChar] = [-3, 0]
    try #require(symlinkat("/", here, "root") == 0 && symlinkat("nowhere", here, file) == 0)
    // Longer than any path may be.
    for _ in 0..<1000 {
      try #require(mkdirat(here, "folder", 0o755) == 0)
      let next = openat(here, "folder", O_RDONLY | O_DIRECTORY)
      close(here)
      here = next
    }
    try volumes.remove(uid: "uid-web")
    #expect(!FileManager.default.fileExists(atPath: folders.pod("uid-web")))
  }

  @Test(
    "mounts: volumes, hosts file, termination message; a subPath through a link that leads out is refused",
    .enabled(if: geteuid() == 0, "only root may mount"))
  func mounts() throws {
    let pod = pod {
      $0.spec.volumes = [
        CoreV1.Volume(name: "data", emptyDir: .init()), CoreV1.Volume(name: "host", hostPath: .init(path: "/etc")),
      ]
      $0.spec.hostAliases = [CoreV1.HostAlias(ip: "10.1.1.1", hostnames: ["a", "b"])]
      $0.spec.containers[0].terminationMessagePath = "/dev/termination-log"
      $0.spec.containers[0].volumeMounts = [
        CoreV1.VolumeMount(name: "data", mountPath: "/data", subPath: "x/y"),
        CoreV1.VolumeMount(name: "host", readOnly: true, mountPath: "/host"),
      ]
    }
    let contents = try plan(pod)
    try volumes.prepare(pod, contents: contents)
    func mounts(_ container: CoreV1.Container) throws(VolumeFailure) -> [ContainerMount] {
      try volumes.mounts(
        of: container, attempt: 0, pod: pod, contents: contents, hostname: "web", addresses: ["198.19.1.2"],
        environment: [])
    }
    let made = try mounts(pod.spec.containers[0])
    #expect(made.map(\.containerPath) == ["/data", "/host", "/etc/hosts", "/dev/termination-log"])
    #expect(made[0].hostPath == folders.subPath("app", 0, of: "uid-web"))
    #expect(made[1] == ContainerMount(containerPath: "/host", hostPath: "/etc", isReadOnly: true))
    let hosts = try text(folders.hostsFile("uid-web"))
    #expect(hosts.contains("198.19.1.2\tweb\n") && hosts.contains("10.1.1.1\ta\tb\n"))
    try "last words".write(toFile: made[3].hostPath, atomically: false, encoding: .utf8)
    #expect(volumes.terminationMessage("app", attempt: 0, uid: "uid-web") == "last words")
    try String(repeating: "x", count: 5000).write(toFile: made[3].hostPath, atomically: false, encoding: .utf8)
    #expect(volumes.terminationMessage("app", attempt: 0, uid: "uid-web").utf8.count == 4096)

    try FileManager.default.createSymbolicLink(
      atPath: folders.volume("data", of: "uid-web") + "/out", withDestinationPath: "/etc")
    var evil = pod.spec.containers[0]
    evil.volumeMounts = [CoreV1.VolumeMount(name: "data", mountPath: "/data", subPath: "out")]
    #expect(throws: VolumeFailure.self) { try mounts(evil) }
    evil.volumeMounts[0].subPath = "../../x"
    #expect(throws: VolumeFailure.self) { try mounts(evil) }
  }

  @Test("removal follows no link and touches nothing outside")
  func remove() throws {
    let pod = pod { $0.spec.volumes = [CoreV1.Volume(name: "data", emptyDir: .init())] }
    try volumes.prepare(pod, contents: try plan(pod))
    let outside = "\(root)/outside"
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    try "x".write(toFile: "\(outside)/keep", atomically: true, encoding: .utf8)
    try FileManager.default.createSymbolicLink(
      atPath: folders.volume("data", of: "uid-web") + "/link", withDestinationPath: outside)
    try volumes.remove(uid: "uid-web")
    #expect(!FileManager.default.fileExists(atPath: folders.pod("uid-web")))
    #expect(FileManager.default.fileExists(atPath: "\(outside)/keep"))
    try volumes.remove(uid: "../outside")
    #expect(FileManager.default.fileExists(atPath: "\(outside)/keep"))
  }

  @Test("host paths are checked by their type")
  func hostPaths() throws {
    for (type, path, isFine) in [
      ("Directory", "/etc", true), ("File", "/etc", false), ("Directory", "/none", false), ("", "/none", true),
      ("Nonsense", "/etc", false),
    ] {
      let pod = pod { $0.spec.volumes = [CoreV1.Volume(name: "h", hostPath: .init(path: path, type: type))] }
      let contents = try plan(pod)
      if isFine {
        try volumes.prepare(pod, contents: contents)
      } else {
        #expect(throws: VolumeFailure.self) { try volumes.prepare(pod, contents: contents) }
      }
    }
  }
}
