extension SchemaTables {
  /// The types of scheduling.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let schedulingV1: StaticString = """
    PriorityClass kind
     metadata 1 meta/v1.ObjectMeta oe
     value 2 int32 -
     globalDefault 3 bool oe
     description 4 string oe
     preemptionPolicy 5 string oep
    PriorityClassList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PriorityClass -
    """
}
