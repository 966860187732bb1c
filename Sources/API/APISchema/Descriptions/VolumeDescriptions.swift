extension Descriptions {
  /// Volumes of pods; the notation is explained in `Descriptions`.
  static let volumes: StaticString = """
    Volume Storage that the containers of a pod can mount. = VolumeSource
     name Its name, unique in the pod.
    VolumeSource Where a volume's storage is from; exactly one.
     hostPath A file or folder of the node.
     emptyDir A folder that is empty at first and goes with the pod.
     gcePersistentDisk Deprecated. A disk of Google Compute Engine.
     awsElasticBlockStore Deprecated. A volume of Amazon's Elastic Block Store.
     gitRepo Deprecated. A checked-out Git repository.
     secret The keys of a secret as files.
     nfs A folder of an NFS server.
     iscsi A disk over iSCSI.
     glusterfs Deprecated. A volume of Gluster.
     persistentVolumeClaim A claim on a persistent volume.
     rbd Deprecated. A block device of Ceph.
     flexVolume Deprecated. A volume by a program on the node.
     cinder Deprecated. A volume of OpenStack's Cinder.
     cephfs Deprecated. A folder of CephFS.
     flocker Deprecated. A dataset of Flocker.
     downwardAPI Fields of the pod as files.
     fc A disk over Fibre Channel.
     azureFile Deprecated. A share of Azure Files.
     configMap The keys of a config map as files.
     vsphereVolume Deprecated. A disk of vSphere.
     quobyte Deprecated. A volume of Quobyte.
     azureDisk Deprecated. A disk of Azure.
     photonPersistentDisk Deprecated. A disk of Photon Controller.
     projected Several sources in one folder.
     portworxVolume Deprecated. A volume of Portworx.
     scaleIO Deprecated. A volume of ScaleIO.
     storageos Deprecated. A volume of StorageOS.
     csi A volume that a CSI driver makes for this pod.
     ephemeral A claim that is made for this pod and goes with it.
     image The files of an image, read only.
    HostPathVolumeSource A file or folder of the node.
     path Path on the node.
     type What has to be there, such as Directory, DirectoryOrCreate or File; not checked if empty.
    EmptyDirVolumeSource A folder that is empty at first and goes with the pod.
     medium Where it lies: the node's disk (empty, the default), or Memory.
     sizeLimit How much may be put there; the pod is evicted beyond it.
    SecretVolumeSource The keys of a secret as files.
     secretName Name of the secret.
     items Which keys, and under which paths. Default: all, by their names.
     defaultMode Permissions of the files. Default 0644.
     optional Whether the secret or its keys may be missing.
    ConfigMapVolumeSource The keys of a config map as files.
     name Name of the config map.
     items Which keys, and under which paths. Default: all, by their names.
     defaultMode Permissions of the files. Default 0644.
     optional Whether the config map or its keys may be missing.
    KeyToPath A key as a file.
     key The key.
     path Path of the file in the volume.
     mode Permissions of the file. Default: the volume's.
    DownwardAPIVolumeSource Fields of the pod as files.
     items The files.
     defaultMode Permissions of the files. Default 0644.
    DownwardAPIVolumeFile A field of the pod as a file.
     path Path of the file in the volume.
     fieldRef A field of the pod: labels, annotations, name, namespace or UID.
     resourceFieldRef A request or limit of a container.
     mode Permissions of the file. Default: the volume's.
    ProjectedVolumeSource Several sources in one folder.
     sources The sources.
     defaultMode Permissions of the files. Default 0644.
    VolumeProjection A source of a projected volume; exactly one.
     secret The keys of a secret.
     downwardAPI Fields of the pod.
     configMap The keys of a config map.
     serviceAccountToken A token of the pod's service account, renewed in time.
     clusterTrustBundle Certificates of authorities.
    SecretProjection The keys of a secret as files.
     name Name of the secret.
     items Which keys, and under which paths. Default: all, by their names.
     optional Whether the secret or its keys may be missing.
    ConfigMapProjection The keys of a config map as files.
     name Name of the config map.
     items Which keys, and under which paths. Default: all, by their names.
     optional Whether the config map or its keys may be missing.
    DownwardAPIProjection Fields of the pod as files.
     items The files.
    ServiceAccountTokenProjection A token of the pod's service account.
     audience Whom the token is for. Default: the API.
     expirationSeconds For how long it is good, at least 600. It is renewed before. Default 3600.
     path Path of the file in the volume.
    ClusterTrustBundleProjection Certificates of authorities, as one file.
     name Name of one trust bundle.
     signerName All bundles of this signer, in place of a name.
     labelSelector Which of the signer's bundles.
     optional Whether there may be none.
     path Path of the file in the volume.
    PersistentVolumeClaimVolumeSource A claim of the same namespace.
     claimName Name of the claim.
     readOnly Whether it can only be read.
    EphemeralVolumeSource A claim that is made for one pod and goes with it.
     volumeClaimTemplate What the claim looks like.
    PersistentVolumeClaimTemplate What a claim looks like.
     metadata Labels and annotations of the claim.
     spec What is claimed.
    PersistentVolumeClaimSpec What is wanted of a persistent volume.
     accessModes How it is to be mounted: ReadWriteOnce, ReadOnlyMany, ReadWriteMany, or ReadWriteOncePod.
     selector Which volumes may be bound, by their labels.
     resources How much storage is wanted.
     volumeName The volume that it is bound to.
     storageClassName Name of the storage class; empty for none, the default class if not given.
     volumeMode Filesystem (the default), or Block.
     dataSource What the volume is filled with: a snapshot, or another claim.
     dataSourceRef As dataSource, also for other kinds and other namespaces.
     volumeAttributesClassName Name of the class of changeable attributes of the volume.
    VolumeResourceRequirements How much storage is wanted.
     limits How much at most.
     requests How much at least, under the name storage.
    TypedLocalObjectReference Names an object of the same namespace and of any kind.
     apiGroup Its group; empty for the core group.
     kind Its kind.
     name Its name.
    TypedObjectReference Names an object of any kind.
     apiGroup Its group; empty for the core group.
     kind Its kind.
     name Its name.
     namespace Its namespace, if it is another one; that one has to permit it.
    CSIVolumeSource A volume that a CSI driver makes for one pod.
     driver Name of the driver.
     readOnly Whether it can only be read.
     fsType File system to use. Default: the driver's.
     volumeAttributes What else the driver wants to know.
     nodePublishSecretRef A secret that the driver gets.
    ImageVolumeSource The files of an image.
     reference Name of the image.
     pullPolicy When it is fetched: Always, IfNotPresent, or Never. Default by its tag.
    NFSVolumeSource A folder of an NFS server.
     server Name or address of the server.
     path The folder that the server exports.
     readOnly Whether it can only be read.
    ISCSIVolumeSource A disk over iSCSI.
     targetPortal The portal, as ADDRESS:PORT; the port is 3260 if left out.
     iqn Name of the target.
     lun Number of the logical unit.
     iscsiInterface The initiator's interface. Default: default.
     fsType File system of the disk.
     readOnly Whether it can only be read.
     portals Further portals, for multipath.
     chapAuthDiscovery Whether discovery is authenticated by CHAP.
     chapAuthSession Whether sessions are authenticated by CHAP.
     secretRef The secret for CHAP.
     initiatorName The initiator's name, in place of the node's.
    FCVolumeSource A disk over Fibre Channel.
     targetWWNs World wide names of the target; together with lun.
     lun Number of the logical unit.
     fsType File system of the disk.
     readOnly Whether it can only be read.
     wwids World wide identifiers of the volume, in place of targetWWNs and lun.
    AWSElasticBlockStoreVolumeSource A volume of Amazon's Elastic Block Store.
     volumeID ID of the volume.
     fsType File system of the volume.
     partition Number of the partition; 0 for the whole volume.
     readOnly Whether it can only be read.
    GCEPersistentDiskVolumeSource A disk of Google Compute Engine.
     pdName Name of the disk.
     fsType File system of the disk.
     partition Number of the partition; 0 for the whole disk.
     readOnly Whether it can only be read.
    AzureDiskVolumeSource A disk of Azure.
     diskName Name of the disk.
     diskURI URI of the disk.
     cachingMode How the host caches: None, ReadOnly, or ReadWrite (the default).
     fsType File system of the disk. Default ext4.
     readOnly Whether it can only be read.
     kind Dedicated, Managed, or Shared (the default).
    AzureFileVolumeSource A share of Azure Files.
     secretName The secret with the storage account's name and key.
     shareName Name of the share.
     readOnly Whether it can only be read.
    CephFSVolumeSource A folder of CephFS.
     monitors Addresses of Ceph's monitors.
     path The folder. Default /.
     user The user. Default admin.
     secretFile The file with the user's key.
     secretRef The secret with the user's key; goes before secretFile.
     readOnly Whether it can only be read.
    CinderVolumeSource A volume of OpenStack's Cinder.
     volumeID ID of the volume.
     fsType File system of the volume.
     readOnly Whether it can only be read.
     secretRef The secret for OpenStack.
    FlexVolumeSource A volume by a program on the node.
     driver Name of the program.
     fsType File system of the volume. Default: the program's.
     secretRef A secret that the program gets.
     readOnly Whether it can only be read.
     options What else the program wants to know.
    FlockerVolumeSource A dataset of Flocker.
     datasetName Name of the dataset.
     datasetUUID UUID of the dataset.
    GitRepoVolumeSource A checked-out Git repository.
     repository URL of the repository.
     revision The commit to check out.
     directory The folder in the volume.
    GlusterfsVolumeSource A volume of Gluster.
     endpoints Name of the endpoints of its servers.
     path Name of the volume.
     readOnly Whether it can only be read.
    PhotonPersistentDiskVolumeSource A disk of Photon Controller.
     pdID ID of the disk.
     fsType File system of the disk.
    PortworxVolumeSource A volume of Portworx.
     volumeID ID of the volume.
     fsType File system of the volume.
     readOnly Whether it can only be read.
    QuobyteVolumeSource A volume of Quobyte.
     registry Addresses of the registries, as HOST:PORT.
     volume Name of the volume.
     readOnly Whether it can only be read.
     user The user to act as.
     group The group to act as.
     tenant The tenant that the volume belongs to.
    RBDVolumeSource A block device of Ceph.
     monitors Addresses of Ceph's monitors.
     image Name of the image.
     fsType File system of the image.
     pool Name of the pool. Default rbd.
     user The user. Default admin.
     keyring The file with the user's key. Default /etc/ceph/keyring.
     secretRef The secret with the user's key; goes before keyring.
     readOnly Whether it can only be read.
    ScaleIOVolumeSource A volume of ScaleIO.
     gateway Address of the gateway.
     system Name of the system.
     secretRef The secret with user and password.
     sslEnabled Whether the gateway is spoken to over TLS.
     protectionDomain Name of the protection domain.
     storagePool Name of the storage pool.
     storageMode ThickProvisioned, or ThinProvisioned (the default).
     volumeName Name of the volume.
     fsType File system of the volume. Default xfs.
     readOnly Whether it can only be read.
    StorageOSVolumeSource A volume of StorageOS.
     volumeName Name of the volume.
     volumeNamespace The volume's namespace. Default: the pod's.
     fsType File system of the volume.
     readOnly Whether it can only be read.
     secretRef The secret for StorageOS.
    VsphereVirtualDiskVolumeSource A disk of vSphere.
     volumePath Path of the disk.
     fsType File system of the disk.
     storagePolicyName Name of the storage policy.
     storagePolicyID ID of the storage policy.
    """
}
