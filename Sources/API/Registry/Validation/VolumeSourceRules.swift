import JSONDocument
import KubernetesAPI

/// What holds for the sources of storage that pods and persistent volumes have in common. They differ only in whether
/// a secret lies in a namespace of its own, so that they are looked at as documents.
enum VolumeSourceRules {
  static let names: Set<String> = [
    "hostPath", "emptyDir", "gcePersistentDisk", "awsElasticBlockStore", "gitRepo", "secret", "nfs", "iscsi",
    "glusterfs", "persistentVolumeClaim", "rbd", "flexVolume", "cinder", "cephfs", "flocker", "downwardAPI", "fc",
    "azureFile", "configMap", "vsphereVolume", "quobyte", "azureDisk", "photonPersistentDisk", "projected",
    "portworxVolume", "scaleIO", "storageos", "csi", "ephemeral", "image", "local",
  ]

  /// Members that may not be empty, by source.
  private static let required: [String: [String]] = [
    "gcePersistentDisk": ["pdName"], "awsElasticBlockStore": ["volumeID"], "nfs": ["server", "path"],
    "iscsi": ["targetPortal", "iqn"], "glusterfs": ["endpoints", "path"], "rbd": ["monitors", "image"],
    "flexVolume": ["driver"], "cinder": ["volumeID"], "cephfs": ["monitors"], "azureFile": ["secretName", "shareName"],
    "vsphereVolume": ["volumePath"], "quobyte": ["registry", "volume"], "azureDisk": ["diskName", "diskURI"],
    "photonPersistentDisk": ["pdID"], "portworxVolume": ["volumeID"], "scaleIO": ["gateway", "system", "volumeName"],
    "storageos": ["volumeName"], "csi": ["driver"], "hostPath": ["path"], "local": ["path"],
  ]

  static func validate(
    _ name: String, _ source: JSONValue, _ path: FieldPath, namespacedSecrets: Bool, into errors: inout [FieldError]
  ) {
    func text(_ member: String) -> String { source[member]?.stringValue ?? "" }
    for member in required[name] ?? [] where isEmpty(source[member]) { errors.append(.required(path.child(member))) }
    switch name {
    case "hostPath":
      ValueRules.noStepsBack(text("path"), path.child("path"), into: &errors)
      ValueRules.optionalChoice(
        source["type"]?.stringValue,
        of: [
          "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File", "FileOrCreate", "Socket",
        ], path.child("type"), into: &errors)
    case "local": ValueRules.noStepsBack(text("path"), path.child("path"), into: &errors)
    case "gcePersistentDisk", "awsElasticBlockStore":
      within255(source["partition"], path.child("partition"), into: &errors)
    case "nfs":
      if !text("path").isEmpty, !text("path").hasPrefix("/") {
        errors.append(.invalid(path.child("path"), text("path"), "must be an absolute path"))
      }
    case "iscsi": iscsi(source, path, into: &errors)
    case "fc": fibreChannel(source, path, into: &errors)
    case "flocker": flocker(text("datasetName"), text("datasetUUID"), path, into: &errors)
    case "flexVolume":
      for key in (source["options"]?.objectValue?.keys ?? []).sorted() {
        let host = key.prefix { $0 != "/" }
        if host == "kubernetes.io" || host == "k8s.io" || host.hasSuffix(".kubernetes.io") || host.hasSuffix(".k8s.io")
        {
          errors.append(
            .invalid(path.child("options").key(key), key, "kubernetes.io and k8s.io namespaces are reserved"))
        }
      }
    case "quobyte":
      for entry in text("registry").split(separator: ",", omittingEmptySubsequences: false)
      where entry.split(separator: ":").count != 2 && !text("registry").isEmpty {
        errors.append(
          .invalid(
            path.child("registry"), text("registry"),
            "registry must be a host:port pair or multiple pairs separated by commas"))
      }
      if text("tenant").utf8.count >= 65 {
        errors.append(.required(path.child("tenant"), "must be a UUID and may not exceed a length of 64 characters"))
      }
    case "azureDisk": azureDisk(source, path, into: &errors)
    case "csi": csi(source, path, namespacedSecrets: namespacedSecrets, into: &errors)
    default: break
    }
    if name != "csi", name != "iscsi", let secret = source["secretRef"], case .object = secret {
      self.secret(secret, path.child("secretRef"), namespaced: namespacedSecrets, into: &errors)
    } else if name == "scaleIO", isEmpty(source["secretRef"]) {
      errors.append(.required(path.child("secretRef")))
    }
  }

