import ContainerRuntime
import Kubelet
import KubernetesAPI
import Testing

private let node = PodEnvironment(
  nodeName: "node1", hostAddress: "198.18.0.6", clusterDNS: ["198.18.16.10"], machineMemory: 1 << 34)

private func configs(_ pod: CoreV1.Pod) -> RuntimeConfigs {
  RuntimeConfigs(pod: pod, node: node, logDirectory: "/logs", cgroupParent: "/apus/kubepods/pod1")
}

private func quantity(_ text: String) throws -> Quantity { try #require(Quantity(text)) }

@Suite("Pods as configurations for the runtime")
struct RuntimeConfigsTests {
  @Test("sandbox: identity, network, ports, DNS")
  func sandbox() {
    let config = configs(
      pod {
        $0.metadata.labels = ["app": "web"]
        $0.spec.containers[0].ports = [
          CoreV1.ContainerPort(hostPort: 8080, containerPort: 80, protocol: "TCP"),
          CoreV1.ContainerPort(containerPort: 81),
        ]
      }
    ).sandbox(attempt: 3)
    #expect(config.metadata == SandboxMetadata(name: "web", namespace: "default", uid: "uid-web", attempt: 3))
    #expect(config.labels["app"] == "web")
    #expect(config.labels[RuntimeLabels.podUID] == "uid-web")
    #expect(config.portMappings == [PortMapping(transport: .tcp, containerPort: 80, hostPort: 8080, hostAddress: "")])
    #expect(config.dns?.searches == ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"])
    #expect(config.network == .pod)
    #expect(config.cgroupParent == "/apus/kubepods/pod1")
    let host = configs(
      pod {
        $0.spec.hostNetwork = true; $0.spec.dnsPolicy = "ClusterFirst"
      }
    ).sandbox(attempt: 0)
    #expect(host.network == .node)
    #expect(host.hostname.isEmpty, "it is the node's, which nobody may set")
    #expect(host.dns == nil)
  }

  @Test("resources in the kernel's units, and who is killed first")
  func resources() throws {
    func resources(_ requests: [String: String], _ limits: [String: String]) throws -> LinuxResources {
      let (requests, limits) = (try requests.mapValues(quantity), try limits.mapValues(quantity))
      let pod = pod {
        $0.spec.containers[0].resources.requests = requests
        $0.spec.containers[0].resources.limits = limits
      }
      return LinuxResources(of: pod.spec.containers[0], in: pod, machineMemory: 1 << 34)
    }
    let none = try resources([:], [:])
    #expect((none.cpuShares, none.cpuQuota, none.memoryLimit, none.oomScoreAdjust) == (2, 0, 0, 1000))
    let burstable = try resources(["cpu": "250m", "memory": "4Gi"], ["cpu": "500m"])
    #expect((burstable.cpuShares, burstable.cpuQuota, burstable.cpuPeriod) == (256, 50_000, 100_000))
    #expect(burstable.oomScoreAdjust == 750)
    let guaranteed = try resources(["cpu": "2", "memory": "1Gi"], ["cpu": "2", "memory": "1Gi"])
    #expect((guaranteed.memoryLimit, guaranteed.oomScoreAdjust, guaranteed.cpuShares) == (1 << 30, -997, 2048))
  }

  @Test("environment: order, references, expansion")
  func environment() throws {
    var target = container("app") {
      $0.envFrom = [CoreV1.EnvFromSource(prefix: "P_", configMapRef: CoreV1.ConfigMapEnvSource(name: "map"))]
      $0.env = [
        CoreV1.EnvVar(name: "A", value: "1"), CoreV1.EnvVar(name: "B", value: "$(A)-$(P_key)-$$(A)-$(NO)-$"),
        CoreV1.EnvVar(name: "NAME", valueFrom: CoreV1.EnvVarSource(fieldRef: .init(fieldPath: "metadata.name"))),
        CoreV1.EnvVar(
          name: "LABEL", valueFrom: CoreV1.EnvVarSource(fieldRef: .init(fieldPath: "metadata.labels['app']"))),
        CoreV1.EnvVar(name: "IP", valueFrom: CoreV1.EnvVarSource(fieldRef: .init(fieldPath: "status.podIP"))),
        CoreV1.EnvVar(name: "S", valueFrom: CoreV1.EnvVarSource(secretKeyRef: .init(name: "secret", key: "k"))),
        CoreV1.EnvVar(
          name: "OPT", valueFrom: CoreV1.EnvVarSource(secretKeyRef: .init(name: "none", key: "k", optional: true))),
        CoreV1.EnvVar(name: "CPU", valueFrom: CoreV1.EnvVarSource(resourceFieldRef: .init(resource: "limits.cpu"))),
      ]
      $0.resources.limits = ["cpu": Quantity("1500m") ?? Quantity()]
    }
    let references = PodReferences(
      configMaps: ["map": CoreV1.ConfigMap(data: ["key": "v", "bad=name": "x"])],
      secrets: ["secret": CoreV1.Secret(data: ["k": Array("s3".utf8)])])
    let builder = EnvironmentBuilder(
      pod: pod { $0.metadata.labels = ["app": "web"] }, references: references, podAddresses: ["198.19.1.2"],
      hostAddress: "198.18.0.6")
    let made = try builder.environment(of: target).map { "\($0.name)=\($0.value)" }
    #expect(
      made == ["P_key=v", "A=1", "B=1-v-$(A)-$(NO)-$", "NAME=web", "LABEL=web", "IP=198.19.1.2", "S=s3", "CPU=2"])
    target.env = [CoreV1.EnvVar(name: "S", valueFrom: CoreV1.EnvVarSource(secretKeyRef: .init(name: "none", key: "k")))]
    #expect(throws: EnvironmentBuilder.Failure.self) { try builder.environment(of: target) }
    target.env = [CoreV1.EnvVar(name: "S", valueFrom: CoreV1.EnvVarSource(fieldRef: .init(fieldPath: "spec.nonsense")))]
    #expect(throws: EnvironmentBuilder.Failure.self) { try builder.environment(of: target) }
  }

  @Test("security: the container's wish goes before the pod's, and root is refused where it must not be")
  func security() throws {
    let pod = pod {
      $0.spec.securityContext = CoreV1.PodSecurityContext(runAsUser: 1000, runAsNonRoot: true, fsGroup: 2000)
      $0.spec.containers[0].securityContext = CoreV1.SecurityContext(
        capabilities: .init(drop: ["ALL"]), readOnlyRootFilesystem: true, allowPrivilegeEscalation: false)
    }
    func make(_ pod: CoreV1.Pod, image: ImageInfo? = nil) throws(PodActionError) -> ContainerConfig {
      try configs(pod).container(pod.spec.containers[0], attempt: 0, environment: [], mounts: [], image: image)
    }
    let config = try make(pod)
    #expect(config.security.runAsUser == 1000)
    #expect(config.security.supplementalGroups == [2000])
    #expect(config.security.noNewPrivileges && config.security.isRootFilesystemReadOnly)
    #expect(config.security.droppedCapabilities == ["ALL"])
    #expect(config.security.maskedPaths.contains("/proc/kcore"))
    #expect(config.environment.first == EnvironmentVariable(name: "HOSTNAME", value: "web"))
    var root = pod
    root.spec.securityContext?.runAsUser = nil
    #expect(throws: PodActionError.self) { try make(root, image: ImageInfo(id: "x")) }
    #expect(throws: PodActionError.self) { try make(root, image: ImageInfo(id: "x", userName: "www")) }
    _ = try make(root, image: ImageInfo(id: "x", user: 65_535))
  }

  @Test("image names and their pull policies")
  func images() {
    #expect(ImageName.defaultPolicy("nginx") == "Always")
    #expect(ImageName.defaultPolicy("localhost:5000/nginx") == "Always")
    #expect(ImageName.defaultPolicy("nginx:latest") == "Always")
    #expect(ImageName.defaultPolicy("apus-demo:v1") == "IfNotPresent")
    #expect(ImageName.defaultPolicy("nginx@sha256:00") == "IfNotPresent")
    #expect(
      !ImageName.isValid("") && !ImageName.isValid("a b") && !ImageName.isValid("/a")
        && ImageName.isValid("apus-demo:v1"))
  }
}
