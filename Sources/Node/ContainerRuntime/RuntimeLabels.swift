/// The labels and annotations by which a node's containers are found again, after a restart of the kubelet too.
/// The label names are Kubernetes' own, so that `crictl` and monitoring tools find their way.
package enum RuntimeLabels {
  package static let podName = "io.kubernetes.pod.name"
  package static let podNamespace = "io.kubernetes.pod.namespace"
  package static let podUID = "io.kubernetes.pod.uid"
  package static let containerName = "io.kubernetes.container.name"
  /// Annotation: changes when the container's specification does.
  package static let containerHash = "io.kubernetes.container.hash"
  /// Annotation: how often a container of this name was started before in this pod.
  package static let restartCount = "io.kubernetes.container.restartCount"
  /// Annotation: the path, inside of the container, of the file whose content becomes the termination message.
  package static let terminationMessagePath = "io.kubernetes.container.terminationMessagePath"
  /// Annotation: "File" or "FallbackToLogsOnError".
  package static let terminationMessagePolicy = "io.kubernetes.container.terminationMessagePolicy"
  /// Annotation: the pod's grace period, for pods that are no longer known when they are stopped.
  package static let podTerminationGrace = "io.kubernetes.pod.terminationGracePeriod"
}
