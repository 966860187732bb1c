// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodReadinessGate` of `core/v1`.
  package struct PodReadinessGate: JSONCodable {
    package var conditionType: String

    package init() {
      self.conditionType = ""
    }

    package init(
      conditionType: String = ""
    ) {
      self.conditionType = conditionType
    }

    private static let fields = FieldTable([
      "conditionType",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditionType = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("conditionType")
      writer.write(conditionType)
      writer.endObject()
    }
  }

  /// `PodResourceClaim` of `core/v1`.
  package struct PodResourceClaim: JSONCodable {
    package var name: String
    package var resourceClaimName: String?
    package var resourceClaimTemplateName: String?

    package init() {
      self.name = ""
      self.resourceClaimName = nil
      self.resourceClaimTemplateName = nil
    }

    package init(
      name: String = "",
      resourceClaimName: String? = nil,
      resourceClaimTemplateName: String? = nil
    ) {
      self.name = name
      self.resourceClaimName = resourceClaimName
      self.resourceClaimTemplateName = resourceClaimTemplateName
    }

    private static let fields = FieldTable([
      "name", "resourceClaimName", "resourceClaimTemplateName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.resourceClaimName = try reader.readString()
        case 2: self.resourceClaimTemplateName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let resourceClaimName {
        writer.key("resourceClaimName")
        writer.write(resourceClaimName)
      }
      if let resourceClaimTemplateName {
        writer.key("resourceClaimTemplateName")
        writer.write(resourceClaimTemplateName)
      }
      writer.endObject()
    }
  }

  /// `PodResourceClaimStatus` of `core/v1`.
  package struct PodResourceClaimStatus: JSONCodable {
    package var name: String
    package var resourceClaimName: String?

    package init() {
      self.name = ""
      self.resourceClaimName = nil
    }

    package init(
      name: String = "",
      resourceClaimName: String? = nil
    ) {
      self.name = name
      self.resourceClaimName = resourceClaimName
    }

    private static let fields = FieldTable([
      "name", "resourceClaimName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.resourceClaimName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let resourceClaimName {
        writer.key("resourceClaimName")
        writer.write(resourceClaimName)
      }
      writer.endObject()
    }
  }

  /// `PodSchedulingGate` of `core/v1`.
  package struct PodSchedulingGate: JSONCodable {
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `PodSecurityContext` of `core/v1`.
  package struct PodSecurityContext: JSONCodable {
    @BoxedOptional package var seLinuxOptions: SELinuxOptions?
    @BoxedOptional package var windowsOptions: WindowsSecurityContextOptions?
    package var runAsUser: Int64?
    package var runAsGroup: Int64?
    package var runAsNonRoot: Bool?
    package var supplementalGroups: [Int64]
    package var supplementalGroupsPolicy: String?
    package var fsGroup: Int64?
    package var sysctls: [Sysctl]
    package var fsGroupChangePolicy: String?
    package var seccompProfile: SeccompProfile?
    package var appArmorProfile: AppArmorProfile?
    package var seLinuxChangePolicy: String?

    package init() {
      self.runAsUser = nil
      self.runAsGroup = nil
      self.runAsNonRoot = nil
      self.supplementalGroups = []
      self.supplementalGroupsPolicy = nil
      self.fsGroup = nil
      self.sysctls = []
      self.fsGroupChangePolicy = nil
      self.seccompProfile = nil
      self.appArmorProfile = nil
      self.seLinuxChangePolicy = nil
    }

    package init(
      seLinuxOptions: SELinuxOptions? = nil,
      windowsOptions: WindowsSecurityContextOptions? = nil,
      runAsUser: Int64? = nil,
      runAsGroup: Int64? = nil,
      runAsNonRoot: Bool? = nil,
      supplementalGroups: [Int64] = [],
      supplementalGroupsPolicy: String? = nil,
      fsGroup: Int64? = nil,
      sysctls: [Sysctl] = [],
      fsGroupChangePolicy: String? = nil,
      seccompProfile: SeccompProfile? = nil,
      appArmorProfile: AppArmorProfile? = nil,
      seLinuxChangePolicy: String? = nil
    ) {
      self.seLinuxOptions = seLinuxOptions
      self.windowsOptions = windowsOptions
      self.runAsUser = runAsUser
      self.runAsGroup = runAsGroup
      self.runAsNonRoot = runAsNonRoot
      self.supplementalGroups = supplementalGroups
      self.supplementalGroupsPolicy = supplementalGroupsPolicy
      self.fsGroup = fsGroup
      self.sysctls = sysctls
      self.fsGroupChangePolicy = fsGroupChangePolicy
      self.seccompProfile = seccompProfile
      self.appArmorProfile = appArmorProfile
      self.seLinuxChangePolicy = seLinuxChangePolicy
    }

    private static let fields = FieldTable([
      "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup", "runAsNonRoot", "supplementalGroups",
      "supplementalGroupsPolicy", "fsGroup", "sysctls", "fsGroupChangePolicy", "seccompProfile",
      "appArmorProfile", "seLinuxChangePolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.seLinuxOptions = try SELinuxOptions(from: &reader)
        case 1: self.windowsOptions = try WindowsSecurityContextOptions(from: &reader)
        case 2: self.runAsUser = try reader.readInt64()
        case 3: self.runAsGroup = try reader.readInt64()
        case 4: self.runAsNonRoot = try reader.readBool()
        case 5: self.supplementalGroups = try reader.readArray()
        case 6: self.supplementalGroupsPolicy = try reader.readString()
        case 7: self.fsGroup = try reader.readInt64()
        case 8: self.sysctls = try reader.readArray()
        case 9: self.fsGroupChangePolicy = try reader.readString()
        case 10: self.seccompProfile = try SeccompProfile(from: &reader)
        case 11: self.appArmorProfile = try AppArmorProfile(from: &reader)
        case 12: self.seLinuxChangePolicy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let seLinuxOptions {
        writer.key("seLinuxOptions")
        seLinuxOptions.write(to: &writer)
      }
      if let windowsOptions {
        writer.key("windowsOptions")
        windowsOptions.write(to: &writer)
      }
      if let runAsUser {
        writer.key("runAsUser")
        writer.write(runAsUser)
      }
      if let runAsGroup {
        writer.key("runAsGroup")
        writer.write(runAsGroup)
      }
      if let runAsNonRoot {
        writer.key("runAsNonRoot")
        writer.write(runAsNonRoot)
      }
      if !supplementalGroups.isEmpty {
        writer.key("supplementalGroups")
        writer.write(array: supplementalGroups)
      }
      if let supplementalGroupsPolicy {
        writer.key("supplementalGroupsPolicy")
        writer.write(supplementalGroupsPolicy)
      }
      if let fsGroup {
        writer.key("fsGroup")
        writer.write(fsGroup)
      }
      if !sysctls.isEmpty {
        writer.key("sysctls")
        writer.write(array: sysctls)
      }
      if let fsGroupChangePolicy {
        writer.key("fsGroupChangePolicy")
        writer.write(fsGroupChangePolicy)
      }
      if let seccompProfile {
        writer.key("seccompProfile")
        seccompProfile.write(to: &writer)
      }
      if let appArmorProfile {
        writer.key("appArmorProfile")
        appArmorProfile.write(to: &writer)
      }
      if let seLinuxChangePolicy {
        writer.key("seLinuxChangePolicy")
        writer.write(seLinuxChangePolicy)
      }
      writer.endObject()
    }
  }
}
