// Kubelet: tests not written yet.
