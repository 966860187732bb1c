extension SchemaTables {
  /// The types of storage.k8s.io/v1; the notation is explained in `SchemaTables`.
  static let storageV1: StaticString = """
    CSIDriver kind
     metadata 1 meta/v1.ObjectMeta e
     spec 2 CSIDriverSpec -
    CSIDriverList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CSIDriver -
    CSIDriverSpec
     attachRequired 1 bool oep
     podInfoOnMount 2 bool oep
     volumeLifecycleModes 3 []string oe list=set enum=Persistent|Ephemeral
     storageCapacity 4 bool oep
     fsGroupPolicy 5 string oep enum=ReadWriteOnceWithFSType|File|None
     tokenRequests 6 []TokenRequest oe list=atomic
     requiresRepublish 7 bool oep
     seLinuxMount 8 bool oep
     nodeAllocatableUpdatePeriodSeconds 9 int64 oep
    CSINode kind
     metadata 1 meta/v1.ObjectMeta e
     spec 2 CSINodeSpec -
    CSINodeDriver
     name 1 string -
     nodeID 2 string -
     topologyKeys 3 []string o list=atomic
     allocatable 4 VolumeNodeResources oep
    CSINodeList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CSINode -
    CSINodeSpec
     drivers 1 []CSINodeDriver - patch=merge:name list=map:name
    CSIStorageCapacity kind
     metadata 1 meta/v1.ObjectMeta oe
     nodeTopology 2 meta/v1.LabelSelector oep
     storageClassName 3 string -
     capacity 4 Quantity oep
     maximumVolumeSize 5 Quantity oep
    CSIStorageCapacityList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []CSIStorageCapacity -
    StorageClass kind
     metadata 1 meta/v1.ObjectMeta oe
     provisioner 2 string -
     parameters 3 {}string oe
     reclaimPolicy 4 string oep
     mountOptions 5 []string oe list=atomic
     allowVolumeExpansion 6 bool oep
     volumeBindingMode 7 string oep enum=Immediate|WaitForFirstConsumer
     allowedTopologies 8 []core/v1.TopologySelectorTerm oe list=atomic
    StorageClassList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []StorageClass -
    TokenRequest
     audience 1 string -
     expirationSeconds 2 int64 oep
    VolumeAttachment kind
     metadata 1 meta/v1.ObjectMeta oe
     spec 2 VolumeAttachmentSpec -
     status 3 VolumeAttachmentStatus oe
    VolumeAttachmentList kind
     metadata 1 meta/v1.ListMeta oe
     items 2 []VolumeAttachment -
    VolumeAttachmentSource
     persistentVolumeName 1 string oep
     inlineVolumeSpec 2 core/v1.PersistentVolumeSpec oep
    VolumeAttachmentSpec
     attacher 1 string -
     source 2 VolumeAttachmentSource -
     nodeName 3 string -
    VolumeAttachmentStatus
     attached 1 bool -
     attachmentMetadata 2 {}string oe
     attachError 3 VolumeError oep
     detachError 4 VolumeError oep
    VolumeError
     time 1 Time oe
     message 2 string oe
     errorCode 3 int32 oep
    VolumeNodeResources
     count 1 int32 oep
    """
}
