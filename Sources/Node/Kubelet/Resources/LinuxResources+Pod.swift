package import ContainerRuntime
package import KubernetesAPI
import PodRules

extension LinuxResources {
  /// A container's resources in the kernel's units, as Kubernetes converts them.
  /// - Parameter machineMemory: bytes; the part of it that is asked for decides who is killed first when memory runs
  ///   out.
  package init(of container: CoreV1.Container, in pod: CoreV1.Pod, machineMemory: Int64) {
    self.init()
    let requests = container.effectiveRequests
    let limits = ResourceAmounts(container.resources.limits)
    cpuShares = Self.shares(milliCPU: requests.milliCPU)
    if limits.milliCPU > 0 {
      cpuPeriod = 100_000
      cpuQuota = max(1000, limits.milliCPU * cpuPeriod / 1000)
    }
    memoryLimit = limits.memoryBytes
    switch PodQoS(pod.spec) {
    case .guaranteed: oomScoreAdjust = -997
    case .bestEffort: oomScoreAdjust = 1000
    case .burstable:
      // The more of the machine a container asked for, the later it is chosen; always between the other two classes.
      let part = requests.memoryBytes.multipliedReportingOverflow(by: 1000)
      let adjust = part.overflow || machineMemory <= 0 ? 0 : 1000 - part.partialValue / machineMemory
      oomScoreAdjust = min(max(adjust, 3), 999)
    }
  }

  /// A thousandth of a CPU is 1.024 shares; the kernel takes no less than 2 and no more than 262144.
  package static func shares(milliCPU: Int64) -> Int64 {
    guard milliCPU > 0 else { return 2 }
    let shares = milliCPU.multipliedReportingOverflow(by: 1024)
    return shares.overflow ? 262_144 : min(max(shares.partialValue / 1000, 2), 262_144)
  }
}

extension PodQoS {
  /// The cgroup below the node's pods' one; Guaranteed pods stand directly in it.
  package var cgroupFolder: String? {
    switch self {
    case .guaranteed: nil
    case .burstable: "burstable"
    case .bestEffort: "besteffort"
    }
  }
}
