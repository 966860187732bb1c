import KubernetesAPI
import PodRules
import Testing

private func container(_ cpu: String?, _ memory: String? = nil, limits: Bool = false, sidecar: Bool = false)
  -> CoreV1.Container
{
  var container = CoreV1.Container()
  var list: [String: Quantity] = [:]
  if let cpu { list["cpu"] = Quantity(cpu) }
  if let memory { list["memory"] = Quantity(memory) }
  if limits { container.resources.limits = list } else { container.resources.requests = list }
  if sidecar { container.restartPolicy = "Always" }
  return container
}

@Suite struct ResourceTests {
  @Test func containersAddUp() {
    var spec = CoreV1.PodSpec()
    spec.containers = [container("100m", "64Mi"), container("1", nil), container("250m", "1Gi", limits: true)]
    #expect(spec.effectiveRequests.milliCPU == 1350)
    #expect(spec.effectiveRequests.memoryBytes == (64 << 20) + (1 << 30))
  }

  @Test func initContainersCountAsPeak() {
    var spec = CoreV1.PodSpec()
    spec.initContainers = [container("2"), container("500m")]
    spec.containers = [container("300m"), container("300m")]
    #expect(spec.effectiveRequests.milliCPU == 2000)
  }

  /// A sidecar runs beside the init containers after it and beside the containers.
  @Test func sidecarsCountBesideBoth() {
    var spec = CoreV1.PodSpec()
    spec.initContainers = [container("1"), container("200m", sidecar: true), container("900m")]
    spec.containers = [container("300m")]
    #expect(spec.effectiveRequests.milliCPU == 1100)
    spec.containers = [container("1500m")]
    #expect(spec.effectiveRequests.milliCPU == 1700)
  }

  @Test func overheadIsAdded() {
    var spec = CoreV1.PodSpec()
    spec.containers = [container("100m")]
    spec.overhead = ["cpu": Quantity("50m")!]
    #expect(spec.effectiveRequests.milliCPU == 150)
  }

  @Test func sumsDoNotOverflow() {
    var left = ResourceAmounts()
    left["x"] = .max
    var right = ResourceAmounts()
    right["x"] = 1
    #expect((left + right)["x"] == .max)
  }

  @Test func hostPortsConflictByAddress() {
    let any = HostPort(port: 80)
    let one = HostPort(address: "10.0.0.1", port: 80)
    let two = HostPort(address: "10.0.0.2", port: 80)
    #expect(any.conflicts(with: one))
    #expect(!one.conflicts(with: two))
    #expect(!any.conflicts(with: HostPort(protocol: "UDP", port: 80)))
    #expect(any.conflicts(with: HostPort(address: "0.0.0.0", port: 80)))
  }

  @Test func qualityOfService() {
    var spec = CoreV1.PodSpec()
    spec.containers = [CoreV1.Container()]
    #expect(PodQoS(spec) == .bestEffort)
    spec.containers = [container("1", "1Gi", limits: true)]
    #expect(PodQoS(spec) == .guaranteed)
    spec.containers[0].resources.requests = ["cpu": Quantity("1000m")!, "memory": Quantity("1Gi")!]
    #expect(PodQoS(spec) == .guaranteed)
    spec.containers[0].resources.requests["cpu"] = Quantity("500m")
    #expect(PodQoS(spec) == .burstable)
    spec.containers = [container("1", "1Gi", limits: true), CoreV1.Container()]
    #expect(PodQoS(spec) == .burstable)
  }
}
