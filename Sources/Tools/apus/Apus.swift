import ArgumentParser

/// The one executable. Each role of a host is a subcommand that does nothing but read options and run its module's
/// process.
struct Apus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus",
    abstract: "A Kubernetes-compatible cluster: store, front-ends, control plane and nodes in one program.",
    discussion: """
      `apus start` runs everything that the cluster's file gives a host; the roles can be run by themselves as well. \
      `apus lab up` makes a whole cluster of hosts on this machine.
      """,
    version: "apus 0.1.0",
    subcommands: [
      Start.self, Certs.self, Join.self, Token.self, LabCommand.self, Store.self, APIServerCommand.self,
      ControllerManager.self, SchedulerCommand.self, KubeletCommand.self, Proxy.self, Balancer.self,
    ])
}
