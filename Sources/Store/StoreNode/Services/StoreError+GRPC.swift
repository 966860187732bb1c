import GRPC
import MVCC
import StoreAuth

extension GRPCStatus {
  /// The code and text that etcd answers an error with.
  init(etcdError error: any Error) {
    switch error {
    case let status as GRPCStatus:
      self = status
    case let error as StoreError:
      self.init(error.code, error.message)
    case let error as MVCCError:
      self.init(error.code, error.message)
    case is CancellationError:
      self.init(.cancelled, "context canceled")
    default:
      self.init(.unknown, "etcdserver: internal error")
    }
  }
}

extension StoreError {
  var code: GRPCStatusCode {
    switch self {
    case .mvcc(let error): error.code
    case .auth(let error): error.code
    case .noLeader, .timeout, .leaderTransferTimeout, .leaderChanged, .stopped, .diverged, .unhealthyCluster:
      .unavailable
    case .tooManyRequests, .noSpace: .resourceExhausted
    case .requestTooLarge, .badMemberURLs: .invalidArgument
    case .unreadableCommand, .learnerNotReady, .badLeaderTransferee: .failedPrecondition
    case .member(let error): error.code
    case .memberNotFound: .notFound
    }
  }
}

extension MVCCError {
  var code: GRPCStatusCode {
    switch self {
    case .emptyKey, .keyNotFound, .valueProvided, .leaseProvided, .tooManyOperations, .duplicateKey,
      .invalidSortOption, .malformedCommand:
      .invalidArgument
    case .compacted, .futureRevision, .leaseTimeToLiveTooLarge: .outOfRange
    case .leaseNotFound: .notFound
    case .leaseExists: .failedPrecondition
    }
  }
}

extension AuthError {
  var code: GRPCStatusCode {
    switch self {
    case .rootUserNotFound, .rootRoleNotGranted, .userExists, .userNotFound, .roleExists, .roleNotFound,
      .roleNotGranted, .permissionNotGranted, .notEnabled:
      .failedPrecondition
    case .userEmpty, .roleEmpty, .authenticationFailed, .permissionNotGiven, .oldRevision, .invalidManagement:
      .invalidArgument
    case .permissionDenied: .permissionDenied
    case .invalidToken: .unauthenticated
    case .noPasswordUser: .unknown
    }
  }
}
