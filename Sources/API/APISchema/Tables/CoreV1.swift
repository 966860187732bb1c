extension SchemaTables {
  /// The types of core/v1; the notation is explained in `SchemaTables`.
  static let coreV1: StaticString = """
    AWSElasticBlockStoreVolumeSource
     volumeID 1 string -
     fsType 2 string oe
     partition 3 int32 oe
     readOnly 4 bool oe
    Affinity
     nodeAffinity 1 NodeAffinity oep
     podAffinity 2 PodAffinity oep
     podAntiAffinity 3 PodAntiAffinity oep
    AppArmorProfile
     type 1 string - enum=Unconfined|RuntimeDefault|Localhost
     localhostProfile 2 string oep
    AttachedVolume
     name 1 string -
     devicePath 2 string -
    AvoidPods
     preferAvoidPods 1 []PreferAvoidPodsEntry oe list=atomic
    AzureDiskVolumeSource
     diskName 1 string -
     diskURI 2 string -
     cachingMode 3 string oep default="ReadWrite" enum=None|ReadOnly|ReadWrite
     fsType 4 string oep default="ext4"
     readOnly 5 bool oep default=false
     kind 6 string ep default="Shared" enum=Shared|Dedicated|Managed
    AzureFilePersistentVolumeSource
     secretName 1 string -
     shareName 2 string -
     readOnly 3 bool oe
     secretNamespace 4 string op
    AzureFileVolumeSource
     secretName 1 string -
     shareName 2 string -
     readOnly 3 bool oe
    Binding kind
     metadata 1 meta/v1.ObjectMeta oe
     target 2 ObjectReference -
    CSIPersistentVolumeSource
     driver 1 string -
     volumeHandle 2 string -
     readOnly 3 bool oe
     fsType 4 string oe
     volumeAttributes 5 {}string oe
     controllerPublishSecretRef 6 SecretReference oep
     nodeStageSecretRef 7 SecretReference oep
     nodePublishSecretRef 8 SecretReference oep
     controllerExpandSecretRef 9 SecretReference oep
     nodeExpandSecretRef 10 SecretReference oep
    CSIVolumeSource
     driver 1 string -
     readOnly 2 bool oep
     fsType 3 string oep
     volumeAttributes 4 {}string oe
     nodePublishSecretRef 5 LocalObjectReference oep
    Capabilities
     add 1 []string oe list=atomic
     drop 2 []string oe list=atomic
    CephFSPersistentVolumeSource
     monitors 1 []string - list=atomic
     path 2 string oe
     user 3 string oe
     secretFile 4 string oe
     secretRef 5 SecretReference oep
     readOnly 6 bool oe
    CephFSVolumeSource
     monitors 1 []string - list=atomic
     path 2 string oe
     user 3 string oe
     secretFile 4 string oe
     secretRef 5 LocalObjectReference oep
     readOnly 6 bool oe
    CinderPersistentVolumeSource
     volumeID 1 string -
     fsType 2 string oe
     readOnly 3 bool oe
     secretRef 4 SecretReference oep
    CinderVolumeSource
     volumeID 1 string -
     fsType 2 string oe
     readOnly 3 bool oe
     secretRef 4 LocalObjectReference oep
    ClientIPConfig
     timeoutSeconds 1 int32 oep
    ClusterTrustBundleProjection
     name 1 string oep
     signerName 2 string oep
     labelSelector 3 meta/v1.LabelSelector oep
     optional 5 bool oep
     path 4 string -
    ComponentCondition
     type 1 string - enum=Healthy
     status 2 string - enum=True|False|Unknown
     message 3 string oe
     error 4 string oe
    ComponentStatus kind
     metadata 1 meta/v1.ObjectMeta oe
     conditions 2 []ComponentCondition oe patch=merge:type list=map:type
    ComponentStatusList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ComponentStatus -
    ConfigMap kind
     metadata 1 meta/v1.ObjectMeta oe
     immutable 4 bool oep
     data 2 {}string oe
     binaryData 3 {}bytes oe
    ConfigMapEnvSource
     localObjectReference 1 LocalObjectReference i
     optional 2 bool oep
    ConfigMapKeySelector atomic
     localObjectReference 1 LocalObjectReference i
     key 2 string -
     optional 3 bool oep
    ConfigMapList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ConfigMap -
    ConfigMapNodeConfigSource
     namespace 1 string -
     name 2 string -
     uid 3 string oe
     resourceVersion 4 string oe
     kubeletConfigKey 5 string -
    ConfigMapProjection
     localObjectReference 1 LocalObjectReference i
     items 2 []KeyToPath oe list=atomic
     optional 4 bool oep
    ConfigMapVolumeSource
     localObjectReference 1 LocalObjectReference i
     items 2 []KeyToPath oe list=atomic
     defaultMode 3 int32 oep
     optional 4 bool oep
    Container
     name 1 string -
     image 2 string oe
     command 3 []string oe list=atomic
     args 4 []string oe list=atomic
     workingDir 5 string oe
     ports 6 []ContainerPort oe patch=merge:containerPort list=map:containerPort,protocol
     envFrom 19 []EnvFromSource oe list=atomic
     env 7 []EnvVar oe patch=merge:name list=map:name
     resources 8 ResourceRequirements oe
     resizePolicy 23 []ContainerResizePolicy oe list=atomic
     restartPolicy 24 string oep enum=Always
     volumeMounts 9 []VolumeMount oe patch=merge:mountPath list=map:mountPath
     volumeDevices 21 []VolumeDevice oe patch=merge:devicePath list=map:devicePath
     livenessProbe 10 Probe oep
     readinessProbe 11 Probe oep
     startupProbe 22 Probe oep
     lifecycle 12 Lifecycle oep
     terminationMessagePath 13 string oe
     terminationMessagePolicy 20 string oe enum=File|FallbackToLogsOnError
     imagePullPolicy 14 string oe enum=Always|Never|IfNotPresent
     securityContext 15 SecurityContext oep
     stdin 16 bool oe
     stdinOnce 17 bool oe
     tty 18 bool oe
    ContainerImage
     names 1 []string o list=atomic
     sizeBytes 2 int64 oe
    ContainerPort
     name 1 string oe
     hostPort 2 int32 oe
     containerPort 3 int32 -
     protocol 4 string oe default="TCP" enum=TCP|UDP|SCTP
     hostIP 5 string oe
    ContainerResizePolicy
     resourceName 1 string - enum=cpu|memory|storage|ephemeral-storage|pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services.nodeports|services.loadbalancers|requests.cpu|requests.memory|requests.storage|requests.ephemeral-storage|limits.cpu|limits.memory|limits.ephemeral-storage
     restartPolicy 2 string - enum=NotRequired|RestartContainer
    ContainerState
     waiting 1 ContainerStateWaiting oep
     running 2 ContainerStateRunning oep
     terminated 3 ContainerStateTerminated oep
    ContainerStateRunning
     startedAt 1 Time oe
    ContainerStateTerminated
     exitCode 1 int32 -
     signal 2 int32 oe
     reason 3 string oe
     message 4 string oe
     startedAt 5 Time oe
     finishedAt 6 Time oe
     containerID 7 string oe
    ContainerStateWaiting
     reason 1 string oe
     message 2 string oe
    ContainerStatus
     name 1 string -
     state 2 ContainerState oe
     lastState 3 ContainerState oe
     ready 4 bool -
     restartCount 5 int32 -
     image 6 string -
     imageID 7 string -
     containerID 8 string oe
     started 9 bool oep
     allocatedResources 10 {}Quantity oe
     resources 11 ResourceRequirements oep
     volumeMounts 12 []VolumeMountStatus oe patch=merge:mountPath list=map:mountPath
     user 13 ContainerUser oep
     allocatedResourcesStatus 14 []ResourceStatus oe patch=merge:name list=map:name
     stopSignal 15 string oep enum=SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMAX-14|SIGRTMAX-13|SIGRTMAX-12|SIGRTMAX-11|SIGRTMAX-10|SIGRTMAX-9|SIGRTMAX-8|SIGRTMAX-7|SIGRTMAX-6|SIGRTMAX-5|SIGRTMAX-4|SIGRTMAX-3|SIGRTMAX-2|SIGRTMAX-1|SIGRTMAX
    ContainerUser
     linux 1 LinuxContainerUser oep
    DaemonEndpoint
     Port 1 int32 -
    DownwardAPIProjection
     items 1 []DownwardAPIVolumeFile oe list=atomic
    DownwardAPIVolumeFile
     path 1 string -
     fieldRef 2 ObjectFieldSelector oep
     resourceFieldRef 3 ResourceFieldSelector oep
     mode 4 int32 oep
    DownwardAPIVolumeSource
     items 1 []DownwardAPIVolumeFile oe list=atomic
     defaultMode 2 int32 oep
    EmptyDirVolumeSource
     medium 1 string oe enum=|Memory|HugePages|HugePages-
     sizeLimit 2 Quantity oep
    EndpointAddress atomic
     ip 1 string -
     hostname 3 string oe
     nodeName 4 string oep
     targetRef 2 ObjectReference oep
    EndpointPort atomic
     name 1 string oe
     port 2 int32 -
     protocol 3 string oe enum=TCP|UDP|SCTP
     appProtocol 4 string oep
    EndpointSubset
     addresses 1 []EndpointAddress oe list=atomic
     notReadyAddresses 2 []EndpointAddress oe list=atomic
     ports 3 []EndpointPort oe list=atomic
    Endpoints kind
     metadata 1 meta/v1.ObjectMeta oe
     subsets 2 []EndpointSubset oe list=atomic
    EndpointsList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Endpoints -
    EnvFromSource
     prefix 1 string oe
     configMapRef 2 ConfigMapEnvSource oep
     secretRef 3 SecretEnvSource oep
    EnvVar
     name 1 string -
     value 2 string oe
     valueFrom 3 EnvVarSource oep
    EnvVarSource
     fieldRef 1 ObjectFieldSelector oep
     resourceFieldRef 2 ResourceFieldSelector oep
     configMapKeyRef 3 ConfigMapKeySelector oep
     secretKeyRef 4 SecretKeySelector oep
    EphemeralContainer
     ephemeralContainerCommon 1 EphemeralContainerCommon i
     targetContainerName 2 string oe
    EphemeralContainerCommon
     name 1 string -
     image 2 string e
     command 3 []string oe list=atomic
     args 4 []string oe list=atomic
     workingDir 5 string oe
     ports 6 []ContainerPort oe patch=merge:containerPort list=map:containerPort,protocol
     envFrom 19 []EnvFromSource oe list=atomic
     env 7 []EnvVar oe patch=merge:name list=map:name
     resources 8 ResourceRequirements oe
     resizePolicy 23 []ContainerResizePolicy oe list=atomic
     restartPolicy 24 string oep enum=Always
     volumeMounts 9 []VolumeMount oe patch=merge:mountPath list=map:mountPath
     volumeDevices 21 []VolumeDevice oe patch=merge:devicePath list=map:devicePath
     livenessProbe 10 Probe oep
     readinessProbe 11 Probe oep
     startupProbe 22 Probe oep
     lifecycle 12 Lifecycle oep
     terminationMessagePath 13 string oe
     terminationMessagePolicy 20 string oe enum=File|FallbackToLogsOnError
     imagePullPolicy 14 string oe enum=Always|Never|IfNotPresent
     securityContext 15 SecurityContext oep
     stdin 16 bool oe
     stdinOnce 17 bool oe
     tty 18 bool oe
    EphemeralVolumeSource
     volumeClaimTemplate 1 PersistentVolumeClaimTemplate ep
    Event kind
     metadata 1 meta/v1.ObjectMeta -
     involvedObject 2 ObjectReference -
     reason 3 string oe
     message 4 string oe
     source 5 EventSource oe
     firstTimestamp 6 Time oe
     lastTimestamp 7 Time oe
     count 8 int32 oe
     type 9 string oe
     eventTime 10 MicroTime oe
     series 11 EventSeries oep
     action 12 string oe
     related 13 ObjectReference oep
     reportingComponent 14 string o
     reportingInstance 15 string o
    EventList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Event -
    EventSeries
     count 1 int32 e
     lastObservedTime 2 MicroTime e
    EventSource
     component 1 string oe
     host 2 string oe
    ExecAction
     command 1 []string oe list=atomic
    FCVolumeSource
     targetWWNs 1 []string oe list=atomic
     lun 2 int32 oep
     fsType 3 string oe
     readOnly 4 bool oe
     wwids 5 []string oe list=atomic
    FlexPersistentVolumeSource
     driver 1 string -
     fsType 2 string oe
     secretRef 3 SecretReference oep
     readOnly 4 bool oe
     options 5 {}string oe
    FlexVolumeSource
     driver 1 string -
     fsType 2 string oe
     secretRef 3 LocalObjectReference oep
     readOnly 4 bool oe
     options 5 {}string oe
    FlockerVolumeSource
     datasetName 1 string oe
     datasetUUID 2 string oe
    GCEPersistentDiskVolumeSource
     pdName 1 string -
     fsType 2 string oe
     partition 3 int32 oe
     readOnly 4 bool oe
    GRPCAction
     port 1 int32 -
     service 2 string op default=""
    GitRepoVolumeSource
     repository 1 string -
     revision 2 string oe
     directory 3 string oe
    GlusterfsPersistentVolumeSource
     endpoints 1 string -
     path 2 string -
     readOnly 3 bool oe
     endpointsNamespace 4 string oep
    GlusterfsVolumeSource
     endpoints 1 string -
     path 2 string -
     readOnly 3 bool oe
    HTTPGetAction
     path 1 string oe
     port 2 IntOrString -
     host 3 string oe
     scheme 4 string oe enum=HTTP|HTTPS
     httpHeaders 5 []HTTPHeader oe list=atomic
    HTTPHeader
     name 1 string -
     value 2 string -
    HostAlias
     ip 1 string r
     hostnames 2 []string e list=atomic
    HostIP
     ip 1 string r
    HostPathVolumeSource
     path 1 string -
     type 2 string oep enum=|DirectoryOrCreate|Directory|FileOrCreate|File|Socket|CharDevice|BlockDevice
    ISCSIPersistentVolumeSource
     targetPortal 1 string -
     iqn 2 string -
     lun 3 int32 -
     iscsiInterface 4 string oe default="default"
     fsType 5 string oe
     readOnly 6 bool oe
     portals 7 []string oe list=atomic
     chapAuthDiscovery 8 bool oe
     chapAuthSession 11 bool oe
     secretRef 10 SecretReference oep
     initiatorName 12 string oep
    ISCSIVolumeSource
     targetPortal 1 string -
     iqn 2 string -
     lun 3 int32 -
     iscsiInterface 4 string oe default="default"
     fsType 5 string oe
     readOnly 6 bool oe
     portals 7 []string oe list=atomic
     chapAuthDiscovery 8 bool oe
     chapAuthSession 11 bool oe
     secretRef 10 LocalObjectReference oep
     initiatorName 12 string oep
    ImageVolumeSource
     reference 1 string oe
     pullPolicy 2 string oe enum=Always|Never|IfNotPresent
    KeyToPath
     key 1 string -
     path 2 string -
     mode 3 int32 oep
    Lifecycle
     postStart 1 LifecycleHandler oep
     preStop 2 LifecycleHandler oep
     stopSignal 3 string oep enum=SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMAX-14|SIGRTMAX-13|SIGRTMAX-12|SIGRTMAX-11|SIGRTMAX-10|SIGRTMAX-9|SIGRTMAX-8|SIGRTMAX-7|SIGRTMAX-6|SIGRTMAX-5|SIGRTMAX-4|SIGRTMAX-3|SIGRTMAX-2|SIGRTMAX-1|SIGRTMAX
    LifecycleHandler
     exec 1 ExecAction oep
     httpGet 2 HTTPGetAction oep
     tcpSocket 3 TCPSocketAction oep
     sleep 4 SleepAction oep
    LimitRange kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 LimitRangeSpec oe
    LimitRangeItem
     type 1 string - enum=Pod|Container|PersistentVolumeClaim
     max 2 {}Quantity oe
     min 3 {}Quantity oe
     default 4 {}Quantity oe
     defaultRequest 5 {}Quantity oe
     maxLimitRequestRatio 6 {}Quantity oe
    LimitRangeList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []LimitRange -
    LimitRangeSpec
     limits 1 []LimitRangeItem - list=atomic
    LinuxContainerUser
     uid 1 int64 -
     gid 2 int64 -
     supplementalGroups 3 []int64 oe list=atomic
    List kind
     metadata 1 meta/v1.ListMeta o
     items 2 []RawExtension -
    LoadBalancerIngress
     ip 1 string oe
     hostname 2 string oe
     ipMode 3 string oep enum=VIP|Proxy
     ports 4 []PortStatus oe list=atomic
    LoadBalancerStatus
     ingress 1 []LoadBalancerIngress oe list=atomic
    LocalObjectReference atomic
     name 1 string oe default=""
    LocalVolumeSource
     path 1 string -
     fsType 2 string oep
    ModifyVolumeStatus
     targetVolumeAttributesClassName 1 string e
     status 2 string - enum=Pending|InProgress|Infeasible
    NFSVolumeSource
     server 1 string -
     path 2 string -
     readOnly 3 bool oe
    Namespace kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 NamespaceSpec oe
     status 3 NamespaceStatus oe
    NamespaceCondition
     type 1 string - enum=NamespaceDeletionDiscoveryFailure|NamespaceDeletionContentFailure|NamespaceDeletionGroupVersionParsingFailure|NamespaceContentRemaining|NamespaceFinalizersRemaining
     status 2 string - enum=True|False|Unknown
     lastTransitionTime 4 Time oe
     reason 5 string oe
     message 6 string oe
    NamespaceList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Namespace -
    NamespaceSpec
     finalizers 1 []string oe list=atomic enum=kubernetes
    NamespaceStatus
     phase 1 string oe enum=Active|Terminating
     conditions 2 []NamespaceCondition oe patch=merge:type list=map:type
    Node kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 NodeSpec oe
     status 3 NodeStatus oe
    NodeAddress
     type 1 string - enum=Hostname|InternalIP|ExternalIP|InternalDNS|ExternalDNS
     address 2 string -
    NodeAffinity
     requiredDuringSchedulingIgnoredDuringExecution 1 NodeSelector oep
     preferredDuringSchedulingIgnoredDuringExecution 2 []PreferredSchedulingTerm oe list=atomic
    NodeCondition
     type 1 string - enum=Ready|MemoryPressure|DiskPressure|PIDPressure|NetworkUnavailable
     status 2 string - enum=True|False|Unknown
     lastHeartbeatTime 3 Time oe
     lastTransitionTime 4 Time oe
     reason 5 string oe
     message 6 string oe
    NodeConfigSource
     configMap 2 ConfigMapNodeConfigSource ep
    NodeConfigStatus
     assigned 1 NodeConfigSource oep
     active 2 NodeConfigSource oep
     lastKnownGood 3 NodeConfigSource oep
     error 4 string oe
    NodeDaemonEndpoints
     kubeletEndpoint 1 DaemonEndpoint oe
    NodeFeatures
     supplementalGroupsPolicy 1 bool oep
    NodeList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Node -
    NodeProxyOptions kind
     path 1 string oe
    NodeRuntimeHandler
     name 1 string o
     features 2 NodeRuntimeHandlerFeatures oep
    NodeRuntimeHandlerFeatures
     recursiveReadOnlyMounts 1 bool oep
     userNamespaces 2 bool oep
    NodeSelector atomic
     nodeSelectorTerms 1 []NodeSelectorTerm - list=atomic
    NodeSelectorRequirement
     key 1 string -
     operator 2 string - enum=In|NotIn|Exists|DoesNotExist|Gt|Lt
     values 3 []string oe list=atomic
    NodeSelectorTerm atomic
     matchExpressions 1 []NodeSelectorRequirement oe list=atomic
     matchFields 2 []NodeSelectorRequirement oe list=atomic
    NodeSpec
     podCIDR 1 string oe
     podCIDRs 7 []string oe patch=merge list=set
     providerID 3 string oe
     unschedulable 4 bool oe
     taints 5 []Taint oe list=atomic
     configSource 6 NodeConfigSource oep
     externalID 2 string oe
    NodeStatus
     capacity 1 {}Quantity oe
     allocatable 2 {}Quantity oe
     phase 3 string oe enum=Pending|Running|Terminated
     conditions 4 []NodeCondition oe patch=merge:type list=map:type
     addresses 5 []NodeAddress oe patch=merge:type list=map:type
     daemonEndpoints 6 NodeDaemonEndpoints oe
     nodeInfo 7 NodeSystemInfo oe
     images 8 []ContainerImage oe list=atomic
     volumesInUse 9 []string oe list=atomic
     volumesAttached 10 []AttachedVolume oe list=atomic
     config 11 NodeConfigStatus oep
     runtimeHandlers 12 []NodeRuntimeHandler oe list=atomic
     features 13 NodeFeatures oep
    NodeSwapStatus
     capacity 1 int64 oep
    NodeSystemInfo
     machineID 1 string -
     systemUUID 2 string -
     bootID 3 string -
     kernelVersion 4 string -
     osImage 5 string -
     containerRuntimeVersion 6 string -
     kubeletVersion 7 string -
     kubeProxyVersion 8 string -
     operatingSystem 9 string -
     architecture 10 string -
     swap 11 NodeSwapStatus ep
    ObjectFieldSelector atomic
     apiVersion 1 string oe
     fieldPath 2 string -
    ObjectReference atomic
     kind 1 string oe
     namespace 2 string oe
     name 3 string oe
     uid 4 string oe
     apiVersion 5 string oe
     resourceVersion 6 string oe
     fieldPath 7 string oe
    PersistentVolume kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PersistentVolumeSpec oe
     status 3 PersistentVolumeStatus oe
    PersistentVolumeClaim kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PersistentVolumeClaimSpec oe
     status 3 PersistentVolumeClaimStatus oe
    PersistentVolumeClaimCondition
     type 1 string - enum=Resizing|FileSystemResizePending|ControllerResizeError|NodeResizeError|ModifyVolumeError|ModifyingVolume
     status 2 string - enum=True|False|Unknown
     lastProbeTime 3 Time oe
     lastTransitionTime 4 Time oe
     reason 5 string oe
     message 6 string oe
    PersistentVolumeClaimList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PersistentVolumeClaim -
    PersistentVolumeClaimSpec
     accessModes 1 []string oe list=atomic enum=ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod
     selector 4 meta/v1.LabelSelector oep
     resources 2 VolumeResourceRequirements oe
     volumeName 3 string oe
     storageClassName 5 string oep
     volumeMode 6 string oep enum=Block|Filesystem
     dataSource 7 TypedLocalObjectReference oep
     dataSourceRef 8 TypedObjectReference oep
     volumeAttributesClassName 9 string oep
    PersistentVolumeClaimStatus
     phase 1 string oe enum=Pending|Bound|Lost
     accessModes 2 []string oe list=atomic enum=ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod
     capacity 3 {}Quantity oe
     conditions 4 []PersistentVolumeClaimCondition oe patch=merge:type list=map:type
     allocatedResources 5 {}Quantity oe
     allocatedResourceStatuses 7 {}string oe list=granular
     currentVolumeAttributesClassName 8 string oep
     modifyVolumeStatus 9 ModifyVolumeStatus oep
    PersistentVolumeClaimTemplate
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PersistentVolumeClaimSpec -
    PersistentVolumeClaimVolumeSource
     claimName 1 string -
     readOnly 2 bool oe
    PersistentVolumeList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PersistentVolume -
    PersistentVolumeSource
     gcePersistentDisk 1 GCEPersistentDiskVolumeSource oep
     awsElasticBlockStore 2 AWSElasticBlockStoreVolumeSource oep
     hostPath 3 HostPathVolumeSource oep
     glusterfs 4 GlusterfsPersistentVolumeSource oep
     nfs 5 NFSVolumeSource oep
     rbd 6 RBDPersistentVolumeSource oep
     iscsi 7 ISCSIPersistentVolumeSource oep
     cinder 8 CinderPersistentVolumeSource oep
     cephfs 9 CephFSPersistentVolumeSource oep
     fc 10 FCVolumeSource oep
     flocker 11 FlockerVolumeSource oep
     flexVolume 12 FlexPersistentVolumeSource oep
     azureFile 13 AzureFilePersistentVolumeSource oep
     vsphereVolume 14 VsphereVirtualDiskVolumeSource oep
     quobyte 15 QuobyteVolumeSource oep
     azureDisk 16 AzureDiskVolumeSource oep
     photonPersistentDisk 17 PhotonPersistentDiskVolumeSource ep
     portworxVolume 18 PortworxVolumeSource oep
     scaleIO 19 ScaleIOPersistentVolumeSource oep
     local 20 LocalVolumeSource oep
     storageos 21 StorageOSPersistentVolumeSource oep
     csi 22 CSIPersistentVolumeSource oep
    PersistentVolumeSpec
     capacity 1 {}Quantity oe
     persistentVolumeSource 2 PersistentVolumeSource i
     accessModes 3 []string oe list=atomic enum=ReadWriteOnce|ReadOnlyMany|ReadWriteMany|ReadWriteOncePod
     claimRef 4 ObjectReference oep list=granular
     persistentVolumeReclaimPolicy 5 string oe enum=Recycle|Delete|Retain
     storageClassName 6 string oe
     mountOptions 7 []string oe list=atomic
     volumeMode 8 string oep enum=Block|Filesystem
     nodeAffinity 9 VolumeNodeAffinity oep
     volumeAttributesClassName 10 string oep
    PersistentVolumeStatus
     phase 1 string oe enum=Pending|Available|Bound|Released|Failed
     message 2 string oe
     reason 3 string oe
     lastPhaseTransitionTime 4 Time oep
    PhotonPersistentDiskVolumeSource
     pdID 1 string -
     fsType 2 string e
    Pod kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PodSpec oe
     status 3 PodStatus oe
    PodAffinity
     requiredDuringSchedulingIgnoredDuringExecution 1 []PodAffinityTerm oe list=atomic
     preferredDuringSchedulingIgnoredDuringExecution 2 []WeightedPodAffinityTerm oe list=atomic
    PodAffinityTerm
     labelSelector 1 meta/v1.LabelSelector oep
     namespaces 2 []string oe list=atomic
     topologyKey 3 string -
     namespaceSelector 4 meta/v1.LabelSelector oep
     matchLabelKeys 5 []string oe list=atomic
     mismatchLabelKeys 6 []string oe list=atomic
    PodAntiAffinity
     requiredDuringSchedulingIgnoredDuringExecution 1 []PodAffinityTerm oe list=atomic
     preferredDuringSchedulingIgnoredDuringExecution 2 []WeightedPodAffinityTerm oe list=atomic
    PodAttachOptions kind
     stdin 1 bool oe
     stdout 2 bool oe
     stderr 3 bool oe
     tty 4 bool oe
     container 5 string oe
    PodCondition
     type 1 string - enum=ContainersReady|Initialized|Ready|PodScheduled|DisruptionTarget|PodReadyToStartContainers|PodResizePending|PodResizeInProgress
     observedGeneration 7 int64 oe
     status 2 string - enum=True|False|Unknown
     lastProbeTime 3 Time oe
     lastTransitionTime 4 Time oe
     reason 5 string oe
     message 6 string oe
    PodDNSConfig
     nameservers 1 []string oe list=atomic
     searches 2 []string oe list=atomic
     options 3 []PodDNSConfigOption oe list=atomic
    PodDNSConfigOption
     name 1 string e
     value 2 string oep
    PodExecOptions kind
     stdin 1 bool oe
     stdout 2 bool oe
     stderr 3 bool oe
     tty 4 bool oe
     container 5 string oe
     command 6 []string - list=atomic
    PodIP
     ip 1 string r
    PodList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Pod -
    PodLogOptions kind
     container 1 string oe
     follow 2 bool oe
     previous 3 bool oe
     sinceSeconds 4 int64 oep
     sinceTime 5 Time oep
     timestamps 6 bool oe
     tailLines 7 int64 oep
     limitBytes 8 int64 oep
     insecureSkipTLSVerifyBackend 9 bool oe
     stream 10 string oep
    PodOS
     name 1 string - enum=linux|windows
    PodPortForwardOptions kind
     ports 1 []int32 oe list=atomic
    PodProxyOptions kind
     path 1 string oe
    PodReadinessGate
     conditionType 1 string - enum=ContainersReady|Initialized|Ready|PodScheduled|DisruptionTarget|PodReadyToStartContainers|PodResizePending|PodResizeInProgress
    PodResourceClaim
     name 1 string -
     resourceClaimName 3 string ep
     resourceClaimTemplateName 4 string ep
    PodResourceClaimStatus
     name 1 string -
     resourceClaimName 2 string oep
    PodSchedulingGate
     name 1 string -
    PodSecurityContext
     seLinuxOptions 1 SELinuxOptions oep
     windowsOptions 8 WindowsSecurityContextOptions oep
     runAsUser 2 int64 oep
     runAsGroup 6 int64 oep
     runAsNonRoot 3 bool oep
     supplementalGroups 4 []int64 oe list=atomic
     supplementalGroupsPolicy 12 string oep enum=Merge|Strict
     fsGroup 5 int64 oep
     sysctls 7 []Sysctl oe list=atomic
     fsGroupChangePolicy 9 string oep enum=OnRootMismatch|Always
     seccompProfile 10 SeccompProfile oep
     appArmorProfile 11 AppArmorProfile oep
     seLinuxChangePolicy 13 string oep enum=Recursive|MountOption
    PodSignature
     podController 1 meta/v1.OwnerReference oep
    PodSpec
     volumes 1 []Volume oe patch=merge+retainKeys:name list=map:name
     initContainers 20 []Container e patch=merge:name list=map:name
     containers 2 []Container - patch=merge:name list=map:name
     ephemeralContainers 34 []EphemeralContainer oe patch=merge:name list=map:name
     restartPolicy 3 string oe enum=Always|OnFailure|Never
     terminationGracePeriodSeconds 4 int64 oep
     activeDeadlineSeconds 5 int64 oep
     dnsPolicy 6 string oe enum=ClusterFirstWithHostNet|ClusterFirst|Default|None
     nodeSelector 7 {}string oe list=atomic
     serviceAccountName 8 string oe
     serviceAccount 9 string oe
     automountServiceAccountToken 21 bool oep
     nodeName 10 string oe
     hostNetwork 11 bool oe
     hostPID 12 bool oe
     hostIPC 13 bool oe
     shareProcessNamespace 27 bool oep
     securityContext 14 PodSecurityContext oep
     imagePullSecrets 15 []LocalObjectReference oe patch=merge:name list=map:name
     hostname 16 string oe
     subdomain 17 string oe
     affinity 18 Affinity oep
     schedulerName 19 string oe
     tolerations 22 []Toleration oe list=atomic
     hostAliases 23 []HostAlias oe patch=merge:ip list=map:ip
     priorityClassName 24 string oe
     priority 25 int32 oep
     dnsConfig 26 PodDNSConfig oep
     readinessGates 28 []PodReadinessGate oe list=atomic
     runtimeClassName 29 string oep
     enableServiceLinks 30 bool oep
     preemptionPolicy 31 string oep enum=PreemptLowerPriority|Never
     overhead 32 {}Quantity oe
     topologySpreadConstraints 33 []TopologySpreadConstraint oe patch=merge:topologyKey list=map:topologyKey,whenUnsatisfiable
     setHostnameAsFQDN 35 bool oep
     os 36 PodOS oep
     hostUsers 37 bool oep
     schedulingGates 38 []PodSchedulingGate oe patch=merge:name list=map:name
     resourceClaims 39 []PodResourceClaim oe patch=merge+retainKeys:name list=map:name
     resources 40 ResourceRequirements oep
    PodStatus
     observedGeneration 17 int64 oe
     phase 1 string oe enum=Pending|Running|Succeeded|Failed|Unknown
     conditions 2 []PodCondition oe patch=merge:type list=map:type
     message 3 string oe
     reason 4 string oe
     nominatedNodeName 11 string oe
     hostIP 5 string oe
     hostIPs 16 []HostIP oe patch=merge:ip list=atomic
     podIP 6 string oe
     podIPs 12 []PodIP oe patch=merge:ip list=map:ip
     startTime 7 Time oep
     initContainerStatuses 10 []ContainerStatus e list=atomic
     containerStatuses 8 []ContainerStatus oe list=atomic
     qosClass 9 string oe enum=Guaranteed|Burstable|BestEffort
     ephemeralContainerStatuses 13 []ContainerStatus oe list=atomic
     resize 14 string oe enum=InProgress|Deferred|Infeasible
     resourceClaimStatuses 15 []PodResourceClaimStatus oe patch=merge+retainKeys:name list=map:name
    PodStatusResult kind
     metadata 1 meta/v1.ObjectMeta oe
     status 2 PodStatus oe
    PodTemplate kind
     metadata 1 meta/v1.ObjectMeta oe
     template 2 PodTemplateSpec oe
    PodTemplateList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []PodTemplate -
    PodTemplateSpec
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 PodSpec oe
    PortStatus
     port 1 int32 -
     protocol 2 string - enum=TCP|UDP|SCTP
     error 3 string oep
    PortworxVolumeSource
     volumeID 1 string -
     fsType 2 string e
     readOnly 3 bool oe
    Preconditions
     uid 1 string oep
    PreferAvoidPodsEntry
     podSignature 1 PodSignature -
     evictionTime 2 Time oe
     reason 3 string oe
     message 4 string oe
    PreferredSchedulingTerm
     weight 1 int32 -
     preference 2 NodeSelectorTerm -
    Probe
     handler 1 ProbeHandler i
     initialDelaySeconds 2 int32 oe
     timeoutSeconds 3 int32 oe
     periodSeconds 4 int32 oe
     successThreshold 5 int32 oe
     failureThreshold 6 int32 oe
     terminationGracePeriodSeconds 7 int64 oep
    ProbeHandler
     exec 1 ExecAction oep
     httpGet 2 HTTPGetAction oep
     tcpSocket 3 TCPSocketAction oep
     grpc 4 GRPCAction oep
    ProjectedVolumeSource
     sources 1 []VolumeProjection o list=atomic
     defaultMode 2 int32 oep
    QuobyteVolumeSource
     registry 1 string -
     volume 2 string -
     readOnly 3 bool oe
     user 4 string oe
     group 5 string oe
     tenant 6 string oe
    RBDPersistentVolumeSource
     monitors 1 []string - list=atomic
     image 2 string -
     fsType 3 string oe
     pool 4 string oe default="rbd"
     user 5 string oe default="admin"
     keyring 6 string oe default="/etc/ceph/keyring"
     secretRef 7 SecretReference oep
     readOnly 8 bool oe
    RBDVolumeSource
     monitors 1 []string - list=atomic
     image 2 string -
     fsType 3 string oe
     pool 4 string oe default="rbd"
     user 5 string oe default="admin"
     keyring 6 string oe default="/etc/ceph/keyring"
     secretRef 7 LocalObjectReference oep
     readOnly 8 bool oe
    RangeAllocation kind
     metadata 1 meta/v1.ObjectMeta oe
     range 2 string -
     data 3 bytes -
    ReplicationController kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ReplicationControllerSpec oe
     status 3 ReplicationControllerStatus oe
    ReplicationControllerCondition
     type 1 string - enum=ReplicaFailure
     status 2 string - enum=True|False|Unknown
     lastTransitionTime 3 Time oe
     reason 4 string oe
     message 5 string oe
    ReplicationControllerList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ReplicationController -
    ReplicationControllerSpec
     replicas 1 int32 oep default=1
     minReadySeconds 4 int32 oe default=0
     selector 2 {}string oe list=atomic
     template 3 PodTemplateSpec oep
    ReplicationControllerStatus
     replicas 1 int32 -
     fullyLabeledReplicas 2 int32 oe
     readyReplicas 4 int32 oe
     availableReplicas 5 int32 oe
     observedGeneration 3 int64 oe
     conditions 6 []ReplicationControllerCondition oe patch=merge:type list=map:type
    ResourceClaim
     name 1 string -
     request 2 string oe
    ResourceFieldSelector atomic
     containerName 1 string oe
     resource 2 string -
     divisor 3 Quantity oe
    ResourceHealth
     resourceID 1 string -
     health 2 string e enum=Healthy|Unhealthy|Unknown
    ResourceQuota kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ResourceQuotaSpec oe
     status 3 ResourceQuotaStatus oe
    ResourceQuotaList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ResourceQuota -
    ResourceQuotaSpec
     hard 1 {}Quantity oe
     scopes 2 []string oe list=atomic enum=Terminating|NotTerminating|BestEffort|NotBestEffort|PriorityClass|CrossNamespacePodAffinity|VolumeAttributesClass
     scopeSelector 3 ScopeSelector oep
    ResourceQuotaStatus
     hard 1 {}Quantity oe
     used 2 {}Quantity oe
    ResourceRequirements
     limits 1 {}Quantity oe
     requests 2 {}Quantity oe
     claims 3 []ResourceClaim oe list=map:name
    ResourceStatus
     name 1 string r enum=cpu|memory|storage|ephemeral-storage|pods|services|replicationcontrollers|resourcequotas|secrets|configmaps|persistentvolumeclaims|services.nodeports|services.loadbalancers|requests.cpu|requests.memory|requests.storage|requests.ephemeral-storage|limits.cpu|limits.memory|limits.ephemeral-storage
     resources 2 []ResourceHealth e list=map:resourceID
    SELinuxOptions
     user 1 string oe
     role 2 string oe
     type 3 string oe
     level 4 string oe
    ScaleIOPersistentVolumeSource
     gateway 1 string -
     system 2 string -
     secretRef 3 SecretReference p
     sslEnabled 4 bool oe
     protectionDomain 5 string oe
     storagePool 6 string oe
     storageMode 7 string oe default="ThinProvisioned"
     volumeName 8 string e
     fsType 9 string oe default="xfs"
     readOnly 10 bool oe
    ScaleIOVolumeSource
     gateway 1 string -
     system 2 string -
     secretRef 3 LocalObjectReference p
     sslEnabled 4 bool oe
     protectionDomain 5 string oe
     storagePool 6 string oe
     storageMode 7 string oe default="ThinProvisioned"
     volumeName 8 string e
     fsType 9 string oe default="xfs"
     readOnly 10 bool oe
    ScopeSelector
     matchExpressions 1 []ScopedResourceSelectorRequirement oe list=atomic
    ScopedResourceSelectorRequirement atomic
     scopeName 1 string - enum=Terminating|NotTerminating|BestEffort|NotBestEffort|PriorityClass|CrossNamespacePodAffinity|VolumeAttributesClass
     operator 2 string - enum=In|NotIn|Exists|DoesNotExist
     values 3 []string oe list=atomic
    SeccompProfile
     type 1 string - enum=Unconfined|RuntimeDefault|Localhost
     localhostProfile 2 string oep
    Secret kind
     metadata 1 meta/v1.ObjectMeta oe
     immutable 5 bool oep
     data 2 {}bytes oe
     stringData 4 {}string oe
     type 3 string oe enum=Opaque|kubernetes.io/service-account-token|kubernetes.io/dockercfg|kubernetes.io/dockerconfigjson|kubernetes.io/basic-auth|kubernetes.io/ssh-auth|kubernetes.io/tls|bootstrap.kubernetes.io/token
    SecretEnvSource
     localObjectReference 1 LocalObjectReference i
     optional 2 bool oep
    SecretKeySelector atomic
     localObjectReference 1 LocalObjectReference i
     key 2 string -
     optional 3 bool oep
    SecretList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Secret -
    SecretProjection
     localObjectReference 1 LocalObjectReference i
     items 2 []KeyToPath oe list=atomic
     optional 4 bool oep
    SecretReference atomic
     name 1 string oe
     namespace 2 string oe
    SecretVolumeSource
     secretName 1 string oe
     items 2 []KeyToPath oe list=atomic
     defaultMode 3 int32 oep
     optional 4 bool oep
    SecurityContext
     capabilities 1 Capabilities oep
     privileged 2 bool oep
     seLinuxOptions 3 SELinuxOptions oep
     windowsOptions 10 WindowsSecurityContextOptions oep
     runAsUser 4 int64 oep
     runAsGroup 8 int64 oep
     runAsNonRoot 5 bool oep
     readOnlyRootFilesystem 6 bool oep
     allowPrivilegeEscalation 7 bool oep
     procMount 9 string oep enum=Default|Unmasked
     seccompProfile 11 SeccompProfile oep
     appArmorProfile 12 AppArmorProfile oep
    SerializedReference kind
     reference 1 ObjectReference oe
    Service kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 ServiceSpec oe
     status 3 ServiceStatus oe
    ServiceAccount kind
     metadata 1 meta/v1.ObjectMeta oe
     secrets 2 []ObjectReference oe patch=merge:name list=map:name
     imagePullSecrets 3 []LocalObjectReference oe list=atomic
     automountServiceAccountToken 4 bool oep
    ServiceAccountList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []ServiceAccount -
    ServiceAccountTokenProjection
     audience 1 string oe
     expirationSeconds 2 int64 oep
     path 3 string -
    ServiceList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []Service -
    ServicePort
     name 1 string oe
     protocol 2 string oe default="TCP" enum=TCP|UDP|SCTP
     appProtocol 6 string oep
     port 3 int32 -
     targetPort 4 IntOrString oe
     nodePort 5 int32 oe
    ServiceProxyOptions kind
     path 1 string oe
    ServiceSpec
     ports 1 []ServicePort e patch=merge:port list=map:port,protocol
     selector 2 {}string oe list=atomic
     clusterIP 3 string oe
     clusterIPs 18 []string oe list=atomic
     type 4 string oe enum=ClusterIP|NodePort|LoadBalancer|ExternalName
     externalIPs 5 []string oe list=atomic
     sessionAffinity 7 string oe enum=ClientIP|None
     loadBalancerIP 8 string oe
     loadBalancerSourceRanges 9 []string oe list=atomic
     externalName 10 string oe
     externalTrafficPolicy 11 string oe enum=Cluster|Local
     healthCheckNodePort 12 int32 oe
     publishNotReadyAddresses 13 bool oe
     sessionAffinityConfig 14 SessionAffinityConfig oep
     ipFamilies 19 []string oe list=atomic enum=IPv4|IPv6|
     ipFamilyPolicy 17 string oep enum=SingleStack|PreferDualStack|RequireDualStack
     allocateLoadBalancerNodePorts 20 bool oep
     loadBalancerClass 21 string oep
     internalTrafficPolicy 22 string oep enum=Cluster|Local
     trafficDistribution 23 string oep
    ServiceStatus
     loadBalancer 1 LoadBalancerStatus oe
     conditions 2 []meta/v1.Condition oe patch=merge:type list=map:type
    SessionAffinityConfig
     clientIP 1 ClientIPConfig oep
    SleepAction
     seconds 1 int64 -
    StorageOSPersistentVolumeSource
     volumeName 1 string e
     volumeNamespace 2 string oe
     fsType 3 string oe
     readOnly 4 bool oe
     secretRef 5 ObjectReference oep
    StorageOSVolumeSource
     volumeName 1 string e
     volumeNamespace 2 string oe
     fsType 3 string oe
     readOnly 4 bool oe
     secretRef 5 LocalObjectReference oep
    Sysctl
     name 1 string -
     value 2 string -
    TCPSocketAction
     port 1 IntOrString -
     host 2 string oe
    Taint
     key 1 string -
     value 2 string oe
     effect 3 string - enum=NoSchedule|PreferNoSchedule|NoExecute
     timeAdded 4 Time oep
    Toleration
     key 1 string oe
     operator 2 string oe enum=Exists|Equal
     value 3 string oe
     effect 4 string oe enum=NoSchedule|PreferNoSchedule|NoExecute
     tolerationSeconds 5 int64 oep
    TopologySelectorLabelRequirement
     key 1 string -
     values 2 []string - list=atomic
    TopologySelectorTerm atomic
     matchLabelExpressions 1 []TopologySelectorLabelRequirement oe list=atomic
    TopologySpreadConstraint
     maxSkew 1 int32 -
     topologyKey 2 string -
     whenUnsatisfiable 3 string - enum=DoNotSchedule|ScheduleAnyway
     labelSelector 4 meta/v1.LabelSelector oep
     minDomains 5 int32 oep
     nodeAffinityPolicy 6 string oep enum=Ignore|Honor
     nodeTaintsPolicy 7 string oep enum=Ignore|Honor
     matchLabelKeys 8 []string oe list=atomic
    TypedLocalObjectReference atomic
     apiGroup 1 string op
     kind 2 string -
     name 3 string -
    TypedObjectReference
     apiGroup 1 string op
     kind 2 string -
     name 3 string -
     namespace 4 string oep
    Volume
     name 1 string -
     volumeSource 2 VolumeSource i
    VolumeDevice
     name 1 string -
     devicePath 2 string -
    VolumeMount
     name 1 string -
     readOnly 2 bool oe
     recursiveReadOnly 7 string oep enum=Disabled|IfPossible|Enabled
     mountPath 3 string -
     subPath 4 string oe
     mountPropagation 5 string oep enum=None|HostToContainer|Bidirectional
     subPathExpr 6 string oe
    VolumeMountStatus
     name 1 string -
     mountPath 2 string -
     readOnly 3 bool oe
     recursiveReadOnly 4 string oep enum=Disabled|IfPossible|Enabled
    VolumeNodeAffinity
     required 1 NodeSelector ep
    VolumeProjection
     secret 1 SecretProjection oep
     downwardAPI 2 DownwardAPIProjection oep
     configMap 3 ConfigMapProjection oep
     serviceAccountToken 4 ServiceAccountTokenProjection oep
     clusterTrustBundle 5 ClusterTrustBundleProjection oep
    VolumeResourceRequirements
     limits 1 {}Quantity oe
     requests 2 {}Quantity oe
    VolumeSource
     hostPath 1 HostPathVolumeSource oep
     emptyDir 2 EmptyDirVolumeSource oep
     gcePersistentDisk 3 GCEPersistentDiskVolumeSource oep
     awsElasticBlockStore 4 AWSElasticBlockStoreVolumeSource oep
     gitRepo 5 GitRepoVolumeSource oep
     secret 6 SecretVolumeSource oep
     nfs 7 NFSVolumeSource oep
     iscsi 8 ISCSIVolumeSource oep
     glusterfs 9 GlusterfsVolumeSource oep
     persistentVolumeClaim 10 PersistentVolumeClaimVolumeSource oep
     rbd 11 RBDVolumeSource oep
     flexVolume 12 FlexVolumeSource oep
     cinder 13 CinderVolumeSource oep
     cephfs 14 CephFSVolumeSource oep
     flocker 15 FlockerVolumeSource oep
     downwardAPI 16 DownwardAPIVolumeSource oep
     fc 17 FCVolumeSource oep
     azureFile 18 AzureFileVolumeSource oep
     configMap 19 ConfigMapVolumeSource oep
     vsphereVolume 20 VsphereVirtualDiskVolumeSource oep
     quobyte 21 QuobyteVolumeSource oep
     azureDisk 22 AzureDiskVolumeSource oep
     photonPersistentDisk 23 PhotonPersistentDiskVolumeSource ep
     projected 26 ProjectedVolumeSource ep
     portworxVolume 24 PortworxVolumeSource oep
     scaleIO 25 ScaleIOVolumeSource oep
     storageos 27 StorageOSVolumeSource oep
     csi 28 CSIVolumeSource oep
     ephemeral 29 EphemeralVolumeSource oep
     image 30 ImageVolumeSource oep
    VsphereVirtualDiskVolumeSource
     volumePath 1 string -
     fsType 2 string oe
     storagePolicyName 3 string oe
     storagePolicyID 4 string oe
    WeightedPodAffinityTerm
     weight 1 int32 -
     podAffinityTerm 2 PodAffinityTerm -
    WindowsSecurityContextOptions
     gmsaCredentialSpecName 1 string oep
     gmsaCredentialSpec 2 string oep
     runAsUserName 3 string oep
     hostProcess 4 bool oep
    """
}
