extension SchemaTables {
  /// The types of autoscaling/v2; the notation is explained in `SchemaTables`.
  static let autoscalingV2: StaticString = """
    ContainerResourceMetricSource
     name 1 string -
     target 2 MetricTarget -
     container 3 string -
    ContainerResourceMetricStatus
     name 1 string -
     current 2 MetricValueStatus -
     container 3 string -
    CrossVersionObjectReference atomic
     kind 1 string -
     name 2 string -
     apiVersion 3 string oe
    ExternalMetricSource
     metric 1 MetricIdentifier -
     target 2 MetricTarget -
    ExternalMetricStatus
     metric 1 MetricIdentifier -
     current 2 MetricValueStatus -
    HPAScalingPolicy
     type 1 string - enum=Pods|Percent
     value 2 int32 -
     periodSeconds 3 int32 -
    HPAScalingRules
     stabilizationWindowSeconds 3 int32 oep
     selectPolicy 1 string oep enum=Max|Min|Disabled
     policies 2 []HPAScalingPolicy oe list=atomic
     tolerance 4 Quantity oep
    HorizontalPodAutoscaler kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 HorizontalPodAutoscalerSpec oe
     status 3 HorizontalPodAutoscalerStatus oe
    HorizontalPodAutoscalerBehavior
     scaleUp 1 HPAScalingRules oep
     scaleDown 2 HPAScalingRules oep
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
     metrics 4 []MetricSpec oe list=atomic
     behavior 5 HorizontalPodAutoscalerBehavior oep
    HorizontalPodAutoscalerStatus
     observedGeneration 1 int64 oep
     lastScaleTime 2 Time oep
     currentReplicas 3 int32 oe
     desiredReplicas 4 int32 -
     currentMetrics 5 []MetricStatus o list=atomic
     conditions 6 []HorizontalPodAutoscalerCondition oe patch=merge:type list=map:type
    MetricIdentifier
     name 1 string -
     selector 2 meta/v1.LabelSelector oep
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
    MetricTarget
     type 1 string - enum=Utilization|Value|AverageValue
     value 2 Quantity oep
     averageValue 3 Quantity oep
     averageUtilization 4 int32 oep
    MetricValueStatus
     value 1 Quantity oep
     averageValue 2 Quantity oep
     averageUtilization 3 int32 oep
    ObjectMetricSource
     describedObject 1 CrossVersionObjectReference -
     target 2 MetricTarget -
     metric 3 MetricIdentifier -
    ObjectMetricStatus
     metric 1 MetricIdentifier -
     current 2 MetricValueStatus -
     describedObject 3 CrossVersionObjectReference -
    PodsMetricSource
     metric 1 MetricIdentifier -
     target 2 MetricTarget -
    PodsMetricStatus
     metric 1 MetricIdentifier -
     current 2 MetricValueStatus -
    ResourceMetricSource
     name 1 string -
     target 2 MetricTarget -
    ResourceMetricStatus
     name 1 string -
     current 2 MetricValueStatus -
    """
}
