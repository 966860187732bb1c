// KubernetesAPI: tests not written yet.
