// Kubelet: not built yet.
