extension SchemaTables {
  /// The types of policy/v1; the notation is explained in `SchemaTables`.
  static let policyV1: StaticString = """
    Eviction kind
     metadata 1 meta/v1.ObjectMeta oe
     deleteOptions 2 meta/v1.DeleteOptions oep
    PodDisruptionBudget kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PodDisruptionBudgetSpec oe
     status 3 PodDisruptionBudgetStatus oe
    PodDisruptionBudgetList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PodDisruptionBudget -
    PodDisruptionBudgetSpec
     minAvailable 1 IntOrString oep
     selector 2 meta/v1.LabelSelector oep patch=replace
     maxUnavailable 3 IntOrString oep
     unhealthyPodEvictionPolicy 4 string oep enum=IfHealthyBudget|AlwaysAllow
    PodDisruptionBudgetStatus
     observedGeneration 1 int64 oe
     disruptedPods 2 {}Time oe
     disruptionsAllowed 3 int32 -
     currentHealthy 4 int32 -
     desiredHealthy 5 int32 -
     expectedPods 6 int32 -
     conditions 7 []meta/v1.Condition oe patch=merge:type list=map:type
    """
}
