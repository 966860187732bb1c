import KubernetesAPI

/// What holds for a container's environment.
enum EnvironmentRules {
  static func variables(_ variables: [CoreV1.EnvVar], _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, variable) in variables.enumerated() {
      let path = path.index(index)
      ValueRules.requiredName(variable.name, path.child("name"), NameRules.environmentName, into: &errors)
      if let source = variable.valueFrom {
        self.source(source, value: variable.value, path.child("valueFrom"), into: &errors)
      }
    }
  }

  private static func source(
    _ source: CoreV1.EnvVarSource, value: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var count = 0
    if let reference = source.fieldRef {
      count += 1
      DownwardRules.field(
        reference, path.child("fieldRef"), supported: DownwardRules.environmentFields, into: &errors)
    }
    if let reference = source.resourceFieldRef {
      count += 1
      DownwardRules.resource(reference, path.child("resourceFieldRef"), inVolume: false, into: &errors)
    }
    if let reference = source.configMapKeyRef {
      count += 1
      key(reference.name, reference.key, path.child("configMapKeyRef"), into: &errors)
    }
    if let reference = source.secretKeyRef {
      count += 1
      key(reference.name, reference.key, path.child("secretKeyRef"), into: &errors)
    }
    if count == 0 {
      errors.append(
        .invalid(
          path, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
    } else if !value.isEmpty {
      errors.append(.invalid(path, "", "may not be specified when `value` is not empty"))
    } else if count > 1 {
      errors.append(.invalid(path, "", "may not have more than one field specified at a time"))
    }
  }

  private static func key(_ name: String, _ key: String, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.requiredName(name, path.child("name"), NameRules.dnsSubdomain, into: &errors)
    ValueRules.requiredName(key, path.child("key"), NameRules.configKey, into: &errors)
  }

  /// Whole config maps and secrets.
  static func sources(_ sources: [CoreV1.EnvFromSource], _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, source) in sources.enumerated() {
      let path = path.index(index)
      ValueRules.optionalName(source.prefix, path.child("prefix"), NameRules.environmentName, into: &errors)
      if let map = source.configMapRef {
        ValueRules.requiredName(map.name, path.child("configMapRef", "name"), NameRules.dnsSubdomain, into: &errors)
      }
      if let secret = source.secretRef {
        ValueRules.requiredName(secret.name, path.child("secretRef", "name"), NameRules.dnsSubdomain, into: &errors)
      }
      switch (source.configMapRef != nil, source.secretRef != nil) {
      case (false, false):
        errors.append(.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"))
      case (true, true):
        errors.append(.invalid(path, "", "may not have more than one field specified at a time"))
      default: break
      }
    }
  }
}
