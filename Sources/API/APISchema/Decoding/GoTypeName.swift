/// The names of Go's types, which users know from the messages about values of the wrong type.
enum GoTypeName {
  /// - Parameters:
  ///   - field: the field whose own value it is; nil for an element or a map's member.
  ///   - structName: the struct that has the field.
  static func of(_ type: FieldType, field: String?, in structName: String?, _ schema: Schema) -> String {
    if let field, let structName, let named = named["\(structName).\(field)"] { return named }
    switch type {
    case .string: return "string"
    case .bool: return "bool"
    case .int32: return "int32"
    case .int64: return "int64"
    case .double: return "float64"
    case .bytes: return "[]uint8"
    case .time: return "v1.Time"
    case .microTime: return "v1.MicroTime"
    case .duration: return "v1.Duration"
    case .quantity: return "resource.Quantity"
    case .intOrString: return "intstr.IntOrString"
    case .any(let name): return name == "RawExtension" ? "runtime.RawExtension" : "v1.\(name)"
    case .type(let index): return "\(schema.types[index].version).\(schema.types[index].name)"
    case .array(let element): return "[]" + of(element, field: nil, in: nil, schema)
    case .map(.quantity): return "v1.ResourceList"
    case .map(.array): return "map[string]v1.ExtraValue"
    case .map(let element): return "map[string]" + of(element, field: nil, in: nil, schema)
    }
  }

  /// Fields whose string type has a name of its own in Go; the tables do not have those.
  private static let named: [String: String] = [
    "Capabilities.add": "[]v1.Capability", "Capabilities.drop": "[]v1.Capability",
    "Condition.status": "v1.ConditionStatus", "Container.imagePullPolicy": "v1.PullPolicy",
    "Container.restartPolicy": "v1.ContainerRestartPolicy",
    "Container.terminationMessagePolicy": "v1.TerminationMessagePolicy", "ContainerPort.protocol": "v1.Protocol",
    "CronJobSpec.concurrencyPolicy": "v1.ConcurrencyPolicy",
    "DaemonSetUpdateStrategy.type": "v1.DaemonSetUpdateStrategyType",
    "DeploymentCondition.status": "v1.ConditionStatus", "DeploymentCondition.type": "v1.DeploymentConditionType",
    "DeploymentStrategy.type": "v1.DeploymentStrategyType", "EmptyDirVolumeSource.medium": "v1.StorageMedium",
    "EndpointPort.protocol": "v1.Protocol", "EndpointSlice.addressType": "v1.AddressType",
    "EphemeralContainer.imagePullPolicy": "v1.PullPolicy", "HTTPGetAction.scheme": "v1.URIScheme",
    "HTTPIngressPath.pathType": "v1.PathType", "HostPathVolumeSource.type": "v1.HostPathType",
    "JobCondition.status": "v1.ConditionStatus", "JobCondition.type": "v1.JobConditionType",
    "JobSpec.completionMode": "v1.CompletionMode", "JobSpec.podReplacementPolicy": "v1.PodReplacementPolicy",
    "LabelSelectorRequirement.operator": "v1.LabelSelectorOperator",
    "ManagedFieldsEntry.operation": "v1.ManagedFieldsOperationType", "NamespaceStatus.phase": "v1.NamespacePhase",
    "NetworkPolicyPort.protocol": "v1.Protocol", "NetworkPolicySpec.policyTypes": "[]v1.PolicyType",
    "NodeCondition.status": "v1.ConditionStatus", "NodeCondition.type": "v1.NodeConditionType",
    "NodeSelectorRequirement.operator": "v1.NodeSelectorOperator", "ObjectMeta.uid": "types.UID",
    "ObjectReference.uid": "types.UID", "OwnerReference.uid": "types.UID",
    "PersistentVolumeClaimSpec.accessModes": "[]v1.PersistentVolumeAccessMode",
    "PersistentVolumeClaimSpec.volumeMode": "v1.PersistentVolumeMode",
    "PersistentVolumeSpec.accessModes": "[]v1.PersistentVolumeAccessMode",
    "PersistentVolumeSpec.persistentVolumeReclaimPolicy": "v1.PersistentVolumeReclaimPolicy",
    "PersistentVolumeSpec.volumeMode": "v1.PersistentVolumeMode", "PodCondition.status": "v1.ConditionStatus",
    "PodCondition.type": "v1.PodConditionType", "PodSpec.dnsPolicy": "v1.DNSPolicy",
    "PodSpec.preemptionPolicy": "v1.PreemptionPolicy", "PodSpec.restartPolicy": "v1.RestartPolicy",
    "PodStatus.phase": "v1.PodPhase", "PodStatus.qosClass": "v1.PodQOSClass", "Preconditions.uid": "types.UID",
    "PriorityClass.preemptionPolicy": "v1.PreemptionPolicy",
    "ResourceQuotaSpec.scopes": "[]v1.ResourceQuotaScope", "SeccompProfile.type": "v1.SeccompProfileType",
    "Secret.type": "v1.SecretType", "SecurityContext.procMount": "v1.ProcMountType",
    "ServicePort.protocol": "v1.Protocol",
    "ServiceSpec.externalTrafficPolicy": "v1.ServiceExternalTrafficPolicy",
    "ServiceSpec.internalTrafficPolicy": "v1.ServiceInternalTrafficPolicy",
    "ServiceSpec.ipFamilies": "[]v1.IPFamily", "ServiceSpec.ipFamilyPolicy": "v1.IPFamilyPolicy",
    "ServiceSpec.sessionAffinity": "v1.ServiceAffinity", "ServiceSpec.type": "v1.ServiceType",
    "StatefulSetSpec.podManagementPolicy": "v1.PodManagementPolicyType",
    "StatefulSetUpdateStrategy.type": "v1.StatefulSetUpdateStrategyType",
    "StorageClass.reclaimPolicy": "v1.PersistentVolumeReclaimPolicy",
    "StorageClass.volumeBindingMode": "v1.VolumeBindingMode", "Taint.effect": "v1.TaintEffect",
    "Toleration.effect": "v1.TaintEffect", "Toleration.operator": "v1.TolerationOperator",
    "TopologySpreadConstraint.whenUnsatisfiable": "v1.UnsatisfiableConstraintAction",
    "VolumeMount.mountPropagation": "v1.MountPropagationMode",
  ]
}
