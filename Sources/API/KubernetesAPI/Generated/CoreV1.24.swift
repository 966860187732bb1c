// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PersistentVolumeClaimVolumeSource` of `core/v1`.
  package struct PersistentVolumeClaimVolumeSource: JSONCodable {
    package var claimName: String
    package var readOnly: Bool

    package init() {
      self.claimName = ""
      self.readOnly = false
    }

    package init(
      claimName: String = "",
      readOnly: Bool = false
    ) {
      self.claimName = claimName
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "claimName", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.claimName = try reader.readString()
        case 1: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("claimName")
      writer.write(claimName)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `PersistentVolumeList` of `core/v1`.
  package struct PersistentVolumeList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PersistentVolumeList"
    package var metadata: MetaV1.ListMeta
    package var items: [PersistentVolume]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PersistentVolume] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
        case 1: self.items = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiVersion")
      writer.write(Self.apiVersion)
      writer.key("kind")
      writer.write(Self.kind)
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("items")
      writer.write(array: items)
      writer.endObject()
    }
  }

  /// `PersistentVolumeSource` of `core/v1`.
  package struct PersistentVolumeSource: JSONCodable {
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

    package init() {
      self.hostPath = nil
      self.flocker = nil
      self.photonPersistentDisk = nil
      self.local = nil
    }

    package init(
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
      csi: CSIPersistentVolumeSource? = nil
    ) {
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
    }

    private static let fields = FieldTable([
      "gcePersistentDisk", "awsElasticBlockStore", "hostPath", "glusterfs", "nfs", "rbd", "iscsi",
      "cinder", "cephfs", "fc", "flocker", "flexVolume", "azureFile", "vsphereVolume", "quobyte",
      "azureDisk", "photonPersistentDisk", "portworxVolume", "scaleIO", "local", "storageos", "csi",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.gcePersistentDisk = try GCEPersistentDiskVolumeSource(from: &reader)
        case 1: self.awsElasticBlockStore = try AWSElasticBlockStoreVolumeSource(from: &reader)
        case 2: self.hostPath = try HostPathVolumeSource(from: &reader)
        case 3: self.glusterfs = try GlusterfsPersistentVolumeSource(from: &reader)
        case 4: self.nfs = try NFSVolumeSource(from: &reader)
        case 5: self.rbd = try RBDPersistentVolumeSource(from: &reader)
        case 6: self.iscsi = try ISCSIPersistentVolumeSource(from: &reader)
        case 7: self.cinder = try CinderPersistentVolumeSource(from: &reader)
        case 8: self.cephfs = try CephFSPersistentVolumeSource(from: &reader)
        case 9: self.fc = try FCVolumeSource(from: &reader)
        case 10: self.flocker = try FlockerVolumeSource(from: &reader)
        case 11: self.flexVolume = try FlexPersistentVolumeSource(from: &reader)
        case 12: self.azureFile = try AzureFilePersistentVolumeSource(from: &reader)
        case 13: self.vsphereVolume = try VsphereVirtualDiskVolumeSource(from: &reader)
        case 14: self.quobyte = try QuobyteVolumeSource(from: &reader)
        case 15: self.azureDisk = try AzureDiskVolumeSource(from: &reader)
        case 16: self.photonPersistentDisk = try PhotonPersistentDiskVolumeSource(from: &reader)
        case 17: self.portworxVolume = try PortworxVolumeSource(from: &reader)
        case 18: self.scaleIO = try ScaleIOPersistentVolumeSource(from: &reader)
        case 19: self.local = try LocalVolumeSource(from: &reader)
        case 20: self.storageos = try StorageOSPersistentVolumeSource(from: &reader)
        case 21: self.csi = try CSIPersistentVolumeSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
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
      writer.endObject()
    }
  }
}
