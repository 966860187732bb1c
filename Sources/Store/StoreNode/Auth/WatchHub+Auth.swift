import GRPC
import MVCC
import Replica

extension WatchHub.Request {
  /// A watch is held against the users and roles of the moment in which it begins. As in etcd, it goes on when its user
  /// loses the permission.
  func permitted(in state: borrowing ReplicaState) -> WatchHub.Request {
    guard case .create(let id, let watch, let caller) = self else { return self }
    do throws(StoreError) {
      try AccessNeed.keys(watch.range).check(caller, state)
      return self
    } catch {
      return .reject(id, reason: GRPCStatus(etcdError: error).textInGo)
    }
  }
}

extension GRPCStatus {
  /// As Go prints it: the reason of a watch's end is such a text, and clients look into it.
  fileprivate var textInGo: String {
    let name =
      switch code {
      case .invalidArgument: "InvalidArgument"
      case .permissionDenied: "PermissionDenied"
      case .unauthenticated: "Unauthenticated"
      default: "Unknown"
      }
    return "rpc error: code = \(name) desc = \(message)"
  }
}
