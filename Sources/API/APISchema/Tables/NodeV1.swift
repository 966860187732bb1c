extension SchemaTables {
  /// The types of node.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let nodeV1: StaticString = """
    Overhead
     podFixed 1 {}Quantity oe
    RuntimeClass kind
     metadata 1 meta/v1.ObjectMeta oe
     handler 2 string -
     overhead 3 Overhead oep
     scheduling 4 Scheduling oep
    RuntimeClassList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []RuntimeClass -
    Scheduling
     nodeSelector 1 {}string oe list=atomic
     tolerations 2 []core/v1.Toleration oe list=atomic
    """
}
