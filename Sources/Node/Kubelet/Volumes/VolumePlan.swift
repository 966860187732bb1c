import KubernetesAPI

/// A file that a config map, a secret or the downward API puts into a volume.
package struct ProjectedFile: Hashable, Sendable {
  /// Relative to the volume, without ".." in it.
  package var path: String
  package var content: [UInt8]
  package var mode: UInt32
  /// The user whose file it is; nil: root's.
  package var owner: UInt32?

  package init(path: String, content: [UInt8], mode: UInt32, owner: UInt32? = nil) {
    self.path = path
    self.content = content
    self.mode = mode
    self.owner = owner
  }
}

/// What a pod's volume is on the node.
package enum VolumeContent: Hashable, Sendable {
  /// An empty folder that lives as long as the pod.
  case folder
  /// The same in memory, bounded in bytes if a limit is given.
  case memory(limit: Int64?)
  /// A path of the host; the type says what must be there, or be made.
  case host(path: String, type: String)
  case files([ProjectedFile])
}

/// Why a volume cannot be had; becomes the event `FailedMount`.
package struct VolumeFailure: Error, Hashable, CustomStringConvertible {
  package var description: String

  package init(_ description: String) { self.description = description }
}

/// Works out a pod's volumes from its specification and what it refers to. Pure.
package struct VolumePlan: Sendable {
  private let pod: CoreV1.Pod
  private let references: PodReferences
  private let fields: EnvironmentBuilder

  package init(fields: EnvironmentBuilder) {
    pod = fields.pod
    references = fields.references
    self.fields = fields
  }

  /// The content of each volume by name.
  package func contents() throws(VolumeFailure) -> [String: VolumeContent] {
    var result: [String: VolumeContent] = [:]
    for volume in pod.spec.volumes { result[volume.name] = try content(of: volume) }
    return result
  }

  private func content(of volume: CoreV1.Volume) throws(VolumeFailure) -> VolumeContent {
    if let source = volume.emptyDir {
      guard source.medium == "Memory" else { return .folder }
      return .memory(limit: source.sizeLimit.flatMap { $0.isZero ? nil : $0.value })
    }
    if let source = volume.hostPath { return .host(path: source.path, type: source.type ?? "") }
    if let source = volume.configMap {
      return .files(
        try configMap(source.name, source.items, source.defaultMode, isOptional: source.optional ?? false))
    }
    if let source = volume.secret {
      return .files(
        try secret(source.secretName, source.items, source.defaultMode, isOptional: source.optional ?? false))
    }
    if let source = volume.downwardAPI { return .files(try downward(source.items, source.defaultMode)) }
    if let source = volume.projected {
      var files: [ProjectedFile] = []
      for part in source.sources {
        if let part = part.configMap {
          files += try configMap(part.name, part.items, source.defaultMode, isOptional: part.optional ?? false)
        } else if let part = part.secret {
          files += try secret(part.name, part.items, source.defaultMode, isOptional: part.optional ?? false)
        } else if let part = part.downwardAPI {
          files += try downward(part.items, source.defaultMode)
        } else if let part = part.serviceAccountToken {
          files.append(try token(part, source.defaultMode))
        } else {
          throw VolumeFailure("volume \"\(volume.name)\": this kind of projection is not supported by this kubelet yet")
        }
      }
      return .files(files)
    }
    throw VolumeFailure("volume \"\(volume.name)\": this kind of volume is not supported by this kubelet yet")
  }

  /// A token is everybody's in the container to read, unless it is known who that is: then it is theirs alone.
  private func token(
    _ source: CoreV1.ServiceAccountTokenProjection, _ mode: Int32?
  ) throws(VolumeFailure) -> ProjectedFile {
    guard let text = references.tokens[TokenWish(source)] else {
      throw VolumeFailure("there is no token of service account \"\(pod.spec.serviceAccountName)\"")
    }
    var bits = mode.map { UInt32($0) & 0o777 } ?? 0o644
    let user = onlyUser
    if user != nil { bits = 0o600 }
    if pod.spec.securityContext?.fsGroup != nil { bits = 0o640 }
    return ProjectedFile(path: try Self.checked(source.path), content: Array(text.utf8), mode: bits, owner: user)
  }

  /// The user as whom all containers run, where that is said.
  private var onlyUser: UInt32? {
    let pods = pod.spec.securityContext?.runAsUser
    let users = (pod.spec.initContainers + pod.spec.containers).map { $0.securityContext?.runAsUser ?? pods }
    guard let first = users.first, let user = first, users.allSatisfy({ $0 == user }) else { return nil }
    return UInt32(exactly: user)
  }

  private func configMap(
    _ name: String, _ items: [CoreV1.KeyToPath], _ mode: Int32?, isOptional: Bool
  ) throws(VolumeFailure) -> [ProjectedFile] {
    guard let map = references.configMaps[name] else {
      if isOptional { return [] }
      throw VolumeFailure("configmap \"\(name)\" not found")
    }
    let data = map.data.mapValues { Array($0.utf8) }.merging(map.binaryData) { text, _ in text }
    return try select(data, items, mode, isOptional: isOptional, of: "configmap \"\(name)\"")
  }

  private func secret(
    _ name: String, _ items: [CoreV1.KeyToPath], _ mode: Int32?, isOptional: Bool
  ) throws(VolumeFailure) -> [ProjectedFile] {
    guard let secret = references.secrets[name] else {
      if isOptional { return [] }
      throw VolumeFailure("secret \"\(name)\" not found")
    }
    return try select(secret.data, items, mode, isOptional: isOptional, of: "secret \"\(name)\"")
  }

  private func select(
    _ data: [String: [UInt8]], _ items: [CoreV1.KeyToPath], _ mode: Int32?, isOptional: Bool, of source: String
  ) throws(VolumeFailure) -> [ProjectedFile] {
    let mode = mode.map { UInt32($0) & 0o777 } ?? 0o644
    if items.isEmpty {
      return try data.sorted { $0.key < $1.key }.map { entry throws(VolumeFailure) in
        ProjectedFile(path: try Self.checked(entry.key), content: entry.value, mode: mode)
      }
    }
    var files: [ProjectedFile] = []
    for item in items {
      guard let content = data[item.key] else {
        if isOptional { continue }
        throw VolumeFailure("\(source) references non-existent key: \(item.key)")
      }
      files.append(
        ProjectedFile(
          path: try Self.checked(item.path), content: content, mode: item.mode.map { UInt32($0) & 0o777 } ?? mode))
    }
    return files
  }

  private func downward(
    _ items: [CoreV1.DownwardAPIVolumeFile], _ mode: Int32?
  ) throws(VolumeFailure) -> [ProjectedFile] {
    var files: [ProjectedFile] = []
    for item in items {
      let text: String
      do {
        if let reference = item.fieldRef {
          text = try fields.field(reference.fieldPath)
        } else if let reference = item.resourceFieldRef {
          text = try fields.resource(reference, in: nil)
        } else {
          throw VolumeFailure("a file of the downward API names no source")
        }
      } catch {
        throw VolumeFailure("\(error)")
      }
      let bits = UInt32((item.mode ?? mode ?? 0o644) & 0o777)
      files.append(ProjectedFile(path: try Self.checked(item.path), content: Array(text.utf8), mode: bits))
    }
    return files
  }

  /// A relative path that stays where it is put.
  package static func checked(_ path: String) throws(VolumeFailure) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard !path.isEmpty, !path.utf8.contains(0), parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }),
      parts.first?.hasPrefix("..") == false
    else { throw VolumeFailure("\"\(path)\" is not a path inside of a volume") }
    return path
  }
}
