// ClusterConfig: tests not written yet.
