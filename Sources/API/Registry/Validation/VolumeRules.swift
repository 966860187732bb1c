import JSONDocument
import KubernetesAPI

/// What holds for the volumes of a pod.
enum VolumeRules {
  /// Checks the volumes and returns them by name.
  static func validate(
    _ volumes: [CoreV1.Volume], _ path: FieldPath, into errors: inout [FieldError]
  ) -> [String: CoreV1.Volume] {
    var known: [String: CoreV1.Volume] = [:]
    for (index, volume) in volumes.enumerated() {
      let path = path.index(index)
      source(of: volume, path, into: &errors)
      if volume.name.isEmpty {
        errors.append(.required(path.child("name")))
      } else {
        ValueRules.name(volume.name, path.child("name"), NameRules.dnsLabel, into: &errors)
        if known[volume.name] != nil { errors.append(.duplicate(path.child("name"), volume.name)) }
      }
      known[volume.name] = volume
    }
    return known
  }

  /// Whether a volume can be had as a block device.
  static func isClaim(_ volume: CoreV1.Volume) -> Bool {
    volume.persistentVolumeClaim != nil || volume.ephemeral != nil
  }

  /// A volume has one source; of several only the first is looked into.
  private static func source(of volume: CoreV1.Volume, _ path: FieldPath, into errors: inout [FieldError]) {
    let sources = sources(of: volume.json)
    guard let first = sources.first else {
      errors.append(.required(path, "must specify a volume type"))
      return
    }
    for other in sources.dropFirst() {
      errors.append(.forbidden(path.child(other), "may not specify more than 1 volume type"))
    }
    let place = path.child(first)
    if !local(volume, first, place, into: &errors) {
      VolumeSourceRules.validate(first, volume.json[first] ?? .null, place, namespacedSecrets: false, into: &errors)
    }
  }

  /// The names of the sources that are given, in the order of the API's fields.
  static func sources(of volume: JSONValue) -> [String] {
    volume.objectValue?.keys.filter { VolumeSourceRules.names.contains($0) } ?? []
  }

  // MARK: Sources that only pods have

