extension ResourceTable {
  /// What Apus serves: discovery, OpenAPI and the registry show only this.
  package static let served: ResourceTable = builtIn.filter { resource in
    servedNames[resource.groupVersion.apiVersion]?.contains(resource.name) ?? false
  }

  private static let servedNames: [String: Set<String>] = [
    "v1": [
      "bindings", "configmaps", "endpoints", "events", "namespaces", "namespaces/finalize", "namespaces/status",
      "nodes", "nodes/status", "pods", "pods/binding", "pods/eviction", "pods/log", "pods/status", "secrets",
      "serviceaccounts", "services", "services/status",
    ],
    "apps/v1": [
      "deployments", "deployments/scale", "deployments/status", "replicasets", "replicasets/scale",
      "replicasets/status",
    ],
    "coordination.k8s.io/v1": ["leases"],
    "discovery.k8s.io/v1": ["endpointslices"],
    "events.k8s.io/v1": ["events"],
  ]
}
