extension SchemaTables {
  /// The types of autoscaling/v1; the notation is explained in `SchemaTables`.
  static let autoscalingV1: StaticString = """
    ContainerResourceMetricSource
     name 1 string -
     targetAverageUtilization 2 int32 oep
     targetAverageValue 3 Quantity oep
     container 5 string -
    ContainerResourceMetricStatus
     name 1 string -
     currentAverageUtilization 2 int32 oep
     currentAverageValue 3 Quantity -
     container 4 string -
    CrossVersionObjectReference atomic
     kind 1 string -
     name 2 string -
     apiVersion 3 string oe
    ExternalMetricSource
     metricName 1 string -
     metricSelector 2 meta/v1.LabelSelector oep
     targetValue 3 Quantity oep
     targetAverageValue 4 Quantity oep
    ExternalMetricStatus
     metricName 1 string -
     metricSelector 2 meta/v1.LabelSelector oep
     currentValue 3 Quantity -
     currentAverageValue 4 Quantity oep
    HorizontalPodAutoscaler kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 HorizontalPodAutoscalerSpec oe
     status 3 HorizontalPodAutoscalerStatus oe
    HorizontalPodAutoscalerCondition
     type 1 string - enum=ScalingActive|AbleToScale|ScalingLimited
     status 2 string -
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    HorizontalPodAutoscalerList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []HorizontalPodAutoscaler -
    HorizontalPodAutoscalerSpec
     scaleTargetRef 1 CrossVersionObjectReference -
     minReplicas 2 int32 oep
     maxReplicas 3 int32 -
     targetCPUUtilizationPercentage 4 int32 oep
    HorizontalPodAutoscalerStatus
     observedGeneration 1 int64 oep
     lastScaleTime 2 Time oep
     currentReplicas 3 int32 -
     desiredReplicas 4 int32 -
     currentCPUUtilizationPercentage 5 int32 oep
    MetricSpec
     type 1 string - enum=Object|Pods|Resource|ContainerResource|External
     object 2 ObjectMetricSource oep
     pods 3 PodsMetricSource oep
     resource 4 ResourceMetricSource oep
     containerResource 7 ContainerResourceMetricSource oep
     external 5 ExternalMetricSource oep
    MetricStatus
     type 1 string - enum=Object|Pods|Resource|ContainerResource|External
     object 2 ObjectMetricStatus oep
     pods 3 PodsMetricStatus oep
     resource 4 ResourceMetricStatus oep
     containerResource 7 ContainerResourceMetricStatus oep
     external 5 ExternalMetricStatus oep
    ObjectMetricSource
     target 1 CrossVersionObjectReference -
     metricName 2 string -
     targetValue 3 Quantity -
     selector 4 meta/v1.LabelSelector oep
     averageValue 5 Quantity oep
    ObjectMetricStatus
     target 1 CrossVersionObjectReference -
     metricName 2 string -
     currentValue 3 Quantity -
     selector 4 meta/v1.LabelSelector oep
     averageValue 5 Quantity oep
    PodsMetricSource
     metricName 1 string -
     targetAverageValue 2 Quantity -
     selector 3 meta/v1.LabelSelector oep
    PodsMetricStatus
     metricName 1 string -
     currentAverageValue 2 Quantity -
     selector 3 meta/v1.LabelSelector oep
    ResourceMetricSource
     name 1 string -
     targetAverageUtilization 2 int32 oep
     targetAverageValue 3 Quantity oep
    ResourceMetricStatus
     name 1 string -
     currentAverageUtilization 2 int32 oep
     currentAverageValue 3 Quantity -
    Scale kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ScaleSpec oe
     status 3 ScaleStatus oe
    ScaleSpec
     replicas 1 int32 oe
    ScaleStatus
     replicas 1 int32 -
     selector 2 string oe
    """
}
