import JSONDocument
import KubernetesAPI

/// Secrets. `stringData` has become `data` before the rules see it.
struct SecretKind: KindRules {
  typealias Object = CoreV1.Secret

  let storagePath = "secrets"
  let selectableFields = [SelectableField("type")]

  func prepareForCreate(_ secret: inout CoreV1.Secret) { secret.stringData = [:] }

  func prepareForUpdate(_ secret: inout CoreV1.Secret, from old: CoreV1.Secret) {
    secret.stringData = [:]
    if secret.type.isEmpty { secret.type = old.type }
  }

  func validate(_ secret: CoreV1.Secret, into errors: inout [FieldError]) {
    let path = FieldPath("data")
    var size = 0
    for (key, value) in secret.data.sorted(by: { $0.key < $1.key }) {
      for problem in NameRules.configKey(key) { errors.append(.invalid(path.key(key), key, problem)) }
      size += value.count
    }
    if size > ConfigMapKind.sizeLimit { errors.append(.tooLong(path, limit: ConfigMapKind.sizeLimit)) }
    validateType(of: secret, path, into: &errors)
  }

  /// What a secret of each of the cluster's own types has to hold.
  private func validateType(of secret: CoreV1.Secret, _ path: FieldPath, into errors: inout [FieldError]) {
    func require(_ keys: String...) {
      for key in keys where secret.data[key] == nil { errors.append(.required(path.key(key))) }
    }
    func requireJSON(_ key: String) {
      guard let value = secret.data[key] else {
        require(key)
        return
      }
      var problem: String?
      do {
        if case .object = try JSONValue(jsonBytes: value) {} else { problem = "must be a JSON object" }
      } catch {
        problem = "\(error)"
      }
      if let problem { errors.append(.invalid(path.key(key), "<secret contents redacted>", problem)) }
    }
    switch secret.type {
    case "kubernetes.io/service-account-token":
      let key = "kubernetes.io/service-account.name"
      if secret.metadata.annotations[key] ?? "" == "" {
        errors.append(.required(FieldPath("metadata.annotations").key(key)))
      }
    case "kubernetes.io/dockercfg": requireJSON(".dockercfg")
    case "kubernetes.io/dockerconfigjson": requireJSON(".dockerconfigjson")
    case "kubernetes.io/basic-auth":
      if secret.data["username"] == nil, secret.data["password"] == nil { require("username", "password") }
    case "kubernetes.io/ssh-auth":
      if secret.data["ssh-privatekey"] ?? [] == [] { errors.append(.required(path.key("ssh-privatekey"))) }
    case "kubernetes.io/tls": require("tls.crt", "tls.key")
    default: break
    }
  }

  func validateUpdate(_ secret: CoreV1.Secret, from old: CoreV1.Secret, into errors: inout [FieldError]) {
    if secret.type != old.type { errors.append(.invalid(FieldPath("type"), secret.type, "field is immutable")) }
    guard old.immutable == true else { return }
    let detail = "field is immutable when `immutable` is set"
    if secret.immutable != true { errors.append(.forbidden(FieldPath("immutable"), detail)) }
    if secret.data != old.data { errors.append(.forbidden(FieldPath("data"), detail)) }
  }

  func cells(_ secret: CoreV1.Secret, now: Int64) -> [JSONValue] {
    [
      .string(secret.metadata.name), .string(secret.type), TableCells.count(secret.data.count),
      TableCells.age(secret.metadata, now),
    ]
  }
}
