package import FuzzTargets

// What stands on NIO, protobuf or the crypto library: a target of its own, since those take long to build.

extension FuzzTarget {
  /// Those over what comes through sockets.
  package static let wire: [FuzzTarget] = {
    var targets = [peerFrame, peerPayload, peerControl, grpcFraming, grpcSession, etcdRequest, etcdMessage]
    #if !FUZZED_IN_PARTS
      targets.append(authToken)
    #endif
    return targets
  }()
}
