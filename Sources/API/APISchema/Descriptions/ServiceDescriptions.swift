extension Descriptions {
  /// Services; the notation is explained in `Descriptions`.
  static let services: StaticString = """
    Service A lasting address and name for a set of pods, with their load spread over them.
     metadata Name, labels and the like of the service; the name is also its name in DNS.
     spec What is wanted.
     status What is.
    ServiceList A list of services.
     metadata What the list says of itself.
     items The services.
    ServiceSpec Which pods a service leads to, and how it is reached.
     ports The ports that it offers.
     selector The labels of the pods that it leads to. Without one, somebody else writes the endpoints.
     clusterIP Its address in the cluster: chosen by the server if empty, None for a service without one.
     clusterIPs All its addresses in the cluster, one for each family; the first one is clusterIP.
     type Who can reach it: ClusterIP (the default), NodePort, LoadBalancer, or ExternalName.
     externalIPs Further addresses whose traffic is taken, if it arrives at a node. They are not looked after.
     sessionAffinity Whether a client stays with one pod: ClientIP, or None (the default).
     loadBalancerIP Deprecated. An address to ask the load balancer for.
     loadBalancerSourceRanges The ranges of client addresses that a load balancer lets in, where it can.
     externalName The DNS name that a service of type ExternalName stands for.
     externalTrafficPolicy Where traffic from outside goes: Cluster (any pod), or Local (pods of that node only).
     healthCheckNodePort The node port where load balancers ask for local pods, with the policy Local.
     publishNotReadyAddresses Whether pods that are not ready are listed as well.
     sessionAffinityConfig Details of the session affinity.
     ipFamilies The address families that it has: IPv4, IPv6.
     ipFamilyPolicy How many families it has: SingleStack, PreferDualStack, or RequireDualStack.
     allocateLoadBalancerNodePorts Whether a load balancer's service gets node ports too. Default true.
     loadBalancerClass Which load balancer is meant; it cannot be changed once set.
     internalTrafficPolicy Where traffic from inside goes: Cluster (any pod), or Local (pods of that node only).
     trafficDistribution Which pods are preferred, such as PreferClose; a wish, not a rule.
    ServicePort One port of a service.
     name Name of the port; needed where there are several.
     protocol TCP (the default), UDP, or SCTP.
     appProtocol What is spoken on the port, as a hint for those who look into it.
     port The service's port number.
     targetPort The pods' port, by number or by name. Default: the same number.
     nodePort The port of every node; chosen by the server for the types that have one.
    SessionAffinityConfig Details of the session affinity.
     clientIP How long a client's address stays with its pod.
    ClientIPConfig How long a client's address stays with its pod.
     timeoutSeconds So many seconds, up to a day. Default 10800, three hours.
    ServiceStatus How a service is reached at the moment.
     loadBalancer What the load balancer says.
     conditions Aspects of its state.
    LoadBalancerStatus What a load balancer says of itself.
     ingress Where it takes traffic.
    LoadBalancerIngress One place where a load balancer takes traffic.
     ip Its address.
     hostname Its DNS name, where it has no fixed address.
     ipMode How its traffic arrives: VIP (with the balancer's address as destination), or Proxy.
     ports The state of the service's ports there.
    PortStatus The state of one port of a load balancer.
     port The port number.
     protocol The port's protocol.
     error What is wrong, as one word with a prefix; empty if nothing is.
    """
}
