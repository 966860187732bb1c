import JSONDocument

/// Defaults of services and of their endpoints. Addresses and IP families are the registry's to allocate.
enum ServiceDefaults {
  static func service(_ service: inout JSONValue) {
    service.update("spec") { spec in
      spec.setDefaultForZero("sessionAffinity", "None")
      switch spec["sessionAffinity"] {
      case "None": spec["sessionAffinityConfig"] = nil
      case "ClientIP":
        spec.setDefault("sessionAffinityConfig", [:])
        spec.update("sessionAffinityConfig") { config in
          config.setDefault("clientIP", [:])
          config.update("clientIP") { $0.setDefault("timeoutSeconds", 10800) }
        }
      default: break
      }
      spec.setDefaultForZero("type", "ClusterIP")
      spec.updateEach("ports") { port in
        port.setDefaultForZero("protocol", "TCP")
        if let number = port["port"] { port.setDefaultForZero("targetPort", number) }
      }
      let type = spec["type"]?.stringValue
      let isReachableFromOutside = type == "NodePort" || type == "LoadBalancer"
      let hasExternalIPs = !(spec["externalIPs"]?.arrayValue ?? []).isEmpty
      if isReachableFromOutside || type == "ClusterIP" && hasExternalIPs {
        spec.setDefaultForZero("externalTrafficPolicy", "Cluster")
      }
      if isReachableFromOutside || type == "ClusterIP" { spec.setDefault("internalTrafficPolicy", "Cluster") }
      if type == "LoadBalancer" { spec.setDefault("allocateLoadBalancerNodePorts", true) }
    }
    guard service["spec"]?["type"] == "LoadBalancer" else { return }
    service.update("status") { status in
      status.update("loadBalancer") { balancer in
        balancer.updateEach("ingress") { ingress in
          if !(ingress["ip"]?.stringValue ?? "").isEmpty { ingress.setDefault("ipMode", "VIP") }
        }
      }
    }
  }

  static func endpoints(_ endpoints: inout JSONValue) {
    endpoints.updateEach("subsets") { subset in
      subset.updateEach("ports") { $0.setDefaultForZero("protocol", "TCP") }
    }
  }
}
