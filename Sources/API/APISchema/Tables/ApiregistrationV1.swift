extension SchemaTables {
  /// The types of apiregistration.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let apiregistrationV1: StaticString = """
    APIService kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 APIServiceSpec e
     status 3 APIServiceStatus e
    APIServiceCondition
     type 1 string - enum=Available
     status 2 string - enum=True|False|Unknown
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    APIServiceList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []APIService -
    APIServiceSpec
     service 1 ServiceReference oep
     group 2 string e
     version 3 string e
     insecureSkipTLSVerify 4 bool e
     caBundle 5 bytes oe
     groupPriorityMinimum 7 int32 -
     versionPriority 8 int32 -
    APIServiceStatus
     conditions 1 []APIServiceCondition oe patch=merge:type list=map:type
    ServiceReference
     namespace 1 string e
     name 2 string e
     port 3 int32 oep
    """
}
