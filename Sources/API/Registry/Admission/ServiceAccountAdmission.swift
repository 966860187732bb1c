import KubernetesAPI

/// ServiceAccount: every pod runs as an account of its namespace, which has to exist, and finds that account's token,
/// the cluster's authority and the namespace's name in its containers unless pod or account say otherwise. Mirror pods,
/// which a kubelet makes of files, are left as they are and may refer to nothing.
struct ServiceAccountAdmission: MutatingPlugin, ValidatingPlugin {
  static let defaultName = "default"
  static let mirrorAnnotation = "kubernetes.io/config.mirror"
  private static let volumePrefix = "kube-api-access-"
  private static let mountPath = "/var/run/secrets/kubernetes.io/serviceaccount"
  /// An hour and seven seconds: by this odd time the issuer knows tokens whose users may not renew them yet.
  private static let tokenSeconds: Int64 = 3607
  private static let enforceAnnotation = "kubernetes.io/enforce-mountable-secrets"

  /// Whether tokens are issued at all: a volume that waits for one would keep its pod from starting.
  var mountsTokens = true

  func admit(
    _ pod: inout CoreV1.Pod, old: CoreV1.Pod?, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    guard request.operation == .create, request.subresource.isEmpty, !Self.isMirror(pod) else { return }
    if pod.spec.serviceAccountName.isEmpty { pod.spec.serviceAccountName = pod.spec.serviceAccount }
    if pod.spec.serviceAccountName.isEmpty { pod.spec.serviceAccountName = Self.defaultName }
    pod.spec.serviceAccount = pod.spec.serviceAccountName
    let account = try account(of: pod, request, facts)
    if mountsTokens, pod.spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true {
      mountToken(into: &pod.spec, facts)
    }
    if pod.spec.imagePullSecrets.isEmpty { pod.spec.imagePullSecrets = account.imagePullSecrets }
  }

  private static func isMirror(_ pod: CoreV1.Pod) -> Bool { pod.metadata.annotations[mirrorAnnotation] != nil }

  private func account(
    of pod: CoreV1.Pod, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) -> CoreV1.ServiceAccount {
    let name = pod.spec.serviceAccountName
    if let found = try facts.find(CoreV1.ServiceAccount.self, namespace: request.namespace, name: name) {
      return found
    }
    var refusal = request.refusal(
      "error looking up service account \(request.namespace)/\(name): serviceaccount \(FieldError.quoted(name)) "
        + "not found")
    // A new namespace's default account is about to be made.
    refusal.maySoonPass = name == Self.defaultName
    throw refusal
  }

  // MARK: The token

  private func mountToken(into spec: inout CoreV1.PodSpec, _ facts: any AdmissionFacts) {
    let existing = spec.volumes.first { $0.name.hasPrefix(Self.volumePrefix) }?.name
    let name = existing ?? Self.volumePrefix + facts.suffix()
    let mount = CoreV1.VolumeMount(name: name, readOnly: true, mountPath: Self.mountPath)
    var isNeeded = false
    func add(to container: inout CoreV1.Container) {
      if container.volumeMounts.contains(where: { $0.mountPath == Self.mountPath }) { return }
      container.volumeMounts.append(mount)
      isNeeded = true
    }
    for index in spec.initContainers.indices { add(to: &spec.initContainers[index]) }
    for index in spec.containers.indices { add(to: &spec.containers[index]) }
    if existing == nil, isNeeded { spec.volumes.append(Self.tokenVolume(name)) }
  }

  /// Defaults are written out: those of the schema have been filled in before.
  private static func tokenVolume(_ name: String) -> CoreV1.Volume {
    var volume = CoreV1.Volume()
    volume.name = name
    var source = CoreV1.ProjectedVolumeSource()
    source.defaultMode = 0o644
    var token = CoreV1.VolumeProjection()
    token.serviceAccountToken = CoreV1.ServiceAccountTokenProjection(expirationSeconds: tokenSeconds, path: "token")
    var authority = CoreV1.VolumeProjection()
    authority.configMap = CoreV1.ConfigMapProjection(
      name: "kube-root-ca.crt", items: [CoreV1.KeyToPath(key: "ca.crt", path: "ca.crt")])
    var namespace = CoreV1.VolumeProjection()
    namespace.downwardAPI = CoreV1.DownwardAPIProjection(items: [
      CoreV1.DownwardAPIVolumeFile(
        path: "namespace", fieldRef: CoreV1.ObjectFieldSelector(apiVersion: "v1", fieldPath: "metadata.namespace"))
    ])
    source.sources = [token, authority, namespace]
    volume.projected = source
    return volume
  }

