extension Descriptions {
  /// Pods, without their containers and volumes; the notation is explained in `Descriptions`.
  static let pods: StaticString = """
    Pod Containers that run together on one node, and share its network address and volumes.
     metadata Name, labels and the like of the pod.
     spec What is wanted.
     status What is, as the node's kubelet sees it.
    PodList A list of pods.
     metadata What the list says of itself.
     items The pods.
    PodTemplateSpec What pods that others make are to look like.
     metadata Labels and annotations of the pods.
     spec What is wanted of the pods.
    PodSpec What a pod is to run, where, and how.
     volumes Storage that its containers can mount.
     initContainers Containers that run one after another, each to its end, before the others start.
     containers Its containers; at least one. They cannot be added or removed later.
     ephemeralContainers Containers that were added to the running pod for debugging.
     restartPolicy When containers that ended start again: Always (the default), OnFailure, or Never.
     terminationGracePeriodSeconds How many seconds it gets to end in order before it is killed. Default 30.
     activeDeadlineSeconds After how many seconds it is ended and failed, counted from its start.
     dnsPolicy How names are looked up: ClusterFirst (the default), ClusterFirstWithHostNet, Default, or None.
     nodeSelector Labels that its node must have.
     serviceAccountName The service account that it runs as. Default: default.
     serviceAccount Deprecated name of serviceAccountName.
     automountServiceAccountToken Whether its containers get the account's token as a file.
     nodeName The node that it is bound to; set by the scheduler.
     hostNetwork Whether it uses its node's network instead of one of its own.
     hostPID Whether it sees its node's processes.
     hostIPC Whether it shares its node's IPC.
     shareProcessNamespace Whether its containers see each other's processes.
     securityContext Rights and identities for all its containers.
     imagePullSecrets Secrets with credentials for the registries of its images.
     hostname Its host name. Default: its name.
     subdomain The subdomain of its full host name; usually the name of a headless service.
     affinity Wishes and conditions about nodes and about other pods near it.
     schedulerName Who schedules it. Default: default-scheduler.
     tolerations The nodes' taints that it puts up with.
     hostAliases Further lines for its /etc/hosts.
     priorityClassName Name of its priority class; how important it is.
     priority Its priority as a number, filled in from its class; higher ones may push out lower ones.
     dnsConfig Settings of its resolver, beside those of dnsPolicy.
     readinessGates Further conditions that have to hold before it counts as ready.
     runtimeClassName Name of the runtime class that its containers run with.
     enableServiceLinks Whether the services of its namespace are put into its environment. Default true.
     preemptionPolicy Whether it may push out others: PreemptLowerPriority (the default), or Never.
     overhead What running it costs beside its containers, filled in from its runtime class.
     topologySpreadConstraints How pods of its group are spread over zones, nodes and the like.
     setHostnameAsFQDN Whether the kernel's host name is the full name.
     os The operating system that its containers are for.
     hostUsers Whether it uses its node's user IDs (the default) or a user namespace of its own.
     schedulingGates Names that keep it from being scheduled until each is removed.
     resourceClaims Claims on devices that have to be met before it starts.
     resources Requests and limits for the pod as a whole.
    PodOS An operating system.
     name linux or windows.
    PodReadinessGate A condition that has to hold for readiness.
     conditionType Type of the condition in the pod's status.
    PodSchedulingGate Something that holds back scheduling.
     name Name of the gate.
    PodResourceClaim A claim on devices.
     name Name by which containers refer to it.
     resourceClaimName Name of a claim that is there.
     resourceClaimTemplateName Name of a template that a claim is made from for this pod.
    HostAlias A line of /etc/hosts.
     ip The address.
     hostnames The names that stand for it.
    PodDNSConfig Settings of a pod's resolver.
     nameservers Addresses of DNS servers, beside those of the policy.
     searches Domains to look short names up in, beside those of the policy.
     options Options of the resolver.
    PodDNSConfigOption An option of the resolver.
     name Name of the option.
     value Its value, if it takes one.
    Toleration A taint, or kind of taints, that a pod puts up with.
     key Key of the taint; empty with Exists for all.
     operator Equal (the default), or Exists for any value.
     value Value of the taint, with Equal.
     effect Effect of the taint: NoSchedule, PreferNoSchedule or NoExecute; empty for all.
     tolerationSeconds For how long NoExecute is put up with; for ever if not given.
    TopologySpreadConstraint How evenly pods are spread over the values of a node label.
     maxSkew By how many pods two values may differ at most.
     topologyKey The node label whose values are compared.
     whenUnsatisfiable What if it cannot be kept: DoNotSchedule, or ScheduleAnyway.
     labelSelector Which pods are counted.
     minDomains How many values there must be before the least one counts for more than zero.
     nodeAffinityPolicy Whether the pod's node selection limits the nodes that count: Honor (the default), or Ignore.
     nodeTaintsPolicy Whether nodes count whose taints the pod does not tolerate: Ignore (yes, the default), or Honor.
     matchLabelKeys Labels of this pod that other pods must share to be counted.
    Affinity Wishes and conditions about where a pod runs.
     nodeAffinity About the node.
     podAffinity About pods that are to be near.
     podAntiAffinity About pods that are not to be near.
    NodeAffinity Wishes and conditions about a pod's node.
     requiredDuringSchedulingIgnoredDuringExecution What must hold of the node when the pod is scheduled.
     preferredDuringSchedulingIgnoredDuringExecution What makes a node more welcome, with weights.
    NodeSelector Which nodes; one of its terms has to hold.
     nodeSelectorTerms The terms.
    NodeSelectorTerm Conditions on a node that all have to hold.
     matchExpressions Conditions on its labels.
     matchFields Conditions on its fields: metadata.name.
    NodeSelectorRequirement A condition on a label or field of a node.
     key The label's key, or the field.
     operator In, NotIn, Exists, DoesNotExist, Gt, or Lt.
     values What is compared with: one number for Gt and Lt, nothing for Exists and DoesNotExist.
    PreferredSchedulingTerm A wish about the node.
     weight How much it counts, from 1 to 100.
     preference Which nodes are wished for.
    PodAffinity Wishes and conditions about pods that are to be near.
     requiredDuringSchedulingIgnoredDuringExecution Pods that must be near when the pod is scheduled.
     preferredDuringSchedulingIgnoredDuringExecution Pods that are wished for near it, with weights.
    PodAntiAffinity Wishes and conditions about pods that are not to be near.
     requiredDuringSchedulingIgnoredDuringExecution Pods that must not be near when the pod is scheduled.
     preferredDuringSchedulingIgnoredDuringExecution Pods that are not wished for near it, with weights.
    PodAffinityTerm Which pods, and what near means.
     labelSelector Which pods, by their labels.
     namespaces The namespaces whose pods are meant. Default: the pod's own.
     topologyKey The node label whose value near pods have in common.
     namespaceSelector Further namespaces whose pods are meant, by their labels.
     matchLabelKeys Labels of this pod whose values the others must share.
     mismatchLabelKeys Labels of this pod whose values the others must not share.
    WeightedPodAffinityTerm A wish about near pods.
     weight How much it counts, from 1 to 100.
     podAffinityTerm Which pods, and what near means.
    PodSecurityContext Rights and identities for all containers of a pod; a container's own go first.
     seLinuxOptions The SELinux label of its containers.
     windowsOptions Settings for Windows.
     runAsUser The user ID that processes start with. Default: the image's.
     runAsGroup The group ID that processes start with. Default: the runtime's.
     runAsNonRoot Whether containers that would run as root are refused.
     supplementalGroups Further groups of the processes.
     supplementalGroupsPolicy Whether the image's groups are added: Merge (the default), or Strict.
     fsGroup A group that owns the volumes which can be owned, and that the processes are in.
     sysctls Kernel settings of the pod.
     fsGroupChangePolicy When volumes are given to fsGroup: Always (the default), or OnRootMismatch.
     seccompProfile Which system calls are let through.
     appArmorProfile The AppArmor profile.
     seLinuxChangePolicy How volumes get the SELinux label: Recursive, or MountOption.
    Sysctl A kernel setting.
     name Its name.
     value Its value.
    SELinuxOptions A label of SELinux.
     user Its user.
     role Its role.
     type Its type.
     level Its level.
    WindowsSecurityContextOptions Settings for containers on Windows.
     gmsaCredentialSpecName Name of the credential spec of a group managed account.
     gmsaCredentialSpec The credential spec itself.
     runAsUserName The user that processes start as.
     hostProcess Whether it runs as processes of the host.
    SeccompProfile Which system calls are let through.
     type RuntimeDefault, Unconfined, or Localhost for a file of the node.
     localhostProfile The file, below the kubelet's folder of profiles.
    AppArmorProfile A profile of AppArmor.
     type RuntimeDefault, Unconfined, or Localhost for one that is loaded on the node.
     localhostProfile Name of the loaded profile.
    LocalObjectReference Names an object of the same namespace.
     name Its name.
    PodStatus How a pod is, as its kubelet sees it.
     observedGeneration The generation of the pod that this status is about.
     phase Where it is in its life: Pending, Running, Succeeded, Failed, or Unknown.
     conditions Aspects of its state: PodScheduled, Initialized, ContainersReady, Ready and others.
     message Why it is in this state, as text for people.
     reason Why it is in this state, as one word in CamelCase, such as Evicted.
     nominatedNodeName The node that others are pushed out of to make room for it.
     hostIP Address of its node.
     hostIPs All addresses of its node.
     podIP Its address.
     podIPs All its addresses, at most one of each family.
     startTime When the kubelet took it on.
     initContainerStatuses How its init containers are, in their order.
     containerStatuses How its containers are.
     qosClass Its class of service, by requests and limits: Guaranteed, Burstable, or BestEffort.
     ephemeralContainerStatuses How its ephemeral containers are.
     resize Deprecated. How far a change of its resources is; now told by conditions.
     resourceClaimStatuses The claims that were made for it.
    PodCondition One aspect of a pod's state.
     type Name of the aspect.
     observedGeneration The generation of the pod that this was found for.
     status Whether it holds: True, False, or Unknown.
     lastProbeTime When it was last looked at.
     lastTransitionTime When the status last changed.
     reason Why, as one word in CamelCase for programs.
     message Why, as text for people.
    PodIP An address of a pod.
     ip The address.
    HostIP An address of a node.
     ip The address.
    PodResourceClaimStatus Which claim was made for a pod.
     name The claim's name in the pod's spec.
     resourceClaimName Name of the claim that was made; none if it was not needed.
    """
}
