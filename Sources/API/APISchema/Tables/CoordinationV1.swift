extension SchemaTables {
  /// The types of coordination.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let coordinationV1: StaticString = """
    Lease kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 LeaseSpec oe
    LeaseList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Lease -
    LeaseSpec
     holderIdentity 1 string oep
     leaseDurationSeconds 2 int32 oep
     acquireTime 3 MicroTime oep
     renewTime 4 MicroTime oep
     leaseTransitions 5 int32 oep
     strategy 6 string oep enum=OldestEmulationVersion
     preferredHolder 7 string oep
    """
}
