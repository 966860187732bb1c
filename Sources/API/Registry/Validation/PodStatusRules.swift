import JSONDocument
import KubernetesAPI

/// What holds for what a kubelet says of a pod.
enum PodStatusRules {
  static func validate(_ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]) {
    let path = FieldPath("status")
    let status = pod.status
    for (index, condition) in status.conditions.enumerated()
    where !["PodScheduled", "Ready", "Initialized"].contains(condition.type) {
      ValueRules.name(
        condition.type, path.child("conditions").index(index).child("Type"), NameRules.qualifiedName, into: &errors)
    }
    ValueRules.optionalName(
      status.nominatedNodeName, path.child("nominatedNodeName"), NameRules.dnsSubdomain, into: &errors)
    if !old.status.qosClass.isEmpty, status.qosClass != old.status.qosClass {
      errors.append(.invalid(path.child("qosClass"), status.qosClass, "field is immutable"))
    }
    transitions(pod, old, path, into: &errors)
    addresses(status, path, into: &errors)
  }

  // MARK: Containers

  /// A container that has ended for good stays ended, also when a late report says otherwise.
  private static func transitions(
    _ pod: CoreV1.Pod, _ old: CoreV1.Pod, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    func check(
      _ list: String, _ new: [CoreV1.ContainerStatus], _ before: [CoreV1.ContainerStatus], policy: String,
      restarting: Set<String> = []
    ) {
      guard policy != "Always" else { return }
      for (index, status) in before.enumerated() where !restarting.contains(status.name) {
        guard let ended = status.state.terminated, policy != "OnFailure" || ended.exitCode == 0,
          let now = new.first(where: { $0.name == status.name }), now.state.terminated == nil
        else { continue }
        errors.append(
          .forbidden(
            path.child(list).index(index).child("state"), "may not be transitioned to non-terminated state"))
      }
    }
    let policy = old.spec.restartPolicy
    check("containerStatuses", pod.status.containerStatuses, old.status.containerStatuses, policy: policy)
    check(
      "initContainerStatuses", pod.status.initContainerStatuses, old.status.initContainerStatuses, policy: policy,
      restarting: Set(old.spec.initContainers.filter { $0.restartPolicy == "Always" }.map(\.name)))
    check(
      "ephemeralContainerStatuses", pod.status.ephemeralContainerStatuses, old.status.ephemeralContainerStatuses,
      policy: "Never")
  }

  // MARK: Addresses

  /// The first of a pod's addresses is the one of the older field, which counts where both are given.
  static func alignAddresses(_ status: inout CoreV1.PodStatus) {
    if status.podIP.isEmpty {
      status.podIP = status.podIPs.first?.ip ?? ""
    } else if status.podIPs.first?.ip != status.podIP {
      status.podIPs = [CoreV1.PodIP(ip: status.podIP)]
    }
  }

  private static func addresses(
    _ status: CoreV1.PodStatus, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    let pods = path.child("podIPs")
    for (index, address) in status.podIPs.enumerated() {
      ValueRules.address(address.ip, pods.index(index), into: &errors)
    }
    tooManyOfAFamily(status.podIPs.map(\.ip), pods, status.podIPs.map(\.json), into: &errors)
    let hosts = path.child("hostIPs")
    if let first = status.hostIPs.first, first.ip != status.hostIP {
      errors.append(.invalid(hosts.index(0).child("ip"), first.ip, "must be equal to `hostIP`"))
    }
    for (index, address) in status.hostIPs.enumerated() {
      ValueRules.address(address.ip, hosts.index(index), into: &errors)
    }
    tooManyOfAFamily(status.hostIPs.map(\.ip), hosts, status.hostIPs.map(\.json), into: &errors)
  }

  private static func tooManyOfAFamily(
    _ addresses: [String], _ path: FieldPath, _ documents: [JSONValue], into errors: inout [FieldError]
  ) {
    guard addresses.count > 1 else { return }
    let sixes = addresses.filter { $0.contains(":") }.count
    if sixes > 1 || addresses.count - sixes > 1 {
      errors.append(
        .invalid(
          path, rendered: JSONValue.array(documents).description,
          "may specify no more than one IP for each IP family"))
    }
  }
}
