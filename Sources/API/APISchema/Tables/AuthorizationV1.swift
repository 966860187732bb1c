extension SchemaTables {
  /// The types of authorization.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let authorizationV1: StaticString = """
    FieldSelectorAttributes
     rawSelector 1 string oe
     requirements 2 []meta/v1.FieldSelectorRequirement oe list=atomic
    LabelSelectorAttributes
     rawSelector 1 string oe
     requirements 2 []meta/v1.LabelSelectorRequirement oe list=atomic
    LocalSubjectAccessReview kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 SubjectAccessReviewSpec -
     status 3 SubjectAccessReviewStatus oe
    NonResourceAttributes
     path 1 string oe
     verb 2 string oe
    NonResourceRule
     verbs 1 []string - list=atomic
     nonResourceURLs 2 []string oe list=atomic
    ResourceAttributes
     namespace 1 string oe
     verb 2 string oe
     group 3 string oe
     version 4 string oe
     resource 5 string oe
     subresource 6 string oe
     name 7 string oe
     fieldSelector 8 FieldSelectorAttributes oep
     labelSelector 9 LabelSelectorAttributes oep
    ResourceRule
     verbs 1 []string - list=atomic
     apiGroups 2 []string oe list=atomic
     resources 3 []string oe list=atomic
     resourceNames 4 []string oe list=atomic
    SelfSubjectAccessReview kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 SelfSubjectAccessReviewSpec -
     status 3 SubjectAccessReviewStatus oe
    SelfSubjectAccessReviewSpec
     resourceAttributes 1 ResourceAttributes oep
     nonResourceAttributes 2 NonResourceAttributes oep
    SelfSubjectRulesReview kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 SelfSubjectRulesReviewSpec -
     status 3 SubjectRulesReviewStatus oe
    SelfSubjectRulesReviewSpec
     namespace 1 string e
    SubjectAccessReview kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 SubjectAccessReviewSpec -
     status 3 SubjectAccessReviewStatus oe
    SubjectAccessReviewSpec
     resourceAttributes 1 ResourceAttributes oep
     nonResourceAttributes 2 NonResourceAttributes oep
     user 3 string oe
     groups 4 []string oe list=atomic
     extra 5 {}[]string oe
     uid 6 string oe
    SubjectAccessReviewStatus
     allowed 1 bool -
     denied 4 bool oe
     reason 2 string oe
     evaluationError 3 string oe
    SubjectRulesReviewStatus
     resourceRules 1 []ResourceRule - list=atomic
     nonResourceRules 2 []NonResourceRule - list=atomic
     incomplete 3 bool -
     evaluationError 4 string oe
    """
}
