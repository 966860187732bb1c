extension ResourceTable {
  /// What Apus serves: discovery, OpenAPI and the registry show only this.
  package static let served: ResourceTable = builtIn.filter { resource in
    servedNames[resource.groupVersion.apiVersion]?.contains(resource.name) ?? false
  }

  private static let servedNames: [String: Set<String>] = [
    "v1": [
      "bindings", "componentstatuses", "configmaps", "endpoints", "events", "limitranges", "namespaces",
      "namespaces/finalize", "namespaces/status", "nodes", "nodes/proxy", "nodes/status", "persistentvolumeclaims",
      "persistentvolumeclaims/status", "persistentvolumes", "persistentvolumes/status", "pods", "pods/attach",
      "pods/binding", "pods/ephemeralcontainers", "pods/eviction", "pods/exec", "pods/log", "pods/portforward",
      "pods/proxy", "pods/resize", "pods/status", "podtemplates", "replicationcontrollers",
      "replicationcontrollers/scale", "replicationcontrollers/status", "resourcequotas", "resourcequotas/status",
      "secrets", "serviceaccounts", "serviceaccounts/token", "services", "services/proxy", "services/status",
    ],
    "apps/v1": [
      "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale",
      "deployments/status", "replicasets", "replicasets/scale", "replicasets/status", "statefulsets",
      "statefulsets/scale", "statefulsets/status",
    ],
    "authentication.k8s.io/v1": ["selfsubjectreviews", "tokenreviews"],
    "authorization.k8s.io/v1": [
      "localsubjectaccessreviews", "selfsubjectaccessreviews", "selfsubjectrulesreviews", "subjectaccessreviews",
    ],
    "autoscaling/v1": ["horizontalpodautoscalers", "horizontalpodautoscalers/status"],
    "autoscaling/v2": ["horizontalpodautoscalers", "horizontalpodautoscalers/status"],
    "batch/v1": ["cronjobs", "cronjobs/status", "jobs", "jobs/status"],
    "policy/v1": ["poddisruptionbudgets", "poddisruptionbudgets/status"],
    "coordination.k8s.io/v1": ["leases"],
    "discovery.k8s.io/v1": ["endpointslices"],
    "events.k8s.io/v1": ["events"],
    "networking.k8s.io/v1": [
      "ingressclasses", "ingresses", "ingresses/status", "ipaddresses", "networkpolicies", "servicecidrs",
      "servicecidrs/status",
    ],
    "storage.k8s.io/v1": [
      "csidrivers", "csinodes", "csistoragecapacities", "storageclasses", "volumeattachments",
      "volumeattachments/status",
    ],
    "rbac.authorization.k8s.io/v1": ["clusterrolebindings", "clusterroles", "rolebindings", "roles"],
    "certificates.k8s.io/v1": [
      "certificatesigningrequests", "certificatesigningrequests/approval", "certificatesigningrequests/status",
    ],
    "scheduling.k8s.io/v1": ["priorityclasses"],
    "node.k8s.io/v1": ["runtimeclasses"],
  ]
}
