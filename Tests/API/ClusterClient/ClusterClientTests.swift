// ClusterClient: tests not written yet.
