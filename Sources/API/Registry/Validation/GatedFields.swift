import KubernetesAPI

/// Fields of pods that are behind feature gates which Kubernetes 1.33 keeps closed. What a client sends in them is
/// dropped, unless the object has had it before.
enum GatedFields {
  static func drop(from spec: inout CoreV1.PodSpec, unlessIn old: CoreV1.PodSpec? = nil) {
    // PodLevelResources
    if old?.resources == nil { spec.resources = nil }
    // DynamicResourceAllocation
    if old?.resourceClaims.isEmpty ?? true { dropClaims(&spec) }
    // ImageVolume
    if !(old?.volumes.contains { $0.image != nil } ?? false) {
      for index in spec.volumes.indices where spec.volumes[index].image != nil { spec.volumes[index].image = nil }
    }
    // ClusterTrustBundleProjection
    if !(old.map(hasTrustBundle) ?? false), hasTrustBundle(spec) {
      for index in spec.volumes.indices {
        guard var projected = spec.volumes[index].projected else { continue }
        for source in projected.sources.indices { projected.sources[source].clusterTrustBundle = nil }
        spec.volumes[index].projected = projected
      }
    }
    // ContainerStopSignals
    if !(old.map(hasStopSignal) ?? false), hasStopSignal(spec) {
      for index in spec.containers.indices { spec.containers[index].lifecycle?.stopSignal = nil }
      for index in spec.initContainers.indices { spec.initContainers[index].lifecycle?.stopSignal = nil }
    }
  }

  private static func dropClaims(_ spec: inout CoreV1.PodSpec) {
    spec.resourceClaims = []
    for index in spec.containers.indices where !spec.containers[index].resources.claims.isEmpty {
      spec.containers[index].resources.claims = []
    }
    for index in spec.initContainers.indices where !spec.initContainers[index].resources.claims.isEmpty {
      spec.initContainers[index].resources.claims = []
    }
  }

  private static func hasTrustBundle(_ spec: CoreV1.PodSpec) -> Bool {
    spec.volumes.contains { $0.projected?.sources.contains { $0.clusterTrustBundle != nil } ?? false }
  }

  private static func hasStopSignal(_ spec: CoreV1.PodSpec) -> Bool {
    (spec.containers + spec.initContainers).contains { $0.lifecycle?.stopSignal != nil }
  }
}
