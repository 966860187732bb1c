import EtcdAPI
import GRPC

/// What etcd calls an alarm: something that an operator must do something about. Here an alarm says what *is*: it is
/// raised and cleared by its cause, not by hand.
package struct StoreAlarm: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The space quota is used up.
    case noSpace
    /// A replica's state differs from the others'.
    case corrupt
  }

  /// Whom it is about; 0 when it cannot be said.
  package var member: UInt64
  package var kind: Kind

  package init(member: UInt64, kind: Kind) {
    self.member = member
    self.kind = kind
  }
}

extension EtcdServices {
  /// Lists the alarms. To disarm one is answered with what stays (an alarm goes when its cause has gone, so that is all
  /// of them): `etcdctl alarm disarm` prints those that it was told of.
  func alarms(_ message: Etcdserverpb_AlarmRequest) async throws -> Etcdserverpb_AlarmResponse {
    if message.action == .activate {
      throw GRPCStatus(.unimplemented, "apus: alarms cannot be raised by hand")
    }
    let asked = message.alarm
    let alarms = await self.store.alarms().filter { alarm in
      (asked == .none || asked == alarm.kind.etcd) && (message.memberID == 0 || message.memberID == alarm.member)
    }
    if message.action == .deactivate, let first = alarms.first {
      throw GRPCStatus(.failedPrecondition, first.kind.remedy)
    }
    var response = Etcdserverpb_AlarmResponse()
    response.header = self.header()
    response.alarms = alarms.map { alarm in
      var message = Etcdserverpb_AlarmMember()
      message.memberID = alarm.member
      message.alarm = alarm.kind.etcd
      return message
    }
    return response
  }
}

extension StoreAlarm.Kind {
  fileprivate var etcd: Etcdserverpb_AlarmType {
    switch self {
    case .noSpace: .nospace
    case .corrupt: .corrupt
    }
  }

  /// Why it cannot be switched off, and what helps.
  fileprivate var remedy: String {
    switch self {
    case .noSpace:
      """
      apus: the alarm NOSPACE goes by itself once the space quota is kept again: delete keys and compact, or raise the \
      quota (store.quota in the cluster's file)
      """
    case .corrupt:
      """
      apus: the alarm CORRUPT goes by itself once the member's state is right again: rebuild it with apus store --rebuild
      """
    }
  }
}
