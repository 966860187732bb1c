import Access
import KubernetesAPI

/// NodeRestriction: what a kubelet's requests may be about, as far as only the objects themselves tell: its own Node,
/// Lease and CSINode, and the pods that are bound to it. The authoriser has let the request's path through already.
/// What it may ask tokens for is `NodeTokenRule`'s to say.
struct NodeRestriction: ValidatingPlugin {
  private static let leaseNamespace = "kube-node-lease"

  var kinds: [any KubernetesObject.Type] {
    [
      CoreV1.Pod.self, CoreV1.Node.self, CoreV1.PersistentVolumeClaim.self, CoordinationV1.Lease.self,
      StorageV1.CSINode.self,
    ]
  }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard let node = request.user.nodeName else { return }
    switch object {
    case let pod as CoreV1.Pod: try validate(pod, old: old as? CoreV1.Pod, node, request, facts)
    case let own as CoreV1.Node: try validate(own, old: old as? CoreV1.Node, node, request)
    case let claim as CoreV1.PersistentVolumeClaim:
      try validate(claim, old: old as? CoreV1.PersistentVolumeClaim, node, request)
    case is CoordinationV1.Lease:
      if request.namespace != Self.leaseNamespace {
        throw request.refusal(
          "can only access leases in the \(FieldError.quoted(Self.leaseNamespace)) system namespace")
      }
      if object.metadata.name != node {
        throw request.refusal("can only access node lease with the same name as the requesting node")
      }
    case is StorageV1.CSINode:
      if object.metadata.name != node {
        throw request.refusal("can only access CSINode with the same name as the requesting node")
      }
    default: break
    }
  }

  // MARK: Pods

  private func validate(
    _ pod: CoreV1.Pod, old: CoreV1.Pod?, _ node: String, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    let name = FieldError.quoted(node)
    switch (request.operation, request.subresource) {
    case (.create, ""): try validateMirror(pod, node, request, facts)
    case (.delete, ""), (.delete, "eviction"):
      guard pod.spec.nodeName != node else { return }
      let action = request.subresource.isEmpty ? "delete" : "evict"
      throw request.refusal("node \(name) can only \(action) pods with spec.nodeName set to itself")
    case (.update, "status"):
      guard let old else { return }
      if old.spec.nodeName != node {
        throw request.refusal("node \(name) can only update pod status for pods with spec.nodeName set to itself")
      }
      if pod.metadata.labels != old.metadata.labels {
        throw request.refusal("node \(name) cannot update labels through pod status")
      }
      if pod.status.resourceClaimStatuses != old.status.resourceClaimStatuses {
        throw request.refusal("node \(name) cannot update resource claim statuses")
      }
    case (.update, ""):
      throw request.refusal("unexpected operation \"UPDATE\", node \(name) can only create and delete mirror pods")
    default:
      throw request.refusal(
        "unexpected pod subresource \(FieldError.quoted(request.subresource)), only 'status' and 'eviction' are "
          + "allowed")
    }
  }

  /// A pod that a kubelet shows in the API because it runs it from a file.
  private func validateMirror(
    _ pod: CoreV1.Pod, _ node: String, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    let name = FieldError.quoted(node)
    let annotation = ServiceAccountAdmission.mirrorAnnotation
    if pod.metadata.annotations[annotation] == nil {
      throw request.refusal(
        "pod does not have \(FieldError.quoted(annotation)) annotation, node \(name) can only create mirror pods")
    }
    if pod.spec.nodeName != node {
      throw request.refusal("node \(name) can only create pods with spec.nodeName set to itself")
    }
    try validateOwner(pod.metadata.ownerReferences, node, request, facts)
    if !pod.spec.serviceAccountName.isEmpty {
      throw request.refusal("node \(name) can not create pods that reference a service account")
    }
    let references = PodObjectReferences(pod.spec)
    for (isThere, what) in [
      (references.hasSecrets, "secrets"), (references.hasConfigMaps, "configmaps"),
      (references.hasTrustBundles, "clustertrustbundles"), (references.hasClaims, "persistentvolumeclaims"),
      (!pod.spec.resourceClaims.isEmpty, "resourceclaims"),
    ] where isThere {
      throw request.refusal("node \(name) can not create pods that reference \(what)")
    }
  }

  private func validateOwner(
    _ owners: [MetaV1.OwnerReference], _ node: String, _ request: AdmissionRequest, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) {
    let name = FieldError.quoted(node)
    guard owners.count < 2 else {
      throw request.refusal("node \(name) can only create pods with a single owner reference set to itself")
    }
    guard let owner = owners.first, owner.apiVersion == "v1", owner.kind == "Node", owner.name == node else {
      throw request.refusal("node \(name) can only create pods with an owner reference set to itself")
    }
    guard owner.controller == true else {
      throw request.refusal("node \(name) can only create pods with a controller owner reference set to itself")
    }
    if owner.blockOwnerDeletion == true {
      throw request.refusal("node \(name) must not set blockOwnerDeletion on an owner reference")
    }
    guard let own = try facts.find(CoreV1.Node.self, name: node) else {
      throw AdmissionRefusal(.notFound(GroupResource(group: "", resource: "nodes"), name: node))
    }
    if owner.uid != own.metadata.uid {
      throw request.refusal("node \(node) UID mismatch: expected \(owner.uid) got \(own.metadata.uid)")
    }
  }

  // MARK: Nodes

  private func validate(
    _ own: CoreV1.Node, old: CoreV1.Node?, _ node: String, _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    let name = FieldError.quoted(node)
    if own.metadata.name != node {
      throw request.refusal("node \(name) is not allowed to modify node \(FieldError.quoted(own.metadata.name))")
    }
    switch request.operation {
    case .create:
      let wrong = Self.forbiddenLabels(own.metadata.labels, from: [:])
      if !wrong.isEmpty {
        throw request.refusal("is not allowed to set the following labels: \(wrong.joined(separator: ", "))")
      }
    case .update:
      guard let old else { return }
      if own.spec.taints != old.spec.taints { throw request.refusal("node \(name) is not allowed to modify taints") }
      let wrong = Self.forbiddenLabels(own.metadata.labels, from: old.metadata.labels)
      if !wrong.isEmpty {
        throw request.refusal("is not allowed to modify labels: \(wrong.joined(separator: ", "))")
      }
      if own.metadata.ownerReferences != old.metadata.ownerReferences {
        throw request.refusal("node \(name) is not allowed to modify ownerReferences")
      }
    case .delete: break
    }
  }

  /// Kubernetes' own labels that a kubelet may give its node.
  private static let ownLabels: Set<String> = [
    "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/arch",
    "beta.kubernetes.io/os", "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
    "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
    "node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type", "node.kubernetes.io/windows-build",
  ]

  /// Those that were changed and are Kubernetes' own, or meant to keep workloads apart, in order.
  private static func forbiddenLabels(_ labels: [String: String], from old: [String: String]) -> [String] {
    Set(labels.keys).union(old.keys).filter { key in
      guard labels[key] != old[key], let slash = key.firstIndex(of: "/") else { return false }
      let domain = String(key[..<slash])
      func lies(in parent: String) -> Bool { domain == parent || domain.hasSuffix("." + parent) }
      guard lies(in: "kubernetes.io") || lies(in: "k8s.io") else { return false }
      if lies(in: "node-restriction.kubernetes.io") { return true }
      return !ownLabels.contains(key) && !lies(in: "kubelet.kubernetes.io") && !lies(in: "node.kubernetes.io")
    }.sorted()
  }

  // MARK: Claims

  /// A kubelet tells how far it has come with making a claim's volume larger, and nothing else.
  private func validate(
    _ claim: CoreV1.PersistentVolumeClaim, old: CoreV1.PersistentVolumeClaim?, _ node: String,
    _ request: AdmissionRequest
  ) throws(AdmissionRefusal) {
    guard request.operation == .update, request.subresource == "status", let old else {
      let verb = request.operation == .create ? "CREATE" : request.operation == .delete ? "DELETE" : "UPDATE"
      throw request.refusal("unexpected operation \(FieldError.quoted(verb))")
    }
    var before = old
    var after = claim
    before.status = .init()
    after.status = .init()
    before.metadata.resourceVersion = after.metadata.resourceVersion
    before.metadata.managedFields = after.metadata.managedFields
    if before != after {
      throw request.refusal(
        "node \(FieldError.quoted(node)) is not allowed to update fields other than status.capacity, "
          + "status.conditions, status.allocatedResources and status.allocatedResourceStatuses")
    }
  }
}
