// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
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

    package init() {
      self.capabilities = nil
      self.privileged = nil
      self.runAsUser = nil
      self.runAsGroup = nil
      self.runAsNonRoot = nil
      self.readOnlyRootFilesystem = nil
      self.allowPrivilegeEscalation = nil
      self.procMount = nil
      self.seccompProfile = nil
      self.appArmorProfile = nil
    }

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
      self.init()
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
      self.init()
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

  /// `Service` of `core/v1`.
  package struct Service: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Service"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "services",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: ServiceSpec
    package var status: ServiceStatus

    package init() {
      self.status = ServiceStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ServiceSpec = ServiceSpec(),
      status: ServiceStatus = ServiceStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try ServiceSpec(from: &reader)
        case 2: self.status = try ServiceStatus(from: &reader)
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
      writer.key("spec")
      spec.write(to: &writer)
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ServiceAccount` of `core/v1`.
  package struct ServiceAccount: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceAccount"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "serviceaccounts",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var secrets: [ObjectReference]
    package var imagePullSecrets: [LocalObjectReference]
    package var automountServiceAccountToken: Bool?

    package init() {
      self.secrets = []
      self.imagePullSecrets = []
      self.automountServiceAccountToken = nil
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      secrets: [ObjectReference] = [],
      imagePullSecrets: [LocalObjectReference] = [],
      automountServiceAccountToken: Bool? = nil
    ) {
      self.metadata = metadata
      self.secrets = secrets
      self.imagePullSecrets = imagePullSecrets
      self.automountServiceAccountToken = automountServiceAccountToken
    }

    private static let fields = FieldTable([
      "metadata", "secrets", "imagePullSecrets", "automountServiceAccountToken",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.secrets = try reader.readArray()
        case 2: self.imagePullSecrets = try reader.readArray()
        case 3: self.automountServiceAccountToken = try reader.readBool()
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
      if !secrets.isEmpty {
        writer.key("secrets")
        writer.write(array: secrets)
      }
      if !imagePullSecrets.isEmpty {
        writer.key("imagePullSecrets")
        writer.write(array: imagePullSecrets)
      }
      if let automountServiceAccountToken {
        writer.key("automountServiceAccountToken")
        writer.write(automountServiceAccountToken)
      }
      writer.endObject()
    }
  }
}
