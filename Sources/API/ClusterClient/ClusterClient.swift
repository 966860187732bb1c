// ClusterClient: not built yet.
