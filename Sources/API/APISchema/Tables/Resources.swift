extension SchemaTables {
  /// What discovery knows; the notation is explained in `SchemaTables`.
  static let resources: StaticString = """
    v1
     bindings Binding n c
     componentstatuses ComponentStatus c gl short=cs
     configmaps ConfigMap n cdxglpuw short=cm
     endpoints Endpoints n cdxglpuw short=ep
     events Event n cdxglpuw short=ev
     limitranges LimitRange n cdxglpuw short=limits
     namespaces Namespace c cdglpuw short=ns
     namespaces/finalize Namespace c u
     namespaces/status Namespace c gpu
     nodes Node c cdxglpuw short=no
     nodes/proxy NodeProxyOptions c cdgpu
     nodes/status Node c gpu
     persistentvolumeclaims PersistentVolumeClaim n cdxglpuw short=pvc
     persistentvolumeclaims/status PersistentVolumeClaim n gpu
     persistentvolumes PersistentVolume c cdxglpuw short=pv
     persistentvolumes/status PersistentVolume c gpu
     pods Pod n cdxglpuw short=po categories=all
     pods/attach PodAttachOptions n cg
     pods/binding Binding n c
     pods/eviction Eviction n c as=policy/v1
     pods/exec PodExecOptions n cg
     pods/log Pod n g
     pods/portforward PodPortForwardOptions n cg
     pods/proxy PodProxyOptions n cdgpu
     pods/status Pod n gpu
     podtemplates PodTemplate n cdxglpuw
     replicationcontrollers ReplicationController n cdxglpuw short=rc categories=all
     replicationcontrollers/scale Scale n gpu as=autoscaling/v1
     replicationcontrollers/status ReplicationController n gpu
     resourcequotas ResourceQuota n cdxglpuw short=quota
     resourcequotas/status ResourceQuota n gpu
     secrets Secret n cdxglpuw
     serviceaccounts ServiceAccount n cdxglpuw short=sa
     serviceaccounts/token TokenRequest n c as=authentication.k8s.io/v1
     services Service n cdxglpuw short=svc categories=all
     services/proxy ServiceProxyOptions n cdgpu
     services/status Service n gpu
     pods/ephemeralcontainers Pod n gpu
     pods/resize Pod n gpu
    admissionregistration.k8s.io/v1
     mutatingwebhookconfigurations MutatingWebhookConfiguration c cdxglpuw categories=api-extensions
     validatingwebhookconfigurations ValidatingWebhookConfiguration c cdxglpuw categories=api-extensions
    apiextensions.k8s.io/v1
     customresourcedefinitions CustomResourceDefinition c cdxglpuw short=crd,crds categories=api-extensions
     customresourcedefinitions/status CustomResourceDefinition c gpu
    apiregistration.k8s.io/v1
     apiservices APIService c cdxglpuw categories=api-extensions
     apiservices/status APIService c gpu
    apps/v1
     controllerrevisions ControllerRevision n cdxglpuw
     daemonsets DaemonSet n cdxglpuw short=ds categories=all
     daemonsets/status DaemonSet n gpu
     deployments Deployment n cdxglpuw short=deploy categories=all
     deployments/scale Scale n gpu as=autoscaling/v1
     deployments/status Deployment n gpu
     replicasets ReplicaSet n cdxglpuw short=rs categories=all
     replicasets/scale Scale n gpu as=autoscaling/v1
     replicasets/status ReplicaSet n gpu
     statefulsets StatefulSet n cdxglpuw short=sts categories=all
     statefulsets/scale Scale n gpu as=autoscaling/v1
     statefulsets/status StatefulSet n gpu
    authentication.k8s.io/v1
     tokenreviews TokenReview c c
     selfsubjectreviews SelfSubjectReview c c
    authorization.k8s.io/v1
     localsubjectaccessreviews LocalSubjectAccessReview n c
     selfsubjectaccessreviews SelfSubjectAccessReview c c
     selfsubjectrulesreviews SelfSubjectRulesReview c c
     subjectaccessreviews SubjectAccessReview c c
    autoscaling/v1
     horizontalpodautoscalers HorizontalPodAutoscaler n cdxglpuw short=hpa categories=all
     horizontalpodautoscalers/status HorizontalPodAutoscaler n gpu
    autoscaling/v2
     horizontalpodautoscalers HorizontalPodAutoscaler n cdxglpuw short=hpa categories=all
     horizontalpodautoscalers/status HorizontalPodAutoscaler n gpu
    batch/v1
     jobs Job n cdxglpuw categories=all
     jobs/status Job n gpu
     cronjobs CronJob n cdxglpuw short=cj categories=all
     cronjobs/status CronJob n gpu
    certificates.k8s.io/v1
     certificatesigningrequests CertificateSigningRequest c cdxglpuw short=csr
     certificatesigningrequests/approval CertificateSigningRequest c gpu
     certificatesigningrequests/status CertificateSigningRequest c gpu
    coordination.k8s.io/v1
     leases Lease n cdxglpuw
    discovery.k8s.io/v1
     endpointslices EndpointSlice n cdxglpuw
    events.k8s.io/v1
     events Event n cdxglpuw short=ev
    flowcontrol.apiserver.k8s.io/v1
     flowschemas FlowSchema c cdxglpuw
     flowschemas/status FlowSchema c gpu
     prioritylevelconfigurations PriorityLevelConfiguration c cdxglpuw
     prioritylevelconfigurations/status PriorityLevelConfiguration c gpu
    networking.k8s.io/v1
     ingressclasses IngressClass c cdxglpuw
     ingresses Ingress n cdxglpuw short=ing
     ingresses/status Ingress n gpu
     ipaddresses IPAddress c cdxglpuw short=ip
     networkpolicies NetworkPolicy n cdxglpuw short=netpol
     servicecidrs ServiceCIDR c cdxglpuw
     servicecidrs/status ServiceCIDR c gpu
    node.k8s.io/v1
     runtimeclasses RuntimeClass c cdxglpuw
    policy/v1
     poddisruptionbudgets PodDisruptionBudget n cdxglpuw short=pdb
     poddisruptionbudgets/status PodDisruptionBudget n gpu
    rbac.authorization.k8s.io/v1
     clusterrolebindings ClusterRoleBinding c cdxglpuw
     clusterroles ClusterRole c cdxglpuw
     rolebindings RoleBinding n cdxglpuw
     roles Role n cdxglpuw
    scheduling.k8s.io/v1
     priorityclasses PriorityClass c cdxglpuw short=pc
    storage.k8s.io/v1
     csidrivers CSIDriver c cdxglpuw
     csinodes CSINode c cdxglpuw
     storageclasses StorageClass c cdxglpuw short=sc
     volumeattachments VolumeAttachment c cdxglpuw
     volumeattachments/status VolumeAttachment c gpu
     csistoragecapacities CSIStorageCapacity n cdxglpuw
    """
}
