// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `VolumeResourceRequirements` of `core/v1`.
  package struct VolumeResourceRequirements: JSONCodable {
    package var limits: [String: Quantity]
    package var requests: [String: Quantity]

    package init() {
      self.limits = [:]
      self.requests = [:]
    }

    package init(
      limits: [String: Quantity] = [:],
      requests: [String: Quantity] = [:]
    ) {
      self.limits = limits
      self.requests = requests
    }

    private static let fields = FieldTable([
      "limits", "requests",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.limits = try reader.readMap()
        case 1: self.requests = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !limits.isEmpty {
        writer.key("limits")
        writer.write(map: limits)
      }
      if !requests.isEmpty {
        writer.key("requests")
        writer.write(map: requests)
      }
      writer.endObject()
    }
  }

  /// `VolumeSource` of `core/v1`.
  package struct VolumeSource: JSONCodable {
    package var hostPath: HostPathVolumeSource?
    package var emptyDir: EmptyDirVolumeSource?
    @BoxedOptional package var gcePersistentDisk: GCEPersistentDiskVolumeSource?
    @BoxedOptional package var awsElasticBlockStore: AWSElasticBlockStoreVolumeSource?
    @BoxedOptional package var gitRepo: GitRepoVolumeSource?
    @BoxedOptional package var secret: SecretVolumeSource?
    @BoxedOptional package var nfs: NFSVolumeSource?
    @BoxedOptional package var iscsi: ISCSIVolumeSource?
    @BoxedOptional package var glusterfs: GlusterfsVolumeSource?
    package var persistentVolumeClaim: PersistentVolumeClaimVolumeSource?
    @BoxedOptional package var rbd: RBDVolumeSource?
    @BoxedOptional package var flexVolume: FlexVolumeSource?
    @BoxedOptional package var cinder: CinderVolumeSource?
    @BoxedOptional package var cephfs: CephFSVolumeSource?
    package var flocker: FlockerVolumeSource?
    package var downwardAPI: DownwardAPIVolumeSource?
    @BoxedOptional package var fc: FCVolumeSource?
    @BoxedOptional package var azureFile: AzureFileVolumeSource?
    @BoxedOptional package var configMap: ConfigMapVolumeSource?
    @BoxedOptional package var vsphereVolume: VsphereVirtualDiskVolumeSource?
    @BoxedOptional package var quobyte: QuobyteVolumeSource?
    @BoxedOptional package var azureDisk: AzureDiskVolumeSource?
    package var photonPersistentDisk: PhotonPersistentDiskVolumeSource?
    package var projected: ProjectedVolumeSource?
    @BoxedOptional package var portworxVolume: PortworxVolumeSource?
    @BoxedOptional package var scaleIO: ScaleIOVolumeSource?
    @BoxedOptional package var storageos: StorageOSVolumeSource?
    @BoxedOptional package var csi: CSIVolumeSource?
    package var ephemeral: EphemeralVolumeSource?
    package var image: ImageVolumeSource?

    package init() {
      self.hostPath = nil
      self.emptyDir = nil
      self.persistentVolumeClaim = nil
      self.flocker = nil
      self.downwardAPI = nil
      self.photonPersistentDisk = nil
      self.projected = nil
      self.ephemeral = nil
      self.image = nil
    }

    package init(
      hostPath: HostPathVolumeSource? = nil,
      emptyDir: EmptyDirVolumeSource? = nil,
      gcePersistentDisk: GCEPersistentDiskVolumeSource? = nil,
      awsElasticBlockStore: AWSElasticBlockStoreVolumeSource? = nil,
      gitRepo: GitRepoVolumeSource? = nil,
      secret: SecretVolumeSource? = nil,
      nfs: NFSVolumeSource? = nil,
      iscsi: ISCSIVolumeSource? = nil,
      glusterfs: GlusterfsVolumeSource? = nil,
      persistentVolumeClaim: PersistentVolumeClaimVolumeSource? = nil,
      rbd: RBDVolumeSource? = nil,
      flexVolume: FlexVolumeSource? = nil,
      cinder: CinderVolumeSource? = nil,
      cephfs: CephFSVolumeSource? = nil,
      flocker: FlockerVolumeSource? = nil,
      downwardAPI: DownwardAPIVolumeSource? = nil,
      fc: FCVolumeSource? = nil,
      azureFile: AzureFileVolumeSource? = nil,
      configMap: ConfigMapVolumeSource? = nil,
      vsphereVolume: VsphereVirtualDiskVolumeSource? = nil,
      quobyte: QuobyteVolumeSource? = nil,
      azureDisk: AzureDiskVolumeSource? = nil,
      photonPersistentDisk: PhotonPersistentDiskVolumeSource? = nil,
      projected: ProjectedVolumeSource? = nil,
      portworxVolume: PortworxVolumeSource? = nil,
      scaleIO: ScaleIOVolumeSource? = nil,
      storageos: StorageOSVolumeSource? = nil,
      csi: CSIVolumeSource? = nil,
      ephemeral: EphemeralVolumeSource? = nil,
      image: ImageVolumeSource? = nil
    ) {
      self.hostPath = hostPath
      self.emptyDir = emptyDir
      self.gcePersistentDisk = gcePersistentDisk
      self.awsElasticBlockStore = awsElasticBlockStore
      self.gitRepo = gitRepo
      self.secret = secret
      self.nfs = nfs
      self.iscsi = iscsi
      self.glusterfs = glusterfs
      self.persistentVolumeClaim = persistentVolumeClaim
      self.rbd = rbd
      self.flexVolume = flexVolume
      self.cinder = cinder
      self.cephfs = cephfs
      self.flocker = flocker
      self.downwardAPI = downwardAPI
      self.fc = fc
      self.azureFile = azureFile
      self.configMap = configMap
      self.vsphereVolume = vsphereVolume
      self.quobyte = quobyte
      self.azureDisk = azureDisk
      self.photonPersistentDisk = photonPersistentDisk
      self.projected = projected
      self.portworxVolume = portworxVolume
      self.scaleIO = scaleIO
      self.storageos = storageos
      self.csi = csi
      self.ephemeral = ephemeral
      self.image = image
    }

    private static let fields = FieldTable([
      "hostPath", "emptyDir", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "secret", "nfs",
      "iscsi", "glusterfs", "persistentVolumeClaim", "rbd", "flexVolume", "cinder", "cephfs", "flocker",
      "downwardAPI", "fc", "azureFile", "configMap", "vsphereVolume", "quobyte", "azureDisk",
      "photonPersistentDisk", "projected", "portworxVolume", "scaleIO", "storageos", "csi", "ephemeral",
      "image",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hostPath = try HostPathVolumeSource(from: &reader)
        case 1: self.emptyDir = try EmptyDirVolumeSource(from: &reader)
        case 2: self.gcePersistentDisk = try GCEPersistentDiskVolumeSource(from: &reader)
        case 3: self.awsElasticBlockStore = try AWSElasticBlockStoreVolumeSource(from: &reader)
        case 4: self.gitRepo = try GitRepoVolumeSource(from: &reader)
        case 5: self.secret = try SecretVolumeSource(from: &reader)
        case 6: self.nfs = try NFSVolumeSource(from: &reader)
        case 7: self.iscsi = try ISCSIVolumeSource(from: &reader)
        case 8: self.glusterfs = try GlusterfsVolumeSource(from: &reader)
        case 9: self.persistentVolumeClaim = try PersistentVolumeClaimVolumeSource(from: &reader)
        case 10: self.rbd = try RBDVolumeSource(from: &reader)
        case 11: self.flexVolume = try FlexVolumeSource(from: &reader)
        case 12: self.cinder = try CinderVolumeSource(from: &reader)
        case 13: self.cephfs = try CephFSVolumeSource(from: &reader)
        case 14: self.flocker = try FlockerVolumeSource(from: &reader)
        case 15: self.downwardAPI = try DownwardAPIVolumeSource(from: &reader)
        case 16: self.fc = try FCVolumeSource(from: &reader)
        case 17: self.azureFile = try AzureFileVolumeSource(from: &reader)
        case 18: self.configMap = try ConfigMapVolumeSource(from: &reader)
        case 19: self.vsphereVolume = try VsphereVirtualDiskVolumeSource(from: &reader)
        case 20: self.quobyte = try QuobyteVolumeSource(from: &reader)
        case 21: self.azureDisk = try AzureDiskVolumeSource(from: &reader)
        case 22: self.photonPersistentDisk = try PhotonPersistentDiskVolumeSource(from: &reader)
        case 23: self.projected = try ProjectedVolumeSource(from: &reader)
        case 24: self.portworxVolume = try PortworxVolumeSource(from: &reader)
        case 25: self.scaleIO = try ScaleIOVolumeSource(from: &reader)
        case 26: self.storageos = try StorageOSVolumeSource(from: &reader)
        case 27: self.csi = try CSIVolumeSource(from: &reader)
        case 28: self.ephemeral = try EphemeralVolumeSource(from: &reader)
        case 29: self.image = try ImageVolumeSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let hostPath {
        writer.key("hostPath")
        hostPath.write(to: &writer)
      }
      if let emptyDir {
        writer.key("emptyDir")
        emptyDir.write(to: &writer)
      }
      if let gcePersistentDisk {
        writer.key("gcePersistentDisk")
        gcePersistentDisk.write(to: &writer)
      }
      if let awsElasticBlockStore {
        writer.key("awsElasticBlockStore")
        awsElasticBlockStore.write(to: &writer)
      }
      if let gitRepo {
        writer.key("gitRepo")
        gitRepo.write(to: &writer)
      }
      if let secret {
        writer.key("secret")
        secret.write(to: &writer)
      }
      if let nfs {
        writer.key("nfs")
        nfs.write(to: &writer)
      }
      if let iscsi {
        writer.key("iscsi")
        iscsi.write(to: &writer)
      }
      if let glusterfs {
        writer.key("glusterfs")
        glusterfs.write(to: &writer)
      }
      if let persistentVolumeClaim {
        writer.key("persistentVolumeClaim")
        persistentVolumeClaim.write(to: &writer)
      }
      if let rbd {
        writer.key("rbd")
        rbd.write(to: &writer)
      }
      if let flexVolume {
        writer.key("flexVolume")
        flexVolume.write(to: &writer)
      }
      if let cinder {
        writer.key("cinder")
        cinder.write(to: &writer)
      }
      if let cephfs {
        writer.key("cephfs")
        cephfs.write(to: &writer)
      }
      if let flocker {
        writer.key("flocker")
        flocker.write(to: &writer)
      }
      if let downwardAPI {
        writer.key("downwardAPI")
        downwardAPI.write(to: &writer)
      }
      if let fc {
        writer.key("fc")
        fc.write(to: &writer)
      }
      if let azureFile {
        writer.key("azureFile")
        azureFile.write(to: &writer)
      }
      if let configMap {
        writer.key("configMap")
        configMap.write(to: &writer)
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
      if let projected {
        writer.key("projected")
        projected.write(to: &writer)
      }
      if let portworxVolume {
        writer.key("portworxVolume")
        portworxVolume.write(to: &writer)
      }
      if let scaleIO {
        writer.key("scaleIO")
        scaleIO.write(to: &writer)
      }
      if let storageos {
        writer.key("storageos")
        storageos.write(to: &writer)
      }
      if let csi {
        writer.key("csi")
        csi.write(to: &writer)
      }
      if let ephemeral {
        writer.key("ephemeral")
        ephemeral.write(to: &writer)
      }
      if let image {
        writer.key("image")
        image.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
