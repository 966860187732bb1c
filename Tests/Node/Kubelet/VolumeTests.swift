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

  deinit { try? FileManager.default.removeItem(atPath: root) }

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

  @Test("mounts: volumes, hosts file, termination message; a subPath through a link that leads out is refused")
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
    #expect(made[0].hostPath.hasSuffix("/uid-web/volumes/data/x/y"))
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
