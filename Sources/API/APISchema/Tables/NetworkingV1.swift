extension SchemaTables {
  /// The types of networking.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let networkingV1: StaticString = """
    HTTPIngressPath
     path 1 string oe
     pathType 3 string p
     backend 2 IngressBackend -
    HTTPIngressRuleValue
     paths 1 []HTTPIngressPath - list=atomic
    IPAddress kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 IPAddressSpec oe
    IPAddressList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []IPAddress -
    IPAddressSpec
     parentRef 1 ParentReference epr
    IPBlock
     cidr 1 string -
     except 2 []string oe list=atomic
    Ingress kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 IngressSpec oe
     status 3 IngressStatus oe
    IngressBackend
     service 4 IngressServiceBackend oep
     resource 3 core/v1.TypedLocalObjectReference oep
    IngressClass kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 IngressClassSpec oe
    IngressClassList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []IngressClass -
    IngressClassParametersReference
     apiGroup 1 string oep
     kind 2 string -
     name 3 string -
     scope 4 string op
     namespace 5 string oep
    IngressClassSpec
     controller 1 string e
     parameters 2 IngressClassParametersReference oep
    IngressList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Ingress -
    IngressLoadBalancerIngress
     ip 1 string oe
     hostname 2 string oe
     ports 4 []IngressPortStatus oe list=atomic
    IngressLoadBalancerStatus
     ingress 1 []IngressLoadBalancerIngress oe list=atomic
    IngressPortStatus
     port 1 int32 -
     protocol 2 string -
     error 3 string oep
    IngressRule
     host 1 string oe
     ingressRuleValue 2 IngressRuleValue oi
    IngressRuleValue
     http 1 HTTPIngressRuleValue oep
    IngressServiceBackend
     name 1 string -
     port 2 ServiceBackendPort e
    IngressSpec
     ingressClassName 4 string oep
     defaultBackend 1 IngressBackend oep
     tls 2 []IngressTLS oe list=atomic
     rules 3 []IngressRule oe list=atomic
    IngressStatus
     loadBalancer 1 IngressLoadBalancerStatus oe
    IngressTLS
     hosts 1 []string oe list=atomic
     secretName 2 string oe
    NetworkPolicy kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 NetworkPolicySpec oe
    NetworkPolicyEgressRule
     ports 1 []NetworkPolicyPort oe list=atomic
     to 2 []NetworkPolicyPeer oe list=atomic
    NetworkPolicyIngressRule
     ports 1 []NetworkPolicyPort oe list=atomic
     from 2 []NetworkPolicyPeer oe list=atomic
    NetworkPolicyList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []NetworkPolicy -
    NetworkPolicyPeer
     podSelector 1 meta/v1.LabelSelector oep
     namespaceSelector 2 meta/v1.LabelSelector oep
     ipBlock 3 IPBlock oep
    NetworkPolicyPort
     protocol 1 string oep
     port 2 IntOrString oep
     endPort 3 int32 oep
    NetworkPolicySpec
     podSelector 1 meta/v1.LabelSelector -
     ingress 2 []NetworkPolicyIngressRule oe list=atomic
     egress 3 []NetworkPolicyEgressRule oe list=atomic
     policyTypes 4 []string oe list=atomic enum=Ingress|Egress
    ParentReference
     group 1 string oe
     resource 2 string er
     namespace 3 string oe
     name 4 string er
    ServiceBackendPort atomic
     name 1 string oe
     number 2 int32 oe
    ServiceCIDR kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ServiceCIDRSpec oe
     status 3 ServiceCIDRStatus oe
    ServiceCIDRList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ServiceCIDR -
    ServiceCIDRSpec
     cidrs 1 []string oe list=atomic
    ServiceCIDRStatus
     conditions 1 []meta/v1.Condition oe patch=merge:type list=map:type
    """
}
