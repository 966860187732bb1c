import Replica
import StoreAuth

extension Engine {
  /// Proposes a command on behalf of a client; nil for what the replica itself wants.
  ///
  /// While access control is off the command goes into the log as it is. Where it was switched on before the command
  /// got there, the command is refused for want of a user; then this replica knows better, and says whose it is.
  func propose(
    _ command: ReplicaCommand, for caller: Caller?, _ completion: @escaping Waiters.ProposalCompletion
  ) {
    let finish: Waiters.ProposalCompletion = { result in
      completion(
        result.flatMap { result in
          if case .denied(let error) = result { return .failure(.auth(error)) }
          return .success(result)
        })
    }
    guard let caller else {
      propose(command, finish)
      return
    }
    guard auth.isEnabled else {
      propose(command) { [self] result in
        if case .success(.denied(.userEmpty)) = result, auth.isEnabled {
          propose(command, by: caller, finish)
        } else {
          finish(result)
        }
      }
      return
    }
    propose(command, by: caller, finish)
  }

  private func propose(
    _ command: ReplicaCommand, by caller: Caller, _ completion: @escaping Waiters.ProposalCompletion
  ) {
    do throws(AuthError) {
      guard let identity = try caller.identity(in: auth.current) else { throw .userEmpty }
      propose(.byUser(identity, command), completion)
    } catch {
      completion(.failure(.auth(error)))
    }
  }
}
