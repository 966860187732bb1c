extension SchemaTables {
  /// The types of apps/v1; the notation is explained in `SchemaTables`.
  static let appsV1: StaticString = """
    ControllerRevision kind
     metadata 1 meta/v1.ObjectMeta oe
     data 2 RawExtension e
     revision 3 int64 -
    ControllerRevisionList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ControllerRevision -
    DaemonSet kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 DaemonSetSpec oe
     status 3 DaemonSetStatus oe
    DaemonSetCondition
     type 1 string -
     status 2 string -
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    DaemonSetList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []DaemonSet -
    DaemonSetSpec
     selector 1 meta/v1.LabelSelector p
     template 2 core/v1.PodTemplateSpec -
     updateStrategy 3 DaemonSetUpdateStrategy oe
     minReadySeconds 4 int32 oe
     revisionHistoryLimit 6 int32 oep
    DaemonSetStatus
     currentNumberScheduled 1 int32 -
     numberMisscheduled 2 int32 -
     desiredNumberScheduled 3 int32 -
     numberReady 4 int32 -
     observedGeneration 5 int64 oe
     updatedNumberScheduled 6 int32 oe
     numberAvailable 7 int32 oe
     numberUnavailable 8 int32 oe
     collisionCount 9 int32 oep
     conditions 10 []DaemonSetCondition oe patch=merge:type list=map:type
    DaemonSetUpdateStrategy
     type 1 string oe enum=RollingUpdate|OnDelete
     rollingUpdate 2 RollingUpdateDaemonSet oep
    Deployment kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 DeploymentSpec oe
     status 3 DeploymentStatus oe
    DeploymentCondition
     type 1 string - enum=Available|Progressing|ReplicaFailure
     status 2 string -
     lastUpdateTime 6 Time e
     lastTransitionTime 7 Time e
     reason 4 string e
     message 5 string e
    DeploymentList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Deployment -
    DeploymentSpec
     replicas 1 int32 oep
     selector 2 meta/v1.LabelSelector p
     template 3 core/v1.PodTemplateSpec -
     strategy 4 DeploymentStrategy oe patch=retainKeys
     minReadySeconds 5 int32 oe
     revisionHistoryLimit 6 int32 oep
     paused 7 bool oe
     progressDeadlineSeconds 9 int32 ep
    DeploymentStatus
     observedGeneration 1 int64 oe
     replicas 2 int32 oe
     updatedReplicas 3 int32 oe
     readyReplicas 7 int32 oe
     availableReplicas 4 int32 oe
     unavailableReplicas 5 int32 oe
     terminatingReplicas 9 int32 oep
     conditions 6 []DeploymentCondition e patch=merge:type list=map:type
     collisionCount 8 int32 oep
    DeploymentStrategy
     type 1 string oe enum=Recreate|RollingUpdate
     rollingUpdate 2 RollingUpdateDeployment oep
    ReplicaSet kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ReplicaSetSpec oe
     status 3 ReplicaSetStatus oe
    ReplicaSetCondition
     type 1 string - enum=ReplicaFailure
     status 2 string -
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    ReplicaSetList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ReplicaSet -
    ReplicaSetSpec
     replicas 1 int32 oep
     minReadySeconds 4 int32 oe
     selector 2 meta/v1.LabelSelector p
     template 3 core/v1.PodTemplateSpec oe
    ReplicaSetStatus
     replicas 1 int32 -
     fullyLabeledReplicas 2 int32 oe
     readyReplicas 4 int32 oe
     availableReplicas 5 int32 oe
     terminatingReplicas 7 int32 oep
     observedGeneration 3 int64 oe
     conditions 6 []ReplicaSetCondition oe patch=merge:type list=map:type
    RollingUpdateDaemonSet
     maxUnavailable 1 IntOrString oep
     maxSurge 2 IntOrString oep
    RollingUpdateDeployment
     maxUnavailable 1 IntOrString oep
     maxSurge 2 IntOrString oep
    RollingUpdateStatefulSetStrategy
     partition 1 int32 oep
     maxUnavailable 2 IntOrString oep
    StatefulSet kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 StatefulSetSpec oe
     status 3 StatefulSetStatus oe
    StatefulSetCondition
     type 1 string -
     status 2 string -
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    StatefulSetList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []StatefulSet -
    StatefulSetOrdinals
     start 1 int32 o
    StatefulSetPersistentVolumeClaimRetentionPolicy
     whenDeleted 1 string e enum=Retain|Delete
     whenScaled 2 string e enum=Retain|Delete
    StatefulSetSpec
     replicas 1 int32 oep
     selector 2 meta/v1.LabelSelector p
     template 3 core/v1.PodTemplateSpec -
     volumeClaimTemplates 4 []core/v1.PersistentVolumeClaim oe list=atomic
     serviceName 5 string o
     podManagementPolicy 6 string oe enum=OrderedReady|Parallel
     updateStrategy 7 StatefulSetUpdateStrategy e
     revisionHistoryLimit 8 int32 ep
     minReadySeconds 9 int32 oe
     persistentVolumeClaimRetentionPolicy 10 StatefulSetPersistentVolumeClaimRetentionPolicy oep
     ordinals 11 StatefulSetOrdinals oep
    StatefulSetStatus
     observedGeneration 1 int64 oe
     replicas 2 int32 -
     readyReplicas 3 int32 e
     currentReplicas 4 int32 e
     updatedReplicas 5 int32 e
     currentRevision 6 string e
     updateRevision 7 string e
     collisionCount 9 int32 oep
     conditions 10 []StatefulSetCondition oe patch=merge:type list=map:type
     availableReplicas 11 int32 o
    StatefulSetUpdateStrategy
     type 1 string oe enum=RollingUpdate|OnDelete
     rollingUpdate 2 RollingUpdateStatefulSetStrategy oep
    """
}
