import GRPC
import Replica

// Codes and texts are etcd's where it has the case (3.4.23, 3.5).

extension MemberError {
  var message: String {
    switch self {
    case .notFound: "etcdserver: member not found"
    case .idExists: "etcdserver: member ID already exist"
    case .peerURLExists: "etcdserver: Peer URLs already exists"
    case .notLearner: "etcdserver: can only promote a learner member"
    case .lastVoter: "etcdserver: re-configuration failed due to not enough started members"
    case .tooManyLearners: "etcdserver: too many learner members in cluster"
    case .notVoter: "etcdserver: only a voting member can be replaced"
    case .replacedAlready: "etcdserver: another new member is to take this one's place already"
    case .nameTaken: "etcdserver: another member has this name"
    }
  }

  var code: GRPCStatusCode {
    switch self {
    case .notFound: .notFound
    case .lastVoter: .unknown
    case .idExists, .peerURLExists, .notLearner, .tooManyLearners, .notVoter, .replacedAlready, .nameTaken:
      .failedPrecondition
    }
  }
}
