import EtcdAPI
import FoundationEssentials
import GRPC
import Supervision
import SwiftProtobuf

/// What an operator does when a machine is lost with its disk: another one, with its name and address, takes its place as
/// a new member (docs/members.md), while everything else goes on.
final class MachineRenewal: Sendable {
  private let hosts: TrialHosts
  private let connections: [GRPCConnection]
  private let report: @Sendable (String) -> Void

  init(hosts: TrialHosts, connections: [GRPCConnection], report: @escaping @Sendable (String) -> Void) {
    self.hosts = hosts
    self.connections = connections
    self.report = report
  }

  /// Lets a new member take the place of the one that is gone, and starts it on its empty disk. Tries until it is done,
  /// or for two minutes: without a majority nobody can.
  ///
  /// - Parameter isReplacement: in one change; otherwise the old one is removed first, and the new one added then.
  func renew(_ number: Int, isReplacement: Bool) async {
    let deadline = ContinuousClock.now + .seconds(120)
    var old: UInt64?
    var last = "no member answered"
    while ContinuousClock.now < deadline {
      if let members = await members(askedOf: number) {
        let here = members.filter { $0.peerUrls.contains(self.url(of: number)) }
        if old == nil { old = here.first?.id }
        if let old, let new = here.first(where: { $0.id != old }) {
          report(
            "store-\(number) is member \(String(new.id, radix: 16)) from now on, and was \(String(old, radix: 16))")
          return hosts.occupy(number)
        }
        do {
          try await ask(number, old: here.first?.id, isReplacement: isReplacement)
        } catch {
          last = "\(error)"
        }
      }
      try? await Task.sleep(for: .milliseconds(200))
    }
    report("store-\(number) could not be given a new member: \(last)")
    hosts.occupy(number)
  }

  private func url(of number: Int) -> String {
    "https://\(TrialNetwork.address(ofPort: number)):\(hosts.config.ports.storePeer)"
  }

  /// One step on the way. Whether it was taken shows in the list.
  private func ask(_ number: Int, old: UInt64?, isReplacement: Bool) async throws {
    guard let old else {
      var addition = Etcdserverpb_MemberAddRequest()
      addition.peerUrls = [url(of: number)]
      let request = addition
      let _: Etcdserverpb_MemberAddResponse = try await anybody(but: number, EtcdCall.Cluster.memberAdd, request)
      return
    }
    guard isReplacement else {
      var removal = Etcdserverpb_MemberRemoveRequest()
      removal.id = old
      let request = removal
      let _: Etcdserverpb_MemberRemoveResponse = try await anybody(but: number, EtcdCall.Cluster.memberRemove, request)
      return
    }
    _ = try await Command(hosts.replacement(of: number)).run(mergingErrors: true, timeout: .seconds(20))
  }

  /// As of now, or nil while nobody knows.
  private func members(askedOf number: Int) async -> [Etcdserverpb_Member]? {
    var question = Etcdserverpb_MemberListRequest()
    question.linearizable = true
    let request = question
    let response: Etcdserverpb_MemberListResponse? = try? await anybody(
      but: number, EtcdCall.Cluster.memberList, request)
    return response?.members
  }

  /// Asks one after the other until somebody does it.
  private func anybody<Answer: Message>(
    but number: Int, _ path: String, _ request: some Message
  ) async throws -> Answer {
    var failure: any Error = TrialTrouble("nobody to ask")
    for other in hosts.numbers.shuffled() where other != number {
      do {
        return try await connections[other - 1].unary(path, request, timeout: .seconds(3))
      } catch {
        failure = error
      }
    }
    throw failure
  }
}
