extension SchemaTables {
  /// The types of metrics.k8s.io/v1beta1; the notation is explained in `SchemaTables`.
  static let metricsV1beta1: StaticString = """
    ContainerMetrics
     name 1 string -
     usage 2 {}Quantity -
    NodeMetrics kind
     metadata 1 meta/v1.ObjectMeta oe
     timestamp 2 Time -
     window 3 Duration -
     usage 4 {}Quantity -
    NodeMetricsList kind
     metadata 1 meta/v1.ListMeta e
     items 2 []NodeMetrics -
    PodMetrics kind
     metadata 1 meta/v1.ObjectMeta oe
     timestamp 2 Time -
     window 3 Duration -
     containers 4 []ContainerMetrics - list=atomic
    PodMetricsList kind
     metadata 1 meta/v1.ListMeta e
     items 2 []PodMetrics -
    """
}
