import KubernetesAPI

/// The objects that a pod's kubelet has to read so that the pod can run.
struct PodReferences: Hashable, Sendable {
  var secrets: Set<String> = []
  var configMaps: Set<String> = []
  var claims: Set<String> = []
  var serviceAccount = ""

  /// None.
  init() {}

  /// All lie in the pod's own namespace.
  init(_ pod: CoreV1.Pod) {
    // A mirror pod only shows what a kubelet runs by itself: it must not open anything.
    if pod.metadata.annotations["kubernetes.io/config.mirror"] != nil { return }
    serviceAccount = pod.spec.serviceAccountName
    secrets.formUnion(pod.spec.imagePullSecrets.map(\.name))
    for container in pod.spec.initContainers + pod.spec.containers { add(container.envFrom, container.env) }
    for container in pod.spec.ephemeralContainers { add(container.envFrom, container.env) }
    for volume in pod.spec.volumes { add(volume, of: pod) }
    secrets.remove("")
    configMaps.remove("")
    claims.remove("")
  }

  private mutating func add(_ sources: [CoreV1.EnvFromSource], _ variables: [CoreV1.EnvVar]) {
    for source in sources {
      if let name = source.secretRef?.name { secrets.insert(name) }
      if let name = source.configMapRef?.name { configMaps.insert(name) }
    }
    for variable in variables {
      if let name = variable.valueFrom?.secretKeyRef?.name { secrets.insert(name) }
      if let name = variable.valueFrom?.configMapKeyRef?.name { configMaps.insert(name) }
    }
  }

  private mutating func add(_ volume: CoreV1.Volume, of pod: CoreV1.Pod) {
    let secretNames = [
      volume.secret?.secretName, volume.azureFile?.secretName, volume.cephfs?.secretRef?.name,
      volume.cinder?.secretRef?.name, volume.flexVolume?.secretRef?.name, volume.rbd?.secretRef?.name,
      volume.scaleIO?.secretRef?.name, volume.iscsi?.secretRef?.name, volume.storageos?.secretRef?.name,
      volume.csi?.nodePublishSecretRef?.name,
    ]
    secrets.formUnion(secretNames.compactMap { $0 })
    if let name = volume.configMap?.name { configMaps.insert(name) }
    for source in volume.projected?.sources ?? [] {
      if let name = source.secret?.name { secrets.insert(name) }
      if let name = source.configMap?.name { configMaps.insert(name) }
    }
    if let claim = pod.claimName(of: volume) { claims.insert(claim) }
  }
}

/// What a volume needs of its node beside itself.
struct VolumeReferences: Hashable, Sendable {
  /// The claim that it is bound to; nil: none.
  var claim: ObjectPlace?
  var secrets: Set<ObjectPlace> = []

  init(_ volume: CoreV1.PersistentVolume) {
    let spec = volume.spec
    guard let reference = spec.claimRef else { return }
    claim = ObjectPlace(namespace: reference.namespace, name: reference.name)
    // Without a namespace a secret lies where the claim does.
    func add(_ namespace: String?, _ name: String?) {
      guard let name, !name.isEmpty else { return }
      let namespace = namespace ?? ""
      secrets.insert(ObjectPlace(namespace: namespace.isEmpty ? reference.namespace : namespace, name: name))
    }
    func add(_ secret: CoreV1.SecretReference?) { add(secret?.namespace, secret?.name) }
    add(spec.azureFile?.secretNamespace, spec.azureFile?.secretName)
    add(spec.cephfs?.secretRef)
    add(spec.cinder?.secretRef)
    add(spec.flexVolume?.secretRef)
    add(spec.rbd?.secretRef)
    add(spec.scaleIO?.secretRef)
    add(spec.iscsi?.secretRef)
    add(spec.storageos?.secretRef?.namespace, spec.storageos?.secretRef?.name)
    add(spec.csi?.controllerPublishSecretRef)
    add(spec.csi?.nodePublishSecretRef)
    add(spec.csi?.nodeStageSecretRef)
    add(spec.csi?.controllerExpandSecretRef)
    add(spec.csi?.nodeExpandSecretRef)
  }
}

/// An object of a known kind.
package struct ObjectPlace: Hashable, Sendable {
  package var namespace: String
  package var name: String

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }
}
