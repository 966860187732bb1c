import JSONDocument

/// Defaults of pods and of everything that has a pod template.
enum PodDefaults {
  /// A pod: also gets what a template leaves open.
  static func pod(_ pod: inout JSONValue) {
    pod.update("spec") { spec in
      self.spec(&spec)
      spec.setDefault("enableServiceLinks", true)
      if spec["hostNetwork"] == true {
        for list in ["initContainers", "containers"] { spec.updateEach(list, hostPorts) }
      }
      for list in ["containers", "initContainers"] { spec.updateEach(list, requestsFromLimits) }
    }
  }

  /// A pod template.
  static func template(_ template: inout JSONValue) { template.update("spec", spec) }

  static func spec(_ spec: inout JSONValue) {
    spec.setDefaultForZero("restartPolicy", "Always")
    spec.setDefault("terminationGracePeriodSeconds", 30)
    spec.setDefaultForZero("dnsPolicy", "ClusterFirst")
    spec.setDefault("securityContext", [:])
    spec.setDefaultForZero("schedulerName", "default-scheduler")
    for list in ["initContainers", "containers", "ephemeralContainers"] { spec.updateEach(list, container) }
    spec.updateEach("volumes", volume)
  }

  // MARK: - Containers

  private static func container(_ container: inout JSONValue) {
    container.setDefaultForZero("imagePullPolicy", .string(pullPolicy(of: container["image"]?.stringValue ?? "")))
    container.setDefaultForZero("terminationMessagePath", "/dev/termination-log")
    container.setDefaultForZero("terminationMessagePolicy", "File")
    container.setDefault("resources", [:])
    container.update("resources") { resources in
      for list in ["limits", "requests"] { resources.update(list, CoreDefaults.roundUp) }
    }
    container.updateEach("env") { variable in
      variable.update("valueFrom") { source in
        source.update("fieldRef") { $0.setDefaultForZero("apiVersion", "v1") }
        source.update("resourceFieldRef") { $0.setDefault("divisor", "0") }
      }
    }
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] { container.update(name, probe) }
    container.update("lifecycle") { lifecycle in
      for name in ["postStart", "preStop"] { lifecycle.update(name) { $0.update("httpGet", httpGet) } }
    }
  }

  /// In the host's network a container's port is the host's.
  private static func hostPorts(_ container: inout JSONValue) {
    container.updateEach("ports") { port in
      if let number = port["containerPort"] { port.setDefaultForZero("hostPort", number) }
    }
  }

  /// `Always` for the tag `latest`, also implied; else `IfNotPresent`.
  private static func pullPolicy(of image: String) -> String {
    guard !image.isEmpty else { return "IfNotPresent" }
    let name = image.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let hasDigest = name.count > 1
    // A colon before the last slash belongs to the registry's port.
    let last = name[0].split(separator: "/").last ?? ""
    let parts = last.split(separator: ":", maxSplits: 1)
    let tag = parts.count > 1 ? String(parts[1]) : hasDigest ? "" : "latest"
    return tag == "latest" ? "Always" : "IfNotPresent"
  }

  private static func probe(_ probe: inout JSONValue) {
    probe.setDefaultForZero("timeoutSeconds", 1)
    probe.setDefaultForZero("periodSeconds", 10)
    probe.setDefaultForZero("successThreshold", 1)
    probe.setDefaultForZero("failureThreshold", 3)
    probe.update("httpGet", httpGet)
  }

  private static func httpGet(_ action: inout JSONValue) {
    action.setDefaultForZero("path", "/")
    action.setDefaultForZero("scheme", "HTTP")
  }

  /// A limit without a request asks for as much.
  private static func requestsFromLimits(_ container: inout JSONValue) {
    container.update("resources") { resources in
      guard case .object(let limits)? = resources["limits"], !limits.isEmpty else { return }
      resources.setDefault("requests", [:])
      resources.update("requests") { requests in
        for limit in limits.members { requests.setDefault(limit.key, limit.value) }
      }
    }
  }

  // MARK: - Volumes

  private static func volume(_ volume: inout JSONValue) {
    guard case .object(let members) = volume else { return }
    if !members.members.contains(where: { $0.key != "name" && !$0.value.isNull }) { volume["emptyDir"] = [:] }
    for name in ["secret", "configMap"] { volume.update(name) { $0.setDefault("defaultMode", 0o644) } }
    volume.update("downwardAPI") { source in
      source.setDefault("defaultMode", 0o644)
      source.updateEach("items", downwardItem)
    }
    volume.update("projected") { projected in
      projected.setDefault("defaultMode", 0o644)
      projected.updateEach("sources") { source in
        source.update("serviceAccountToken") { $0.setDefault("expirationSeconds", 3600) }
        source.update("downwardAPI") { $0.updateEach("items", downwardItem) }
      }
    }
    volume.update("hostPath") { $0.setDefault("type", "") }
    volume.update("scaleIO") { source in
      source.setDefaultForZero("storageMode", "ThinProvisioned")
      source.setDefaultForZero("fsType", "xfs")
    }
    volume.update("ephemeral") { source in
      source.update("volumeClaimTemplate") { $0.update("spec", CoreDefaults.claimSpec) }
    }
  }

  private static func downwardItem(_ item: inout JSONValue) {
    item.update("fieldRef") { $0.setDefaultForZero("apiVersion", "v1") }
    item.update("resourceFieldRef") { $0.setDefault("divisor", "0") }
  }
}
