// ClusterConfig: not built yet.
