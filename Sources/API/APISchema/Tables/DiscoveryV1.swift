extension SchemaTables {
  /// The types of discovery.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let discoveryV1: StaticString = """
    Endpoint
     addresses 1 []string - list=set
     conditions 2 EndpointConditions e
     hostname 3 string oep
     targetRef 4 core/v1.ObjectReference oep
     deprecatedTopology 5 {}string oe
     nodeName 6 string oep
     zone 7 string oep
     hints 8 EndpointHints oep
    EndpointConditions
     ready 1 bool oep
     serving 2 bool oep
     terminating 3 bool oep
    EndpointHints
     forZones 1 []ForZone e list=atomic
     forNodes 2 []ForNode e list=atomic
    EndpointPort atomic
     name 1 string ep
     protocol 2 string ep
     port 3 int32 ep
     appProtocol 4 string oep
    EndpointSlice kind
     metadata 1 meta/v1.ObjectMeta oe
     addressType 4 string -
     endpoints 2 []Endpoint - list=atomic
     ports 3 []EndpointPort o list=atomic
    EndpointSliceList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []EndpointSlice -
    ForNode
     name 1 string -
    ForZone
     name 1 string -
    """
}
