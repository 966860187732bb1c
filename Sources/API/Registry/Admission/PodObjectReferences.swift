import KubernetesAPI

/// Which kinds of other objects a pod refers to: what a kubelet's mirror pods may not.
struct PodObjectReferences {
  var hasSecrets = false
  var hasConfigMaps = false
  var hasTokens = false
  var hasTrustBundles = false
  var hasClaims = false

  init(_ spec: CoreV1.PodSpec) {
    hasSecrets = !spec.imagePullSecrets.isEmpty
    for volume in spec.volumes {
      if volume.secret != nil || Self.secretOfDriver(volume) { hasSecrets = true }
      if volume.configMap != nil { hasConfigMaps = true }
      if volume.persistentVolumeClaim != nil || volume.ephemeral != nil { hasClaims = true }
      for source in volume.projected?.sources ?? [] {
        if source.secret != nil { hasSecrets = true }
        if source.configMap != nil { hasConfigMaps = true }
        if source.serviceAccountToken != nil { hasTokens = true }
        if source.clusterTrustBundle != nil { hasTrustBundles = true }
      }
    }
    for container in spec.initContainers + spec.containers { note(container.env, container.envFrom) }
    for container in spec.ephemeralContainers { note(container.env, container.envFrom) }
  }

  private mutating func note(_ variables: [CoreV1.EnvVar], _ sources: [CoreV1.EnvFromSource]) {
    for variable in variables {
      if variable.valueFrom?.secretKeyRef != nil { hasSecrets = true }
      if variable.valueFrom?.configMapKeyRef != nil { hasConfigMaps = true }
    }
    for source in sources {
      if source.secretRef != nil { hasSecrets = true }
      if source.configMapRef != nil { hasConfigMaps = true }
    }
  }

  /// Sources of volumes that need a secret to be reached.
  private static func secretOfDriver(_ volume: CoreV1.Volume) -> Bool {
    if volume.azureFile != nil || volume.csi?.nodePublishSecretRef != nil { return true }
    if volume.cephfs?.secretRef != nil || volume.cinder?.secretRef != nil { return true }
    if volume.flexVolume?.secretRef != nil || volume.rbd?.secretRef != nil { return true }
    if volume.scaleIO?.secretRef != nil || volume.iscsi?.secretRef != nil { return true }
    return volume.storageos?.secretRef != nil
  }
}
