// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `VsphereVirtualDiskVolumeSource` of `core/v1`.
  package struct VsphereVirtualDiskVolumeSource: JSONCodable {
    package var volumePath: String
    package var fsType: String
    package var storagePolicyName: String
    package var storagePolicyID: String

    package init() {
      self.volumePath = ""
      self.fsType = ""
      self.storagePolicyName = ""
      self.storagePolicyID = ""
    }

    package init(
      volumePath: String = "",
      fsType: String = "",
      storagePolicyName: String = "",
      storagePolicyID: String = ""
    ) {
      self.volumePath = volumePath
      self.fsType = fsType
      self.storagePolicyName = storagePolicyName
      self.storagePolicyID = storagePolicyID
    }

    private static let fields = FieldTable([
      "volumePath", "fsType", "storagePolicyName", "storagePolicyID",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumePath = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.storagePolicyName = try reader.readString()
        case 3: self.storagePolicyID = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("volumePath")
      writer.write(volumePath)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if !storagePolicyName.isEmpty {
        writer.key("storagePolicyName")
        writer.write(storagePolicyName)
      }
      if !storagePolicyID.isEmpty {
        writer.key("storagePolicyID")
        writer.write(storagePolicyID)
      }
      writer.endObject()
    }
  }

  /// `WeightedPodAffinityTerm` of `core/v1`.
  package struct WeightedPodAffinityTerm: JSONCodable {
    package var weight: Int32
    @Boxed package var podAffinityTerm: PodAffinityTerm

    package init() {
      self.weight = 0
    }

    package init(
      weight: Int32 = 0,
      podAffinityTerm: PodAffinityTerm = PodAffinityTerm()
    ) {
      self.weight = weight
      self.podAffinityTerm = podAffinityTerm
    }

    private static let fields = FieldTable([
      "weight", "podAffinityTerm",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.weight = try reader.readInt32()
        case 1: self.podAffinityTerm = try PodAffinityTerm(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("weight")
      writer.write(weight)
      writer.key("podAffinityTerm")
      podAffinityTerm.write(to: &writer)
      writer.endObject()
    }
  }

  /// `WindowsSecurityContextOptions` of `core/v1`.
  package struct WindowsSecurityContextOptions: JSONCodable {
    package var gmsaCredentialSpecName: String?
    package var gmsaCredentialSpec: String?
    package var runAsUserName: String?
    package var hostProcess: Bool?

    package init() {
      self.gmsaCredentialSpecName = nil
      self.gmsaCredentialSpec = nil
      self.runAsUserName = nil
      self.hostProcess = nil
    }

    package init(
      gmsaCredentialSpecName: String? = nil,
      gmsaCredentialSpec: String? = nil,
      runAsUserName: String? = nil,
      hostProcess: Bool? = nil
    ) {
      self.gmsaCredentialSpecName = gmsaCredentialSpecName
      self.gmsaCredentialSpec = gmsaCredentialSpec
      self.runAsUserName = runAsUserName
      self.hostProcess = hostProcess
    }

    private static let fields = FieldTable([
      "gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName", "hostProcess",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.gmsaCredentialSpecName = try reader.readString()
        case 1: self.gmsaCredentialSpec = try reader.readString()
        case 2: self.runAsUserName = try reader.readString()
        case 3: self.hostProcess = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let gmsaCredentialSpecName {
        writer.key("gmsaCredentialSpecName")
        writer.write(gmsaCredentialSpecName)
      }
      if let gmsaCredentialSpec {
        writer.key("gmsaCredentialSpec")
        writer.write(gmsaCredentialSpec)
      }
      if let runAsUserName {
        writer.key("runAsUserName")
        writer.write(runAsUserName)
      }
      if let hostProcess {
        writer.key("hostProcess")
        writer.write(hostProcess)
      }
      writer.endObject()
    }
  }
}
