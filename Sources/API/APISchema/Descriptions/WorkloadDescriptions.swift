extension Descriptions {
  /// Deployments; the notation is explained in `Descriptions`.
  static let appsV1: StaticString = """
    Deployment Keeps a number of equal pods running, and replaces them step by step when their template changes.
     metadata Name, labels and the like of the deployment.
     spec What is wanted.
     status What is.
    DeploymentList A list of deployments.
     metadata What the list says of itself.
     items The deployments.
    DeploymentSpec What a deployment is to keep running.
     replicas How many pods are wanted. Default 1.
     selector Which pods are the deployment's; it has to match the template's labels and cannot be changed.
     template What the pods look like. A change of it begins a rollout.
     strategy How old pods give way to new ones.
     minReadySeconds How many seconds a new pod has to be ready before it counts as available. Default 0.
     revisionHistoryLimit How many old replica sets are kept to roll back to. Default 10.
     paused Whether changes of the template wait instead of being rolled out.
     progressDeadlineSeconds After how many seconds without progress a rollout is reported as failed. Default 600.
    DeploymentStrategy How old pods give way to new ones.
     type RollingUpdate (step by step, the default) or Recreate (all old ones end first).
     rollingUpdate The steps of a rolling update.
    RollingUpdateDeployment How far a rolling update may stray from the wanted number of pods.
     maxUnavailable How many pods may be missing, as a number or a percentage (rounded down). Default 25%.
     maxSurge How many pods there may be too many, as a number or a percentage (rounded up). Default 25%.
    DeploymentStatus How far a deployment is.
     observedGeneration The generation of the deployment that this status is about.
     replicas How many pods there are, old and new ones.
     updatedReplicas How many pods are of the current template.
     readyReplicas How many pods are ready.
     availableReplicas How many pods have been ready for minReadySeconds.
     unavailableReplicas How many pods are missing until all that are wanted are available.
     terminatingReplicas How many pods are being deleted.
     conditions Aspects of its state: Available, Progressing, ReplicaFailure.
     collisionCount How often the name of a new replica set was taken; goes into the next name.
    DeploymentCondition One aspect of a deployment's state.
     type Name of the aspect: Available, Progressing, or ReplicaFailure.
     status Whether it holds: True, False, or Unknown.
     lastUpdateTime When the condition was last written.
     lastTransitionTime When the status last changed.
     reason Why, as one word in CamelCase for programs.
     message Why, as text for people.
    """
}
