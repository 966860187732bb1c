extension SchemaTables {
  /// The types of authentication.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let authenticationV1: StaticString = """
    BoundObjectReference
     kind 1 string oe
     apiVersion 2 string oe
     name 3 string oe
     uid 4 string oe
    SelfSubjectReview kind
     metadata 1 meta/v1.ObjectMeta oe
     status 2 SelfSubjectReviewStatus e
    SelfSubjectReviewStatus
     userInfo 1 UserInfo oe
    TokenRequest kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 TokenRequestSpec -
     status 3 TokenRequestStatus oe
    TokenRequestSpec
     audiences 1 []string - list=atomic
     expirationSeconds 4 int64 op
     boundObjectRef 3 BoundObjectReference op
    TokenRequestStatus
     token 1 string -
     expirationTimestamp 2 Time -
    TokenReview kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 TokenReviewSpec -
     status 3 TokenReviewStatus oe
    TokenReviewSpec
     token 1 string oe
     audiences 2 []string oe list=atomic
    TokenReviewStatus
     authenticated 1 bool oe
     user 2 UserInfo oe
     audiences 4 []string oe list=atomic
     error 3 string oe
    UserInfo
     username 1 string oe
     uid 2 string oe
     groups 3 []string oe list=atomic
     extra 4 {}[]string oe
    """
}
