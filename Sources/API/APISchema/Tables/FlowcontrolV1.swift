extension SchemaTables {
  /// The types of flowcontrol.apiserver.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let flowcontrolV1: StaticString = """
    ExemptPriorityLevelConfiguration
     nominalConcurrencyShares 1 int32 oep
     lendablePercent 2 int32 oep
    FlowDistinguisherMethod
     type 1 string - enum=ByUser|ByNamespace
    FlowSchema kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 FlowSchemaSpec oe
     status 3 FlowSchemaStatus oe
    FlowSchemaCondition
     type 1 string e
     status 2 string e enum=True|False|Unknown
     lastTransitionTime 3 Time e
     reason 4 string e
     message 5 string e
    FlowSchemaList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []FlowSchema -
    FlowSchemaSpec
     priorityLevelConfiguration 1 PriorityLevelConfigurationReference -
     matchingPrecedence 2 int32 o
     distinguisherMethod 3 FlowDistinguisherMethod oep
     rules 4 []PolicyRulesWithSubjects oe list=atomic
    FlowSchemaStatus
     conditions 1 []FlowSchemaCondition oe patch=merge:type list=map:type
    GroupSubject
     name 1 string -
    LimitResponse
     type 1 string - enum=Queue|Reject
     queuing 2 QueuingConfiguration oep
    LimitedPriorityLevelConfiguration
     nominalConcurrencyShares 1 int32 op
     limitResponse 2 LimitResponse e
     lendablePercent 3 int32 oep
     borrowingLimitPercent 4 int32 oep
    NonResourcePolicyRule
     verbs 1 []string - list=set
     nonResourceURLs 6 []string - list=set
    PolicyRulesWithSubjects
     subjects 1 []Subject - list=atomic
     resourceRules 2 []ResourcePolicyRule oe list=atomic
     nonResourceRules 3 []NonResourcePolicyRule oe list=atomic
    PriorityLevelConfiguration kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PriorityLevelConfigurationSpec oe
     status 3 PriorityLevelConfigurationStatus oe
    PriorityLevelConfigurationCondition
     type 1 string e
     status 2 string e enum=True|False|Unknown
     lastTransitionTime 3 Time e
     reason 4 string e
     message 5 string e
    PriorityLevelConfigurationList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PriorityLevelConfiguration -
    PriorityLevelConfigurationReference
     name 1 string -
    PriorityLevelConfigurationSpec
     type 1 string - enum=Exempt|Limited
     limited 2 LimitedPriorityLevelConfiguration oep
     exempt 3 ExemptPriorityLevelConfiguration oep
    PriorityLevelConfigurationStatus
     conditions 1 []PriorityLevelConfigurationCondition oe patch=merge:type list=map:type
    QueuingConfiguration
     queues 1 int32 o
     handSize 2 int32 o
     queueLengthLimit 3 int32 o
    ResourcePolicyRule
     verbs 1 []string - list=set
     apiGroups 2 []string - list=set
     resources 3 []string - list=set
     clusterScope 4 bool oe
     namespaces 5 []string o list=set
    ServiceAccountSubject
     namespace 1 string -
     name 2 string -
    Subject
     kind 1 string - enum=User|Group|ServiceAccount
     user 2 UserSubject oep
     group 3 GroupSubject oep
     serviceAccount 4 ServiceAccountSubject oep
    UserSubject
     name 1 string -
    """
}
