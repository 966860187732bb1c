extension SchemaTables {
  /// The types of admissionregistration.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let admissionregistrationV1: StaticString = """
    AuditAnnotation
     key 1 string -
     valueExpression 2 string -
    ExpressionWarning
     fieldRef 2 string -
     warning 3 string -
    MatchCondition
     name 1 string -
     expression 2 string -
    MatchResources
     namespaceSelector 1 meta/v1.LabelSelector oep
     objectSelector 2 meta/v1.LabelSelector oep
     resourceRules 3 []NamedRuleWithOperations oe list=atomic
     excludeResourceRules 4 []NamedRuleWithOperations oe list=atomic
     matchPolicy 7 string oep enum=Exact|Equivalent
    MutatingWebhook
     name 1 string -
     clientConfig 2 WebhookClientConfig -
     rules 3 []RuleWithOperations e list=atomic
     failurePolicy 4 string oep enum=Ignore|Fail
     matchPolicy 9 string oep enum=Exact|Equivalent
     namespaceSelector 5 meta/v1.LabelSelector oep
     objectSelector 11 meta/v1.LabelSelector oep
     sideEffects 6 string p enum=Unknown|None|Some|NoneOnDryRun
     timeoutSeconds 7 int32 oep
     admissionReviewVersions 8 []string - list=atomic
     reinvocationPolicy 10 string oep enum=Never|IfNeeded
     matchConditions 12 []MatchCondition oe patch=merge:name list=map:name
    MutatingWebhookConfiguration kind
     metadata 1 meta/v1.ObjectMeta oe
     webhooks 2 []MutatingWebhook oe patch=merge:name list=map:name
    MutatingWebhookConfigurationList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []MutatingWebhookConfiguration -
    NamedRuleWithOperations
     resourceNames 1 []string oe list=atomic
     ruleWithOperations 2 RuleWithOperations i
    ParamKind
     apiVersion 1 string e
     kind 2 string e
    ParamRef
     name 1 string e
     namespace 2 string oe
     selector 3 meta/v1.LabelSelector oep
     parameterNotFoundAction 4 string ep enum=Allow|Deny
    Rule
     apiGroups 1 []string e list=atomic
     apiVersions 2 []string e list=atomic
     resources 3 []string e list=atomic
     scope 4 string oep enum=Cluster|Namespaced|*
    RuleWithOperations
     operations 1 []string e list=atomic enum=*|CREATE|UPDATE|DELETE|CONNECT
     rule 2 Rule i
    ServiceReference
     namespace 1 string -
     name 2 string -
     path 3 string oep
     port 4 int32 oep
    TypeChecking
     expressionWarnings 1 []ExpressionWarning oe list=atomic
    ValidatingAdmissionPolicy kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ValidatingAdmissionPolicySpec e
     status 3 ValidatingAdmissionPolicyStatus oe
    ValidatingAdmissionPolicyBinding kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ValidatingAdmissionPolicyBindingSpec e
    ValidatingAdmissionPolicyBindingList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ValidatingAdmissionPolicyBinding -
    ValidatingAdmissionPolicyBindingSpec
     policyName 1 string e
     paramRef 2 ParamRef oep
     matchResources 3 MatchResources oep
     validationActions 4 []string e list=set enum=Deny|Warn|Audit
    ValidatingAdmissionPolicyList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ValidatingAdmissionPolicy -
    ValidatingAdmissionPolicySpec
     paramKind 1 ParamKind oep
     matchConstraints 2 MatchResources ep
     validations 3 []Validation oe list=atomic
     failurePolicy 4 string oep enum=Ignore|Fail
     auditAnnotations 5 []AuditAnnotation oe list=atomic
     matchConditions 6 []MatchCondition oe patch=merge:name list=map:name
     variables 7 []Variable oe patch=merge:name list=map:name
    ValidatingAdmissionPolicyStatus
     observedGeneration 1 int64 oe
     typeChecking 2 TypeChecking oep
     conditions 3 []meta/v1.Condition oe list=map:type
    ValidatingWebhook
     name 1 string -
     clientConfig 2 WebhookClientConfig -
     rules 3 []RuleWithOperations e list=atomic
     failurePolicy 4 string oep enum=Ignore|Fail
     matchPolicy 9 string oep enum=Exact|Equivalent
     namespaceSelector 5 meta/v1.LabelSelector oep
     objectSelector 10 meta/v1.LabelSelector oep
     sideEffects 6 string p enum=Unknown|None|Some|NoneOnDryRun
     timeoutSeconds 7 int32 oep
     admissionReviewVersions 8 []string - list=atomic
     matchConditions 11 []MatchCondition oe patch=merge:name list=map:name
    ValidatingWebhookConfiguration kind
     metadata 1 meta/v1.ObjectMeta oe
     webhooks 2 []ValidatingWebhook oe patch=merge:name list=map:name
    ValidatingWebhookConfigurationList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ValidatingWebhookConfiguration -
    Validation
     expression 1 string -
     message 2 string oe
     reason 3 string oep
     messageExpression 4 string oe
    Variable
     name 1 string -
     expression 2 string -
    WebhookClientConfig
     url 3 string oep
     service 1 ServiceReference oep
     caBundle 2 bytes oe
    """
}
