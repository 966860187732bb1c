// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PersistentVolumeSpec` of `core/v1`.
  package struct PersistentVolumeSpec: JSONCodable {
    package var capacity: [String: Quantity]
    @BoxedOptional package var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    @BoxedOptional package var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    package var hostPath: HostPathVolumeSource?
    @BoxedOptional package var glusterfs: GlusterfsPersistentVolumeSource?
    @BoxedOptional package var nfs: NFSVolumeSource?
    @BoxedOptional package var rbd: RBDPersistentVolumeSource?
    @BoxedOptional package var iscsi: ISCSIPersistentVolumeSource?
    @BoxedOptional package var cinder: CinderPersistentVolumeSource?
    @BoxedOptional package var cephfs: CephFSPersistentVolumeSource?
    @BoxedOptional package var fc: FCVolumeSource?
    package var flocker: FlockerVolumeSource?
    @BoxedOptional package var flexVolume: FlexPersistentVolumeSource?
    @BoxedOptional package var azureFile: AzureFilePersistentVolumeSource?
    @BoxedOptional package var vsphereVolume: VsphereVirtualDiskVolumeSource?
    @BoxedOptional package var quobyte: QuobyteVolumeSource?
    @BoxedOptional package var azureDisk: AzureDiskVolumeSource?
    package var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    @BoxedOptional package var portworxVolume: PortworxVolumeSource?
    @BoxedOptional package var scaleIO: ScaleIOPersistentVolumeSource?
    package var local: LocalVolumeSource?
    @BoxedOptional package var storageos: StorageOSPersistentVolumeSource?
    @BoxedOptional package var csi: CSIPersistentVolumeSource?
    package var accessModes: [String]
    @BoxedOptional package var claimRef: ObjectReference?
    package var persistentVolumeReclaimPolicy: String
    package var storageClassName: String
    package var mountOptions: [String]
    package var volumeMode: String?
    package var nodeAffinity: VolumeNodeAffinity?
    package var volumeAttributesClassName: String?

    package init() {
      self.capacity = [:]
      self.hostPath = nil
      self.flocker = nil
      self.photonPersistentDisk = nil
      self.local = nil
      self.accessModes = []
      self.persistentVolumeReclaimPolicy = ""
      self.storageClassName = ""
      self.mountOptions = []
      self.volumeMode = nil
      self.nodeAffinity = nil
      self.volumeAttributesClassName = nil
    }

    package init(
      capacity: [String: Quantity] = [:],
      gcePersistentDisk: GCEPersistentDiskVolumeSource? = nil,
      awsElasticBlockStore: AWSElasticBlockStoreVolumeSource? = nil,
      hostPath: HostPathVolumeSource? = nil,
      glusterfs: GlusterfsPersistentVolumeSource? = nil,
      nfs: NFSVolumeSource? = nil,
      rbd: RBDPersistentVolumeSource? = nil,
      iscsi: ISCSIPersistentVolumeSource? = nil,
      cinder: CinderPersistentVolumeSource? = nil,
      cephfs: CephFSPersistentVolumeSource? = nil,
      fc: FCVolumeSource? = nil,
      flocker: FlockerVolumeSource? = nil,
      flexVolume: FlexPersistentVolumeSource? = nil,
      azureFile: AzureFilePersistentVolumeSource? = nil,
      vsphereVolume: VsphereVirtualDiskVolumeSource? = nil,
      quobyte: QuobyteVolumeSource? = nil,
      azureDisk: AzureDiskVolumeSource? = nil,
      photonPersistentDisk: PhotonPersistentDiskVolumeSource? = nil,
      portworxVolume: PortworxVolumeSource? = nil,
      scaleIO: ScaleIOPersistentVolumeSource? = nil,
      local: LocalVolumeSource? = nil,
      storageos: StorageOSPersistentVolumeSource? = nil,
      csi: CSIPersistentVolumeSource? = nil,
      accessModes: [String] = [],
      claimRef: ObjectReference? = nil,
      persistentVolumeReclaimPolicy: String = "",
      storageClassName: String = "",
      mountOptions: [String] = [],
      volumeMode: String? = nil,
      nodeAffinity: VolumeNodeAffinity? = nil,
      volumeAttributesClassName: String? = nil
    ) {
      self.capacity = capacity
      self.gcePersistentDisk = gcePersistentDisk
      self.awsElasticBlockStore = awsElasticBlockStore
      self.hostPath = hostPath
      self.glusterfs = glusterfs
      self.nfs = nfs
      self.rbd = rbd
      self.iscsi = iscsi
      self.cinder = cinder
      self.cephfs = cephfs
      self.fc = fc
      self.flocker = flocker
      self.flexVolume = flexVolume
      self.azureFile = azureFile
      self.vsphereVolume = vsphereVolume
      self.quobyte = quobyte
      self.azureDisk = azureDisk
      self.photonPersistentDisk = photonPersistentDisk
      self.portworxVolume = portworxVolume
      self.scaleIO = scaleIO
      self.local = local
      self.storageos = storageos
      self.csi = csi
      self.accessModes = accessModes
      self.claimRef = claimRef
      self.persistentVolumeReclaimPolicy = persistentVolumeReclaimPolicy
      self.storageClassName = storageClassName
      self.mountOptions = mountOptions
      self.volumeMode = volumeMode
      self.nodeAffinity = nodeAffinity
      self.volumeAttributesClassName = volumeAttributesClassName
    }

    private static let fields = FieldTable([
      "capacity", "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd",
      "iscsi", "cinder", "cephfs", "fc", "flocker", "flexVolume", "azureFile", "vsphereVolume", "quobyte",
      "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "local", "storageos", "csi",
      "accessModes", "claimRef", "persistentVolumeReclaimPolicy", "storageClassName", "mountOptions",
      "volumeMode", "nodeAffinity", "volumeAttributesClassName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.capacity = try reader.readMap()
        case 1: self.gcePersistentDisk = try GCEPersistentDiskVolumeSource(from: &reader)
        case 2: self.awsElasticBlockStore = try AWSElasticBlockStoreVolumeSource(from: &reader)
        case 3: self.hostPath = try HostPathVolumeSource(from: &reader)
        case 4: self.glusterfs = try GlusterfsPersistentVolumeSource(from: &reader)
        case 5: self.nfs = try NFSVolumeSource(from: &reader)
        case 6: self.rbd = try RBDPersistentVolumeSource(from: &reader)
        case 7: self.iscsi = try ISCSIPersistentVolumeSource(from: &reader)
        case 8: self.cinder = try CinderPersistentVolumeSource(from: &reader)
        case 9: self.cephfs = try CephFSPersistentVolumeSource(from: &reader)
        case 10: self.fc = try FCVolumeSource(from: &reader)
        case 11: self.flocker = try FlockerVolumeSource(from: &reader)
        case 12: self.flexVolume = try FlexPersistentVolumeSource(from: &reader)
        case 13: self.azureFile = try AzureFilePersistentVolumeSource(from: &reader)
        case 14: self.vsphereVolume = try VsphereVirtualDiskVolumeSource(from: &reader)
        case 15: self.quobyte = try QuobyteVolumeSource(from: &reader)
        case 16: self.azureDisk = try AzureDiskVolumeSource(from: &reader)
        case 17: self.photonPersistentDisk = try PhotonPersistentDiskVolumeSource(from: &reader)
        case 18: self.portworxVolume = try PortworxVolumeSource(from: &reader)
        case 19: self.scaleIO = try ScaleIOPersistentVolumeSource(from: &reader)
        case 20: self.local = try LocalVolumeSource(from: &reader)
        case 21: self.storageos = try StorageOSPersistentVolumeSource(from: &reader)
        case 22: self.csi = try CSIPersistentVolumeSource(from: &reader)
        case 23: self.accessModes = try reader.readArray()
        case 24: self.claimRef = try ObjectReference(from: &reader)
        case 25: self.persistentVolumeReclaimPolicy = try reader.readString()
        case 26: self.storageClassName = try reader.readString()
        case 27: self.mountOptions = try reader.readArray()
        case 28: self.volumeMode = try reader.readString()
        case 29: self.nodeAffinity = try VolumeNodeAffinity(from: &reader)
        case 30: self.volumeAttributesClassName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !capacity.isEmpty {
        writer.key("capacity")
        writer.write(map: capacity)
      }
      if let gcePersistentDisk {
        writer.key("gcePersistentDisk")
        gcePersistentDisk.write(to: &writer)
      }
      if let awsElasticBlockStore {
        writer.key("awsElasticBlockStore")
        awsElasticBlockStore.write(to: &writer)
      }
      if let hostPath {
        writer.key("hostPath")
        hostPath.write(to: &writer)
      }
      if let glusterfs {
        writer.key("glusterfs")
        glusterfs.write(to: &writer)
      }
      if let nfs {
        writer.key("nfs")
        nfs.write(to: &writer)
      }
      if let rbd {
        writer.key("rbd")
        rbd.write(to: &writer)
      }
      if let iscsi {
        writer.key("iscsi")
        iscsi.write(to: &writer)
      }
      if let cinder {
        writer.key("cinder")
        cinder.write(to: &writer)
      }
      if let cephfs {
        writer.key("cephfs")
        cephfs.write(to: &writer)
      }
      if let fc {
        writer.key("fc")
        fc.write(to: &writer)
      }
      if let flocker {
        writer.key("flocker")
        flocker.write(to: &writer)
      }
      if let flexVolume {
        writer.key("flexVolume")
        flexVolume.write(to: &writer)
      }
      if let azureFile {
        writer.key("azureFile")
        azureFile.write(to: &writer)
      }
      if let vsphereVolume {
        writer.key("vsphereVolume")
        vsphereVolume.write(to: &writer)
      }
      if let quobyte {
        writer.key("quobyte")
        quobyte.write(to: &writer)
      }
      if let azureDisk {
        writer.key("azureDisk")
        azureDisk.write(to: &writer)
      }
      if let photonPersistentDisk {
        writer.key("photonPersistentDisk")
        photonPersistentDisk.write(to: &writer)
      }
      if let portworxVolume {
        writer.key("portworxVolume")
        portworxVolume.write(to: &writer)
      }
      if let scaleIO {
        writer.key("scaleIO")
        scaleIO.write(to: &writer)
      }
      if let local {
        writer.key("local")
        local.write(to: &writer)
      }
      if let storageos {
        writer.key("storageos")
        storageos.write(to: &writer)
      }
      if let csi {
        writer.key("csi")
        csi.write(to: &writer)
      }
      if !accessModes.isEmpty {
        writer.key("accessModes")
        writer.write(array: accessModes)
      }
      if let claimRef {
        writer.key("claimRef")
        claimRef.write(to: &writer)
      }
      if !persistentVolumeReclaimPolicy.isEmpty {
        writer.key("persistentVolumeReclaimPolicy")
        writer.write(persistentVolumeReclaimPolicy)
      }
      if !storageClassName.isEmpty {
        writer.key("storageClassName")
        writer.write(storageClassName)
      }
      if !mountOptions.isEmpty {
        writer.key("mountOptions")
        writer.write(array: mountOptions)
      }
      if let volumeMode {
        writer.key("volumeMode")
        writer.write(volumeMode)
      }
      if let nodeAffinity {
        writer.key("nodeAffinity")
        nodeAffinity.write(to: &writer)
      }
      if let volumeAttributesClassName {
        writer.key("volumeAttributesClassName")
        writer.write(volumeAttributesClassName)
      }
      writer.endObject()
    }
  }

  /// `PersistentVolumeStatus` of `core/v1`.
  package struct PersistentVolumeStatus: JSONCodable {
    package var phase: String
    package var message: String
    package var reason: String
    package var lastPhaseTransitionTime: Time?

    package init() {
      self.phase = ""
      self.message = ""
      self.reason = ""
      self.lastPhaseTransitionTime = nil
    }

    package init(
      phase: String = "",
      message: String = "",
      reason: String = "",
      lastPhaseTransitionTime: Time? = nil
    ) {
      self.phase = phase
      self.message = message
      self.reason = reason
      self.lastPhaseTransitionTime = lastPhaseTransitionTime
    }

    private static let fields = FieldTable([
      "phase", "message", "reason", "lastPhaseTransitionTime",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.phase = try reader.readString()
        case 1: self.message = try reader.readString()
        case 2: self.reason = try reader.readString()
        case 3: self.lastPhaseTransitionTime = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !phase.isEmpty {
        writer.key("phase")
        writer.write(phase)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if let lastPhaseTransitionTime {
        writer.key("lastPhaseTransitionTime")
        lastPhaseTransitionTime.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
