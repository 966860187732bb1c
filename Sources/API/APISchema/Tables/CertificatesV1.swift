extension SchemaTables {
  /// The types of certificates.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let certificatesV1: StaticString = """
    CertificateSigningRequest kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 CertificateSigningRequestSpec -
     status 3 CertificateSigningRequestStatus oe
    CertificateSigningRequestCondition
     type 1 string - enum=Approved|Denied|Failed
     status 6 string -
     reason 2 string oe
     message 3 string oe
     lastUpdateTime 4 Time oe
     lastTransitionTime 5 Time oe
    CertificateSigningRequestList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CertificateSigningRequest -
    CertificateSigningRequestSpec
     request 1 bytes -
     signerName 7 string -
     expirationSeconds 8 int32 oep
     usages 5 []string e list=atomic enum=signing|digital~signature|content~commitment|key~encipherment|key~agreement|data~encipherment|cert~sign|crl~sign|encipher~only|decipher~only|any|server~auth|client~auth|code~signing|email~protection|s/mime|ipsec~end~system|ipsec~tunnel|ipsec~user|timestamping|ocsp~signing|microsoft~sgc|netscape~sgc
     username 2 string oe
     uid 3 string oe
     groups 4 []string oe list=atomic
     extra 6 {}[]string oe
    CertificateSigningRequestStatus
     conditions 1 []CertificateSigningRequestCondition oe list=map:type
     certificate 2 bytes oe
    """
}
