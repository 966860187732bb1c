package import KubernetesAPI
import PodRules

/// Which pods stand behind a Service, and at which ports. Pure; shared by Endpoints and EndpointSlices.
package enum EndpointRules {
  /// One of a Service's ports, as one pod serves it.
  package struct Port: Hashable, Comparable, Sendable {
    package var name: String
    package var `protocol`: String
    package var port: Int32
    package var appProtocol: String?

    package init(name: String = "", protocol: String = "TCP", port: Int32, appProtocol: String? = nil) {
      self.name = name
      self.protocol = `protocol`
      self.port = port
      self.appProtocol = appProtocol
    }

    package static func < (left: Port, right: Port) -> Bool {
      (left.name, left.protocol, left.port) < (right.name, right.protocol, right.port)
    }
  }

  /// The labels that select a Service's pods; `nil` when the Service gets no endpoints from its pods: it has no
  /// selector (somebody else writes them), or it is only a name.
  package static func selector(_ service: CoreV1.Service) -> [String: String]? {
    service.spec.selector.isEmpty || service.spec.type == "ExternalName" ? nil : service.spec.selector
  }

  package static func selects(_ service: CoreV1.Service, _ labels: [String: String]) -> Bool {
    selector(service)?.allSatisfy { labels[$0.key] == $0.value } ?? false
  }

  static func isHeadless(_ service: CoreV1.Service) -> Bool { service.spec.clusterIP == "None" }

  /// The pod can be an endpoint: it has an address, and its containers have not all ended.
  package static func isCandidate(_ pod: CoreV1.Pod) -> Bool { !pod.status.podIP.isEmpty && !pod.isFinished }

  /// The pod's ports for the Service's; a named target that the pod does not have is left out.
  package static func ports(_ service: CoreV1.Service, _ pod: CoreV1.Pod) -> [Port] {
    service.spec.ports.compactMap { port in
      let transport = port.protocol.isEmpty ? "TCP" : port.protocol
      guard let number = targetPort(port, transport: transport, pod) else { return nil }
      return Port(name: port.name, protocol: transport, port: number, appProtocol: port.appProtocol)
    }
  }

  private static func targetPort(_ port: CoreV1.ServicePort, transport: String, _ pod: CoreV1.Pod) -> Int32? {
    switch port.targetPort {
    case .int(let number): return number == 0 ? port.port : number
    case .string(let name):
      if name.isEmpty { return port.port }
      for container in pod.spec.containers + pod.spec.initContainers.filter(\.isSidecar) {
        for candidate in container.ports
        where candidate.name == name && (candidate.protocol.isEmpty ? "TCP" : candidate.protocol) == transport {
          return candidate.containerPort
        }
      }
      return nil
    }
  }

  /// The pod's own name in DNS, if it has one below the Service.
  static func hostname(_ service: CoreV1.Service, _ pod: CoreV1.Pod) -> String? {
    let hostname = pod.spec.hostname
    return !hostname.isEmpty && pod.spec.subdomain == service.metadata.name ? hostname : nil
  }

  static func reference(_ pod: CoreV1.Pod) -> CoreV1.ObjectReference {
    var reference = CoreV1.ObjectReference()
    reference.kind = "Pod"
    reference.namespace = pod.metadata.namespace
    reference.name = pod.metadata.name
    reference.uid = pod.metadata.uid
    return reference
  }
}
