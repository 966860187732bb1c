import KubernetesAPI

/// What holds for the volumes that a container mounts, or has as devices.
///
/// Some errors name the list and not the element: so do Kubernetes'.
enum MountRules {
  static func mounts(
    _ container: CoreV1.Container, _ path: FieldPath, _ volumes: [String: CoreV1.Volume],
    into errors: inout [FieldError]
  ) {
    let devices = container.volumeDevices
    var paths: Set<String> = []
    for (index, mount) in container.volumeMounts.enumerated() {
      let place = path.index(index)
      ValueRules.required(mount.name, place.child("name"), into: &errors)
      if volumes[mount.name] == nil { errors.append(.notFound(place.child("name"), mount.name)) }
      ValueRules.required(mount.mountPath, place.child("mountPath"), into: &errors)
      if !paths.insert(mount.mountPath).inserted {
        errors.append(.invalid(place.child("mountPath"), mount.mountPath, "must be unique"))
      }
      if devices.contains(where: { $0.name == mount.name }) {
        errors.append(.invalid(place.child("name"), mount.name, "must not already exist in volumeDevices"))
      }
      if devices.contains(where: { $0.devicePath == mount.mountPath }) {
        errors.append(
          .invalid(place.child("mountPath"), mount.mountPath, "must not already exist as a path in volumeDevices"))
      }
      if !mount.subPath.isEmpty {
        ValueRules.descendingPath(mount.subPath, path.child("subPath"), into: &errors)
      }
      if !mount.subPathExpr.isEmpty {
        if !mount.subPath.isEmpty {
          errors.append(
            .invalid(
              place.child("subPathExpr"), mount.subPathExpr, "subPathExpr and subPath are mutually exclusive"))
        }
        ValueRules.descendingPath(mount.subPathExpr, path.child("subPathExpr"), into: &errors)
      }
      if let propagation = mount.mountPropagation {
        let place = path.child("mountPropagation")
        if !["Bidirectional", "HostToContainer", "None"].contains(propagation) {
          errors.append(
            .notSupported(place, propagation, supported: ["Bidirectional", "HostToContainer", "None"]))
        } else if propagation == "Bidirectional", container.securityContext?.privileged != true {
          errors.append(
            .forbidden(place, "Bidirectional mount propagation is available only to privileged containers"))
        }
      }
      recursion(mount, place.child("recursiveReadOnly"), into: &errors)
    }
  }

  private static func recursion(_ mount: CoreV1.VolumeMount, _ path: FieldPath, into errors: inout [FieldError]) {
    switch mount.recursiveReadOnly {
    case nil, "Disabled"?: break
    case "Enabled"?, "IfPossible"?:
      if !mount.readOnly { errors.append(.forbidden(path, "may only be specified when readOnly is true")) }
      if let propagation = mount.mountPropagation, propagation != "None" {
        errors.append(
          .forbidden(path, "may only be specified when mountPropagation is None or not specified"))
      }
    case let other?:
      errors.append(.notSupported(path, other, supported: ["Disabled", "Enabled", "IfPossible"]))
    }
  }

  static func devices(
    _ container: CoreV1.Container, _ path: FieldPath, _ volumes: [String: CoreV1.Volume],
    into errors: inout [FieldError]
  ) {
    var names: Set<String> = []
    var paths: Set<String> = []
    for (index, device) in container.volumeDevices.enumerated() {
      let path = path.index(index)
      ValueRules.required(device.name, path.child("name"), into: &errors)
      if names.contains(device.name) {
        errors.append(.invalid(path.child("name"), device.name, "must be unique"))
      }
      if !device.name.isEmpty {
        if let volume = volumes[device.name] {
          if !VolumeRules.isClaim(volume) {
            errors.append(
              .invalid(
                path.child("name"), device.name,
                "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode"))
          }
        } else {
          errors.append(.notFound(path.child("name"), device.name))
        }
      }
      ValueRules.required(device.devicePath, path.child("devicePath"), into: &errors)
      if paths.contains(device.devicePath) {
        errors.append(.invalid(path.child("devicePath"), device.devicePath, "must be unique"))
      }
      if device.devicePath.split(separator: "/").contains("..") {
        errors.append(
          .invalid(path.child("devicePath"), device.devicePath, "can not contain backsteps ('..')"))
      } else {
        paths.insert(device.devicePath)
      }
      if container.volumeMounts.contains(where: { $0.name == device.name }) {
        errors.append(.invalid(path.child("name"), device.name, "must not already exist in volumeMounts"))
      }
      if container.volumeMounts.contains(where: { $0.mountPath == device.devicePath }) {
        errors.append(
          .invalid(
            path.child("devicePath"), device.devicePath, "must not already exist as a path in volumeMounts"))
      }
      if !device.name.isEmpty { names.insert(device.name) }
    }
  }
}
