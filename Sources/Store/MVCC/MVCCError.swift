/// Why the store refused a request. Each case is one of etcd's errors; `message` is etcd's text for it, which
/// clients compare.
package enum MVCCError: UInt8, Error, Hashable, Sendable, CaseIterable {
  case emptyKey = 1
  case keyNotFound = 2
  case valueProvided = 3
  case leaseProvided = 4
  case tooManyOperations = 5
  case duplicateKey = 6
  case invalidSortOption = 7
  case compacted = 8
  case futureRevision = 9
  case leaseNotFound = 10
  case leaseExists = 11
  case leaseTimeToLiveTooLarge = 12
  /// The command itself cannot be read: a newer format, or damage that no checksum saw.
  case malformedCommand = 13

  /// The text that etcd's clients know.
  package var message: String {
    switch self {
    case .emptyKey: "etcdserver: key is not provided"
    case .keyNotFound: "etcdserver: key not found"
    case .valueProvided: "etcdserver: value is provided"
    case .leaseProvided: "etcdserver: lease is provided"
    case .tooManyOperations: "etcdserver: too many operations in txn request"
    case .duplicateKey: "etcdserver: duplicate key given in txn request"
    case .invalidSortOption: "etcdserver: invalid sort option"
    case .compacted: "etcdserver: mvcc: required revision has been compacted"
    case .futureRevision: "etcdserver: mvcc: required revision is a future revision"
    case .leaseNotFound: "etcdserver: requested lease not found"
    case .leaseExists: "etcdserver: lease already exists"
    case .leaseTimeToLiveTooLarge: "etcdserver: too large lease TTL"
    case .malformedCommand: "etcdserver: malformed command"
    }
  }
}
