import JSONDocument
import KubernetesAPI

/// ServiceAccounts.
struct ServiceAccountKind: KindRules {
  typealias Object = CoreV1.ServiceAccount

  let storagePath = "serviceaccounts"
  let returnsDeletedObject = true

  func prepareForCreate(_ account: inout CoreV1.ServiceAccount) { dropAllButNames(&account) }

  func prepareForUpdate(_ account: inout CoreV1.ServiceAccount, from old: CoreV1.ServiceAccount) {
    dropAllButNames(&account)
  }

  /// Secrets are the account's own namespace's: of a reference only the name means something.
  private func dropAllButNames(_ account: inout CoreV1.ServiceAccount) {
    account.secrets = account.secrets.map { CoreV1.ObjectReference(name: $0.name) }
  }

  func validate(_ account: CoreV1.ServiceAccount, into errors: inout [FieldError]) {}

  func cells(_ account: CoreV1.ServiceAccount, now: Int64) -> [JSONValue] {
    [
      .string(account.metadata.name), TableCells.count(account.secrets.count), TableCells.age(account.metadata, now),
    ]
  }
}