  // MARK: Checks

  var kinds: [any KubernetesObject.Type] { [CoreV1.Pod.self] }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard let pod = object as? CoreV1.Pod else { return }
    if request.operation == .update, request.subresource == "ephemeralcontainers" {
      guard !pod.spec.serviceAccountName.isEmpty else { return }
      let account = try account(of: pod, request, facts)
      guard Self.isLimited(account) else { return }
      for container in pod.spec.ephemeralContainers {
        try limit(container.env, container.envFrom, container.name, "ephemeral container", account, request)
      }
      return
    }
    guard request.operation == .create, request.subresource.isEmpty else { return }
    if Self.isMirror(pod) { return try validateMirror(pod, request) }
    let account = try account(of: pod, request, facts)
    if Self.isLimited(account) { try limitSecrets(pod.spec, account, request) }
  }

  private func validateMirror(_ pod: CoreV1.Pod, _ request: AdmissionRequest) throws(AdmissionRefusal) {
    if !pod.spec.serviceAccountName.isEmpty {
      throw request.refusal("a mirror pod may not reference service accounts")
    }
    let references = PodObjectReferences(pod.spec)
    if references.hasSecrets { throw request.refusal("a mirror pod may not reference secrets") }
    if references.hasTokens {
      throw request.refusal("a mirror pod may not use ServiceAccountToken volume projections")
    }
  }

  // MARK: Secrets that an account may use

  private static func isLimited(_ account: CoreV1.ServiceAccount) -> Bool {
    ["1", "t", "T", "true", "TRUE", "True"].contains(account.metadata.annotations[enforceAnnotation] ?? "")
  }

  private func limitSecrets(
    _ spec: CoreV1.PodSpec, _ account: CoreV1.ServiceAccount, _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    let allowed = Set(account.secrets.map(\.name))
    for volume in spec.volumes {
      guard let secret = volume.secret, !allowed.contains(secret.secretName) else { continue }
      throw request.refusal(
        "volume with secret.secretName=\(FieldError.quoted(secret.secretName)) is not allowed because service account "
          + "\(account.metadata.name) does not reference that secret")
    }
    for container in spec.initContainers {
      try limit(container.env, container.envFrom, container.name, "init container", account, request)
    }
    for container in spec.containers {
      try limit(container.env, container.envFrom, container.name, "container", account, request)
    }
    let pull = Set(account.imagePullSecrets.map(\.name))
    for (index, reference) in spec.imagePullSecrets.enumerated() where !pull.contains(reference.name) {
      throw request.refusal(
        "imagePullSecrets[\(index)].name=\(FieldError.quoted(reference.name)) is not allowed because service account "
          + "\(account.metadata.name) does not reference that imagePullSecret")
    }
  }

  private func limit(
    _ variables: [CoreV1.EnvVar], _ sources: [CoreV1.EnvFromSource], _ container: String, _ role: String,
    _ account: CoreV1.ServiceAccount, _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    let allowed = Set(account.secrets.map(\.name))
    for variable in variables {
      guard let name = variable.valueFrom?.secretKeyRef?.name, !allowed.contains(name) else { continue }
      throw request.refusal(
        "\(role) \(container) with envVar \(variable.name) referencing secret.secretName=\(FieldError.quoted(name)) "
          + "is not allowed because service account \(account.metadata.name) does not reference that secret")
    }
    for source in sources {
      guard let name = source.secretRef?.name, !allowed.contains(name) else { continue }
      throw request.refusal(
        "\(role) \(container) with envFrom referencing secret.secretName=\(FieldError.quoted(name)) "
          + "is not allowed because service account \(account.metadata.name) does not reference that secret")
    }
  }
}