  private static func isEmpty(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null?, .string("")?, .array([])?: true
    case .object(let object)?: object.isEmpty
    default: false
    }
  }

  private static func within255(_ value: JSONValue?, _ path: FieldPath, into errors: inout [FieldError]) {
    if let value = value?.intValue { ValueRules.within(0...255, value, path, into: &errors) }
  }

  /// A secret that a volume is opened with.
  private static func secret(
    _ secret: JSONValue, _ path: FieldPath, namespaced: Bool, into errors: inout [FieldError]
  ) {
    if isEmpty(secret["name"]) { errors.append(.required(path.child("name"))) }
    if namespaced, isEmpty(secret["namespace"]) { errors.append(.required(path.child("namespace"))) }
  }

  private static func iscsi(_ source: JSONValue, _ path: FieldPath, into errors: inout [FieldError]) {
    if let name = source["iqn"]?.stringValue, !name.isEmpty {
      if !["iqn", "eui", "naa"].contains(where: { name.hasPrefix($0) }) {
        errors.append(.invalid(path.child("iqn"), name, "must be valid format starting with iqn, eui, or naa"))
      } else if !isInitiatorName(name) {
        errors.append(.invalid(path.child("iqn"), name, "must be valid format"))
      }
    }
    within255(source["lun"], path.child("lun"), into: &errors)
    if source["chapAuthDiscovery"] == true || source["chapAuthSession"] == true, isEmpty(source["secretRef"]) {
      errors.append(.required(path.child("secretRef")))
    }
    if let name = source["initiatorName"]?.stringValue, !isInitiatorName(name) {
      errors.append(.invalid(path.child("initiatorname"), name, "must be valid format"))
    }
  }

  /// `iqn.2016-09.com.example:target`, or `eui.` or `naa.` and hexadecimal digits.
  private static func isInitiatorName(_ name: String) -> Bool {
    func isHex(_ text: Substring) -> Bool { text.utf8.allSatisfy { ByteKinds.isHexadecimal($0) } }
    let rest = name.dropFirst(4)
    if name.hasPrefix("eui.") { return rest.utf8.count == 16 && isHex(rest) }
    if name.hasPrefix("naa.") { return [16, 32].contains(rest.utf8.count) && isHex(rest) }
    guard name.hasPrefix("iqn.") else { return false }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let date = parts[0].split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && date.count == 2 && date[0].utf8.count == 4 && date[1].utf8.count == 2
      && date.allSatisfy { $0.utf8.allSatisfy(ByteKinds.isDigit) } && !parts[1].isEmpty && !parts[1].contains(" ")
  }

  private static func fibreChannel(_ source: JSONValue, _ path: FieldPath, into errors: inout [FieldError]) {
    let targets = source["targetWWNs"]?.arrayValue ?? []
    let identifiers = source["wwids"]?.arrayValue ?? []
    if targets.isEmpty, identifiers.isEmpty {
      errors.append(.required(path.child("targetWWNs"), "must specify either targetWWNs or wwids, but not both"))
    }
    if !targets.isEmpty, !identifiers.isEmpty {
      errors.append(
        .invalid(
          path.child("targetWWNs"), rendered: JSONValue.array(targets).description,
          "targetWWNs and wwids can not be specified simultaneously"))
    }
    guard !targets.isEmpty else { return }
    if source["lun"]?.intValue == nil {
      errors.append(.required(path.child("lun"), "lun is required if targetWWNs is specified"))
    } else {
      within255(source["lun"], path.child("lun"), into: &errors)
    }
  }

  private static func flocker(
    _ name: String, _ uuid: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if name.isEmpty, uuid.isEmpty {
      errors.append(.required(path, "one of datasetName and datasetUUID is required"))
    }
    if !name.isEmpty, !uuid.isEmpty {
      errors.append(
        .invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously"))
    }
    if name.contains("/") { errors.append(.invalid(path.child("datasetName"), name, "must not contain '/'")) }
  }

  private static func azureDisk(_ source: JSONValue, _ path: FieldPath, into errors: inout [FieldError]) {
    let kind = source["kind"]?.stringValue
    let uri = source["diskURI"]?.stringValue ?? ""
    ValueRules.optionalChoice(
      source["cachingMode"]?.stringValue, of: ["None", "ReadOnly", "ReadWrite"], path.child("cachingMode"),
      into: &errors)
    ValueRules.optionalChoice(kind, of: ["Dedicated", "Managed", "Shared"], path.child("kind"), into: &errors)
    if kind == "Managed", !uri.hasPrefix("/subscriptions/") {
      errors.append(
        .notSupported(
          path.child("diskURI"), uri,
          supported: ["/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"]
        ))
    } else if kind != nil, kind != "Managed", !uri.hasPrefix("https://"), !uri.hasPrefix("http://") {
      errors.append(
        .notSupported(
          path.child("diskURI"), uri,
          supported: ["https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"]))
    }
  }

  private static func csi(
    _ source: JSONValue, _ path: FieldPath, namespacedSecrets: Bool, into errors: inout [FieldError]
  ) {
    if let driver = source["driver"]?.stringValue, !driver.isEmpty {
      NameRules.csiDriver(driver, path.child("driver"), into: &errors)
    }
    if namespacedSecrets, isEmpty(source["volumeHandle"]) { errors.append(.required(path.child("volumeHandle"))) }
    let secrets =
      namespacedSecrets
      ? [
        "controllerPublishSecretRef", "controllerExpandSecretRef", "nodeStageSecretRef", "nodePublishSecretRef",
        "nodeExpandSecretRef",
      ] : ["nodePublishSecretRef"]
    for name in secrets {
      guard let secret = source[name], case .object = secret else { continue }
      self.secret(secret, path.child(name), namespaced: namespacedSecrets, into: &errors)
    }
  }
}

/// What kind of ASCII a byte is.
enum ByteKinds {
  static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  static func isLower(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
  static func isUpper(_ byte: UInt8) -> Bool { (65...90).contains(byte) }
  static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (97...102).contains(byte) || (65...70).contains(byte)
  }
}
