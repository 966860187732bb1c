// KubernetesAPI: not built yet.