  /// False for a source that persistent volumes can have too.
  private static func local(
    _ volume: CoreV1.Volume, _ name: String, _ path: FieldPath, into errors: inout [FieldError]
  ) -> Bool {
    switch name {
    case "emptyDir":
      if let limit = volume.emptyDir?.sizeLimit, limit < Quantity(0) {
        errors.append(.forbidden(path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity"))
      }
    case "gitRepo":
      guard let source = volume.gitRepo else { return true }
      ValueRules.required(source.repository, path.child("repository"), into: &errors)
      ValueRules.descendingPath(source.directory, path.child("directory"), into: &errors)
    case "secret":
      guard let source = volume.secret else { return true }
      ValueRules.required(source.secretName, path.child("secretName"), into: &errors)
      mode(source.defaultMode, path.child("defaultMode"), into: &errors)
      keys(source.items, path.child("items"), into: &errors)
    case "configMap":
      guard let source = volume.configMap else { return true }
      ValueRules.required(source.name, path.child("name"), into: &errors)
      mode(source.defaultMode, path.child("defaultMode"), into: &errors)
      keys(source.items, path.child("items"), into: &errors)
    case "downwardAPI":
      guard let source = volume.downwardAPI else { return true }
      mode(source.defaultMode, path.child("defaultMode"), into: &errors)
      for file in source.items { downward(file, path, into: &errors) }
    case "persistentVolumeClaim":
      ValueRules.required(
        volume.persistentVolumeClaim?.claimName ?? "", path.child("claimName"), into: &errors)
    case "projected":
      if let source = volume.projected { projected(source, path, into: &errors) }
    case "ephemeral":
      guard let template = volume.ephemeral?.volumeClaimTemplate else {
        errors.append(.required(path.child("volumeClaimTemplate")))
        return true
      }
      let path = path.child("volumeClaimTemplate")
      MetadataRules.labels(template.metadata.labels, path.child("metadata", "labels"), into: &errors)
      MetadataRules.annotations(template.metadata.annotations, path.child("metadata", "annotations"), into: &errors)
      ClaimRules.validate(template.spec, path.child("spec"), into: &errors)
    case "image":
      guard let source = volume.image else { return true }
      ValueRules.required(source.reference, path.child("reference"), into: &errors)
      ValueRules.choice(
        source.pullPolicy, of: ContainerRules.pullPolicies, path.child("pullPolicy"), into: &errors)
    default: return false
    }
    return true
  }

  // MARK: Files in volumes

  static func mode(_ mode: Int32?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let mode, !(0...0o777).contains(mode) else { return }
    errors.append(.invalid(path, mode, "must be a number between 0 and 0777 (octal), both inclusive"))
  }

  private static func keys(_ items: [CoreV1.KeyToPath], _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, item) in items.enumerated() {
      let path = path.index(index)
      ValueRules.required(item.key, path.child("key"), into: &errors)
      ValueRules.required(item.path, path.child("path"), into: &errors)
      ValueRules.descendingUnreservedPath(item.path, path.child("path"), into: &errors)
      mode(item.mode, path.child("mode"), into: &errors)
    }
  }

  private static func downward(
    _ file: CoreV1.DownwardAPIVolumeFile, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    ValueRules.required(file.path, path.child("path"), into: &errors)
    ValueRules.descendingUnreservedPath(file.path, path.child("path"), into: &errors)
    if let field = file.fieldRef {
      DownwardRules.field(
        field, path.child("fieldRef"), supported: DownwardRules.volumeFields, into: &errors)
      if file.resourceFieldRef != nil {
        errors.append(
          .invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"))
      }
    } else if let resource = file.resourceFieldRef {
      DownwardRules.resource(resource, path.child("resourceFieldRef"), inVolume: true, into: &errors)
    } else {
      errors.append(.required(path, "one of fieldRef and resourceFieldRef is required"))
    }
    mode(file.mode, path.child("mode"), into: &errors)
  }

  private static func projected(
    _ volume: CoreV1.ProjectedVolumeSource, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    mode(volume.defaultMode, path.child("defaultMode"), into: &errors)
    var paths: Set<String> = []
    func note(_ file: String, _ place: FieldPath, _ owner: String) {
      if !file.isEmpty, !paths.insert(file).inserted {
        errors.append(.invalid(place, owner, "conflicting duplicate paths"))
      }
    }
    for (index, source) in volume.sources.enumerated() {
      let place = path.child("sources").index(index)
      var count = 0
      func begin(_ name: String) -> Bool {
        count += 1
        if count > 1 {
          errors.append(.forbidden(place.child(name), "may not specify more than 1 volume type"))
        }
        return count == 1
      }
      if let secret = source.secret, begin("secret") {
        let path = place.child("secret")
        ValueRules.required(secret.name, path.child("name"), into: &errors)
        keys(secret.items, path.child("items"), into: &errors)
        for item in secret.items { note(item.path, path, secret.name) }
      }
      if let map = source.configMap, begin("configMap") {
        let path = place.child("configMap")
        ValueRules.required(map.name, path.child("name"), into: &errors)
        keys(map.items, path.child("items"), into: &errors)
        for item in map.items { note(item.path, path, map.name) }
      }
      if let downward = source.downwardAPI, begin("downwardAPI") {
        let path = place.child("downwardAPI")
        for file in downward.items {
          self.downward(file, path, into: &errors)
          note(file.path, path, file.path)
        }
      }
      if let token = source.serviceAccountToken, begin("serviceAccountToken") {
        let path = place.child("serviceAccountToken")
        let seconds = token.expirationSeconds ?? 3600
        if seconds < 600 {
          errors.append(
            .invalid(path.child("expirationSeconds"), seconds, "may not specify a duration less than 10 minutes"))
        } else if seconds > 1 << 32 {
          errors.append(
            .invalid(
              path.child("expirationSeconds"), seconds, "may not specify a duration larger than 2^32 seconds"))
        }
        if token.path.isEmpty {
          errors.append(.required(path.child("path")))
        } else {
          ValueRules.descendingUnreservedPath(token.path, path.child("path"), into: &errors)
        }
        note(token.path, path, token.path)
      }
      if let bundle = source.clusterTrustBundle, begin("clusterTrustBundle") {
        trustBundle(bundle, place.child("clusterTrustBundle"), into: &errors)
        note(bundle.path, place.child("clusterTrustBundle"), bundle.path)
      }
    }
  }

  private static func trustBundle(
    _ bundle: CoreV1.ClusterTrustBundleProjection, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    switch (bundle.name ?? "", bundle.signerName ?? "") {
    case ("", ""): errors.append(.required(path, "either name or signerName must be specified"))
    case ("", _): SelectorRules.validate(bundle.labelSelector, path.child("labelSelector"), into: &errors)
    case (_, ""):
      if bundle.labelSelector != nil {
        errors.append(
          .invalid(
            path.child("labelSelector"), rendered: SelectorRules.rendered(bundle.labelSelector),
            "labelSelector must be unset if name is specified"))
      }
    default: errors.append(.invalid(path, "only one of name and signerName may be used"))
    }
    if bundle.path.isEmpty {
      errors.append(.required(path.child("path")))
    } else {
      ValueRules.descendingUnreservedPath(bundle.path, path.child("path"), into: &errors)
    }
  }
}
