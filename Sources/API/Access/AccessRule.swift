/// Verbs on resources of one group, everywhere or in one namespace.
struct AccessRule: Sendable {
  var group: String
  /// `pods`, `pods/status`; `*`: all of the group, with their subresources.
  var resources: Set<String>
  /// `*`: all.
  var verbs: Set<String>
  /// nil: everywhere.
  var namespace: String?
  /// nil: objects of any name.
  var names: Set<String>?

  init(
    _ group: String, _ resources: Set<String>, _ verbs: Set<String>, in namespace: String? = nil,
    named names: Set<String>? = nil
  ) {
    self.group = group
    self.resources = resources
    self.verbs = verbs
    self.namespace = namespace
    self.names = names
  }

  func covers(_ attributes: AccessAttributes) -> Bool {
    let resource =
      attributes.subresource.isEmpty
      ? attributes.resource : "\(attributes.resource)/\(attributes.subresource)"
    guard group == "*" || group == attributes.group else { return false }
    guard verbs.contains("*") || verbs.contains(attributes.verb) else { return false }
    guard resources.contains("*") || resources.contains(resource) else { return false }
    if let namespace, namespace != attributes.namespace { return false }
    if let names, !names.contains(attributes.name) { return false }
    return true
  }
}

extension AccessRule {
  static let read: Set<String> = ["get", "list", "watch"]
  static let write: Set<String> = ["create", "update", "patch", "delete"]
  static let all: Set<String> = ["*"]

  /// Leader election: a Lease in `kube-system` under the component's own name. A create names no object.
  private static func election(_ name: String) -> [AccessRule] {
    [
      AccessRule("coordination.k8s.io", ["leases"], ["create"], in: "kube-system"),
      AccessRule(
        "coordination.k8s.io", ["leases"], read.union(["update", "patch"]), in: "kube-system", named: [name]),
    ]
  }

  /// What every component may do to say what happens.
  private static let events = [
    AccessRule("", ["events"], ["create", "patch", "update"]),
    AccessRule("events.k8s.io", ["events"], ["create", "patch", "update"]),
  ]

  /// What every authenticated user may do: nothing yet that is about resources.
  static let everyone: [AccessRule] = []

  /// The controllers collect garbage and empty namespaces, so they read and delete everything; what they create and
  /// change is listed.
  static let controllerManager: [AccessRule] =
    events + [
      AccessRule("*", ["*"], ["get", "list", "watch", "delete", "deletecollection"]),
      AccessRule("*", ["*"], ["patch", "update"]),
      AccessRule(
        "", ["pods", "endpoints", "serviceaccounts", "configmaps", "secrets", "services", "namespaces"], ["create"]),
      AccessRule("", ["pods/eviction", "serviceaccounts/token"], ["create"]),
      AccessRule("apps", ["replicasets", "controllerrevisions"], ["create"]),
      AccessRule("batch", ["jobs"], ["create"]),
      AccessRule("discovery.k8s.io", ["endpointslices"], ["create"]),
      AccessRule("coordination.k8s.io", ["leases"], ["create"]),
      AccessRule("authentication.k8s.io", ["tokenreviews"], ["create"]),
      AccessRule("authorization.k8s.io", ["subjectaccessreviews"], ["create"]),
    ]

  static let scheduler: [AccessRule] =
    events + election("kube-scheduler") + [
      AccessRule("", ["nodes", "namespaces", "services", "replicationcontrollers"], read),
      AccessRule("", ["persistentvolumes", "persistentvolumeclaims"], read.union(["patch", "update"])),
      AccessRule("", ["pods"], read.union(["delete"])),
      AccessRule("", ["pods/status"], ["patch", "update"]),
      AccessRule("", ["pods/binding", "bindings"], ["create"]),
      AccessRule("apps", ["replicasets", "statefulsets"], read),
      AccessRule("policy", ["poddisruptionbudgets"], read),
      AccessRule("storage.k8s.io", ["*"], read),
    ]

  static let proxy: [AccessRule] =
    events + [
      AccessRule("", ["services", "endpoints", "nodes"], read),
      AccessRule("discovery.k8s.io", ["endpointslices"], read),
      AccessRule("networking.k8s.io", ["servicecidrs"], read),
    ]

  /// How a front-end reaches kubelets: the API of nodes, by proxy.
  static let kubeletClient: [AccessRule] = [
    AccessRule("", ["nodes/proxy", "nodes/stats", "nodes/log", "nodes/spec", "nodes/metrics"], all)
  ]
}
