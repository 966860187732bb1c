// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `SecretProjection` of `core/v1`.
  package struct SecretProjection: JSONCodable {
    package var name: String = ""
    package var items: [KeyToPath] = []
    package var optional: Bool?

    package init() {}
    package init(
      name: String = "",
      items: [KeyToPath] = [],
      optional: Bool? = nil
    ) {
      self.name = name
      self.items = items
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "items", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `SecretReference` of `core/v1`.
  package struct SecretReference: JSONCodable {
    package var name: String = ""
    package var namespace: String = ""

    package init() {}
    package init(
      name: String = "",
      namespace: String = ""
    ) {
      self.name = name
      self.namespace = namespace
    }

    private static let fields = FieldTable([
      "name", "namespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.namespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      writer.endObject()
    }
  }

  /// `SecretVolumeSource` of `core/v1`.
  package struct SecretVolumeSource: JSONCodable {
    package var secretName: String = ""
    package var items: [KeyToPath] = []
    package var defaultMode: Int32?
    package var optional: Bool?

    package init() {}
    package init(
      secretName: String = "",
      items: [KeyToPath] = [],
      defaultMode: Int32? = nil,
      optional: Bool? = nil
    ) {
      self.secretName = secretName
      self.items = items
      self.defaultMode = defaultMode
      self.optional = optional
    }

    private static let fields = FieldTable([
      "secretName", "items", "defaultMode", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.secretName = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.defaultMode = try reader.readInt32()
        case 3: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !secretName.isEmpty {
        writer.key("secretName")
        writer.write(secretName)
      }
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let defaultMode {
        writer.key("defaultMode")
        writer.write(defaultMode)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `SecurityContext` of `core/v1`.
  package struct SecurityContext: JSONCodable {
    package var capabilities: Capabilities?
    package var privileged: Bool?
    @BoxedOptional package var seLinuxOptions: SELinuxOptions?
    @BoxedOptional package var windowsOptions: WindowsSecurityContextOptions?
    package var runAsUser: Int64?
    package var runAsGroup: Int64?
    package var runAsNonRoot: Bool?
    package var readOnlyRootFilesystem: Bool?
    package var allowPrivilegeEscalation: Bool?
    package var procMount: String?
    package var seccompProfile: SeccompProfile?
    package var appArmorProfile: AppArmorProfile?

    package init() {}
    package init(
      capabilities: Capabilities? = nil,
      privileged: Bool? = nil,
      seLinuxOptions: SELinuxOptions? = nil,
      windowsOptions: WindowsSecurityContextOptions? = nil,
      runAsUser: Int64? = nil,
      runAsGroup: Int64? = nil,
      runAsNonRoot: Bool? = nil,
      readOnlyRootFilesystem: Bool? = nil,
      allowPrivilegeEscalation: Bool? = nil,
      procMount: String? = nil,
      seccompProfile: SeccompProfile? = nil,
      appArmorProfile: AppArmorProfile? = nil
    ) {
      self.capabilities = capabilities
      self.privileged = privileged
      self.seLinuxOptions = seLinuxOptions
      self.windowsOptions = windowsOptions
      self.runAsUser = runAsUser
      self.runAsGroup = runAsGroup
      self.runAsNonRoot = runAsNonRoot
      self.readOnlyRootFilesystem = readOnlyRootFilesystem
      self.allowPrivilegeEscalation = allowPrivilegeEscalation
      self.procMount = procMount
      self.seccompProfile = seccompProfile
      self.appArmorProfile = appArmorProfile
    }

    private static let fields = FieldTable([
      "capabilities", "privileged", "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup",
      "runAsNonRoot", "readOnlyRootFilesystem", "allowPrivilegeEscalation", "procMount", "seccompProfile",
      "appArmorProfile",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.capabilities = try Capabilities(from: &reader)
        case 1: self.privileged = try reader.readBool()
        case 2: self.seLinuxOptions = try SELinuxOptions(from: &reader)
        case 3: self.windowsOptions = try WindowsSecurityContextOptions(from: &reader)
        case 4: self.runAsUser = try reader.readInt64()
        case 5: self.runAsGroup = try reader.readInt64()
        case 6: self.runAsNonRoot = try reader.readBool()
        case 7: self.readOnlyRootFilesystem = try reader.readBool()
        case 8: self.allowPrivilegeEscalation = try reader.readBool()
        case 9: self.procMount = try reader.readString()
        case 10: self.seccompProfile = try SeccompProfile(from: &reader)
        case 11: self.appArmorProfile = try AppArmorProfile(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let capabilities {
        writer.key("capabilities")
        capabilities.write(to: &writer)
      }
      if let privileged {
        writer.key("privileged")
        writer.write(privileged)
      }
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
      if let readOnlyRootFilesystem {
        writer.key("readOnlyRootFilesystem")
        writer.write(readOnlyRootFilesystem)
      }
      if let allowPrivilegeEscalation {
        writer.key("allowPrivilegeEscalation")
        writer.write(allowPrivilegeEscalation)
      }
      if let procMount {
        writer.key("procMount")
        writer.write(procMount)
      }
      if let seccompProfile {
        writer.key("seccompProfile")
        seccompProfile.write(to: &writer)
      }
      if let appArmorProfile {
        writer.key("appArmorProfile")
        appArmorProfile.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `SerializedReference` of `core/v1`.
  package struct SerializedReference: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "SerializedReference"
    @Boxed package var reference: ObjectReference

    package init() {}
    package init(
      reference: ObjectReference = ObjectReference()
    ) {
      self.reference = reference
    }

    private static let fields = FieldTable([
      "reference",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.reference = try ObjectReference(from: &reader)
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
      writer.key("reference")
      reference.write(to: &writer)
      writer.endObject()
    }
  }
}
