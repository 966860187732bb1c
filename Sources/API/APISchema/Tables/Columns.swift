extension SchemaTables {
  /// The columns of tables; the notation is explained in `SchemaTables`.
  static let columns: StaticString = """
    v1 componentstatuses
     Name | string | name | 0
     Status | string | - | 0
     Message | string | - | 0
     Error | string | - | 0
    v1 configmaps
     Name | string | name | 0
     Data | string | - | 0
     Age | string | - | 0
    v1 endpoints
     Name | string | name | 0
     Endpoints | string | - | 0
     Age | string | - | 0
    v1 events
     Last Seen | string | - | 0
     Type | string | - | 0
     Reason | string | - | 0
     Object | string | - | 0
     Subobject | string | - | 1
     Source | string | - | 1
     Message | string | - | 0
     First Seen | string | - | 1
     Count | string | - | 1
     Name | string | name | 1
    v1 limitranges
     Name | string | name | 0
     Created At | date | - | 0
    v1 namespaces
     Name | string | name | 0
     Status | string | - | 0
     Age | string | - | 0
    v1 nodes
     Name | string | name | 0
     Status | string | - | 0
     Roles | string | - | 0
     Age | string | - | 0
     Version | string | - | 0
     Internal-IP | string | - | 1
     External-IP | string | - | 1
     OS-Image | string | - | 1
     Kernel-Version | string | - | 1
     Container-Runtime | string | - | 1
    v1 persistentvolumeclaims
     Name | string | name | 0
     Status | string | - | 0
     Volume | string | - | 0
     Capacity | string | - | 0
     Access Modes | string | - | 0
     StorageClass | string | - | 0
     VolumeAttributesClass | string | - | 0
     Age | string | - | 0
     VolumeMode | string | - | 1
    v1 persistentvolumes
     Name | string | name | 0
     Capacity | string | - | 0
     Access Modes | string | - | 0
     Reclaim Policy | string | - | 0
     Status | string | - | 0
     Claim | string | - | 0
     StorageClass | string | - | 0
     VolumeAttributesClass | string | - | 0
     Reason | string | - | 0
     Age | string | - | 0
     VolumeMode | string | - | 1
    v1 pods
     Name | string | name | 0
     Ready | string | - | 0
     Status | string | - | 0
     Restarts | string | - | 0
     Age | string | - | 0
     IP | string | - | 1
     Node | string | - | 1
     Nominated Node | string | - | 1
     Readiness Gates | string | - | 1
    v1 podtemplates
     Name | string | name | 0
     Containers | string | - | 0
     Images | string | - | 0
     Pod Labels | string | - | 0
    v1 replicationcontrollers
     Name | string | name | 0
     Desired | integer | - | 0
     Current | integer | - | 0
     Ready | integer | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    v1 resourcequotas
     Name | string | name | 0
     Request | string | - | 0
     Limit | string | - | 0
     Age | string | - | 0
    v1 secrets
     Name | string | name | 0
     Type | string | - | 0
     Data | string | - | 0
     Age | string | - | 0
    v1 serviceaccounts
     Name | string | name | 0
     Secrets | string | - | 0
     Age | string | - | 0
    v1 services
     Name | string | name | 0
     Type | string | - | 0
     Cluster-IP | string | - | 0
     External-IP | string | - | 0
     Port(s) | string | - | 0
     Age | string | - | 0
     Selector | string | - | 1
    admissionregistration.k8s.io/v1 mutatingwebhookconfigurations
     Name | string | name | 0
     Webhooks | integer | - | 0
     Age | string | - | 0
    admissionregistration.k8s.io/v1 validatingwebhookconfigurations
     Name | string | name | 0
     Webhooks | integer | - | 0
     Age | string | - | 0
    apiextensions.k8s.io/v1 customresourcedefinitions
     Name | string | name | 0
     Created At | date | - | 0
    apiregistration.k8s.io/v1 apiservices
     Name | string | name | 0
     Service | string | - | 0
     Available | string | - | 0
     Age | string | - | 0
    apps/v1 controllerrevisions
     Name | string | name | 0
     Controller | string | - | 0
     Revision | string | - | 0
     Age | string | - | 0
    apps/v1 daemonsets
     Name | string | name | 0
     Desired | integer | - | 0
     Current | integer | - | 0
     Ready | integer | - | 0
     Up-to-date | integer | - | 0
     Available | integer | - | 0
     Node Selector | string | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    apps/v1 deployments
     Name | string | name | 0
     Ready | string | - | 0
     Up-to-date | string | - | 0
     Available | string | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    apps/v1 replicasets
     Name | string | name | 0
     Desired | integer | - | 0
     Current | integer | - | 0
     Ready | integer | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    apps/v1 statefulsets
     Name | string | name | 0
     Ready | string | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
    autoscaling/v1 horizontalpodautoscalers
     Name | string | name | 0
     Reference | string | - | 0
     Targets | string | - | 0
     MinPods | string | - | 0
     MaxPods | string | - | 0
     Replicas | string | - | 0
     Age | string | - | 0
    autoscaling/v1 scales
     Name | string | - | 0
     Desired | integer | - | 0
     Available | integer | - | 0
     Age | string | - | 0
    autoscaling/v2 horizontalpodautoscalers
     Name | string | name | 0
     Reference | string | - | 0
     Targets | string | - | 0
     MinPods | string | - | 0
     MaxPods | string | - | 0
     Replicas | string | - | 0
     Age | string | - | 0
    batch/v1 jobs
     Name | string | name | 0
     Status | string | - | 0
     Completions | string | - | 0
     Duration | string | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    batch/v1 cronjobs
     Name | string | name | 0
     Schedule | string | - | 0
     Timezone | string | - | 0
     Suspend | boolean | - | 0
     Active | integer | - | 0
     Last Schedule | string | - | 0
     Age | string | - | 0
     Containers | string | - | 1
     Images | string | - | 1
     Selector | string | - | 1
    certificates.k8s.io/v1 certificatesigningrequests
     Name | string | name | 0
     Age | string | - | 0
     SignerName | string | - | 0
     Requestor | string | - | 0
     RequestedDuration | string | - | 0
     Condition | string | - | 0
    coordination.k8s.io/v1 leases
     Name | string | name | 0
     Holder | string | - | 0
     Age | string | - | 0
    discovery.k8s.io/v1 endpointslices
     Name | string | name | 0
     AddressType | string | - | 0
     Ports | string | - | 0
     Endpoints | string | - | 0
     Age | string | - | 0
    events.k8s.io/v1 events
     Last Seen | string | - | 0
     Type | string | - | 0
     Reason | string | - | 0
     Object | string | - | 0
     Subobject | string | - | 1
     Source | string | - | 1
     Message | string | - | 0
     First Seen | string | - | 1
     Count | string | - | 1
     Name | string | name | 1
    flowcontrol.apiserver.k8s.io/v1 flowschemas
     Name | string | name | 0
     PriorityLevel | string | - | 0
     MatchingPrecedence | string | - | 0
     DistinguisherMethod | string | - | 0
     Age | string | - | 0
     MissingPL | string | - | 0
    flowcontrol.apiserver.k8s.io/v1 prioritylevelconfigurations
     Name | string | name | 0
     Type | string | - | 0
     AssuredConcurrencyShares | string | - | 0
     Queues | string | - | 0
     HandSize | string | - | 0
     QueueLengthLimit | string | - | 0
     Age | string | - | 0
    networking.k8s.io/v1 ingressclasses
     Name | string | name | 0
     Controller | string | - | 0
     Parameters | string | - | 0
     Age | string | - | 0
    networking.k8s.io/v1 ingresses
     Name | string | name | 0
     Class | string | - | 0
     Hosts | string | - | 0
     Address | string | - | 0
     Ports | string | - | 0
     Age | string | - | 0
    networking.k8s.io/v1 ipaddresses
     Name | string | name | 0
     ParentRef | string | - | 0
    networking.k8s.io/v1 networkpolicies
     Name | string | name | 0
     Pod-Selector | string | - | 0
     Age | string | - | 0
    networking.k8s.io/v1 servicecidrs
     Name | string | name | 0
     CIDRs | string | - | 0
     Age | string | - | 0
    node.k8s.io/v1 runtimeclasses
     Name | string | name | 0
     Handler | string | - | 0
     Age | string | - | 0
    policy/v1 poddisruptionbudgets
     Name | string | name | 0
     Min Available | string | - | 0
     Max Unavailable | string | - | 0
     Allowed Disruptions | integer | - | 0
     Age | string | - | 0
    rbac.authorization.k8s.io/v1 clusterrolebindings
     Name | string | name | 0
     Role | string | - | 0
     Age | string | - | 0
     Users | string | - | 1
     Groups | string | - | 1
     ServiceAccounts | string | - | 1
    rbac.authorization.k8s.io/v1 clusterroles
     Name | string | name | 0
     Created At | date | - | 0
    rbac.authorization.k8s.io/v1 rolebindings
     Name | string | name | 0
     Role | string | - | 0
     Age | string | - | 0
     Users | string | - | 1
     Groups | string | - | 1
     ServiceAccounts | string | - | 1
    rbac.authorization.k8s.io/v1 roles
     Name | string | name | 0
     Created At | date | - | 0
    scheduling.k8s.io/v1 priorityclasses
     Name | string | name | 0
     Value | integer | - | 0
     Global-Default | boolean | - | 0
     Age | string | - | 0
     PreemptionPolicy | string | - | 0
    storage.k8s.io/v1 csidrivers
     Name | string | name | 0
     AttachRequired | boolean | - | 0
     PodInfoOnMount | boolean | - | 0
     StorageCapacity | boolean | - | 0
     TokenRequests | string | - | 0
     RequiresRepublish | boolean | - | 0
     Modes | string | - | 0
     Age | string | - | 0
    storage.k8s.io/v1 csinodes
     Name | string | name | 0
     Drivers | integer | - | 0
     Age | string | - | 0
    storage.k8s.io/v1 csistoragecapacities
     Name | string | name | 0
     StorageClassName | string | - | 0
     Capacity | string | - | 0
    storage.k8s.io/v1 storageclasses
     Name | string | name | 0
     Provisioner | string | - | 0
     ReclaimPolicy | string | - | 0
     VolumeBindingMode | string | - | 0
     AllowVolumeExpansion | string | - | 0
     Age | string | - | 0
    storage.k8s.io/v1 volumeattachments
     Name | string | name | 0
     Attacher | string | name | 0
     PV | string | - | 0
     Node | string | - | 0
     Attached | boolean | - | 0
     Age | string | - | 0
    """
}
