extension CoreV1.Pod {
  /// The claim, in the pod's namespace, that one of its volumes stands for: the one that it names, or the one that is
  /// made for the pod and named after both (a generic ephemeral volume). Nil: the volume is of another kind.
  package func claimName(of volume: CoreV1.Volume) -> String? {
    if let source = volume.persistentVolumeClaim { return source.claimName }
    return volume.ephemeral == nil ? nil : "\(metadata.name)-\(volume.name)"
  }
}
