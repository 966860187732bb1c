import FoundationEssentials
import Glibc
import Programs
import Supervision
import Testing
import Waiting

/// The unmodified kubectl, every command as people type it: the sessions of `Kubectl/`.
@Suite(
  "kubectl", .serialized, .enabled(if: ClientCluster.obstacle == nil, "\(ClientCluster.obstacle ?? "")"),
  .enabled(if: RealClients.kubectlObstacle == nil, "\(RealClients.kubectlObstacle ?? "")"))
struct KubectlTests {
  static let folder = "\(FileManager.default.currentDirectoryPath)/Tests/Integration/Kubectl"

  static func scripts() throws -> [ShellScript] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted().filter { $0.hasSuffix(".kubectl") }.map {
      let text = try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8)
      return try ShellScript(name: String($0.dropLast(8)), path: "\(folder)/\($0)", text: text)
    }
  }

  @Test func everyCommandWorks() async throws {
    let scripts = try Self.scripts()
    #expect(scripts.count > 10)
    try await ClientCluster.run { cluster in
      try Self.fetchImage(cluster)
      let shared = scripts.filter { !$0.isAlone }
      try await withThrowingTaskGroup(of: Void.self) { group in
        var waiting = shared[...]
        for _ in 0..<3 {
          guard let script = waiting.popFirst() else { break }
          group.addTask { try await Session(script, cluster).run() }
        }
        while try await group.next() != nil {
          guard let script = waiting.popFirst() else { continue }
          group.addTask { try await Session(script, cluster).run() }
        }
      }
      // Nothing of theirs is left on the nodes then.
      let spaces = shared.map { "namespace/\($0.name)" }
      let kubeconfig = ["--kubeconfig", "\(cluster.folder)/kubeconfig"]
      try Command.run(["kubectl", "wait", "--for=delete", "--timeout=300s"] + kubeconfig + spaces)
      for script in scripts where script.isAlone { try await Session(script, cluster).run() }
    }
  }

  /// Has the sessions' image on both nodes, so that events do not tell which session was the first there.
  private static func fetchImage(_ cluster: ClientCluster) throws {
    let kubectl = ["kubectl", "--kubeconfig", "\(cluster.folder)/kubeconfig"]
    let pods = ClientCluster.nodes.map { "first-\($0)" }
    for (pod, node) in zip(pods, ClientCluster.nodes) {
      let place = #"{"spec":{"nodeName":"\#(node)"}}"#
      try Command.run(kubectl + ["run", pod, "--image=demo:1", "--overrides=\(place)"])
    }
    try Command.run(kubectl + ["wait", "--for=condition=Ready", "--timeout=60s", "pod"] + pods)
    try Command.run(kubectl + ["delete", "--grace-period=1", "--timeout=60s", "pod"] + pods)
  }

  /// What the runner itself takes for right and for wrong.
  @Test func sessionsCanFail() throws {
    let script = try ShellScript(
      name: "x", path: "x",
      text: """
        # A comment
        $ kubectl get pods <<'END'
        > a
        >
        > b
        > END
        NAME   AGE
        web    {age}
        ...
          yaml: {a}
        [3]

        ~ true
        """)
    #expect(script.steps.count == 2)
    #expect(script.steps[0].command == "kubectl get pods <<'END'\na\n\nb\nEND")
    #expect(script.steps[0].code == 3 && !script.steps[0].isRepeated && script.steps[1].isRepeated)
    let step = script.steps[0]
    let good = "NAME       AGE\nweb 12m5s\n  x\n  yaml: {a}\n\n"
    #expect(try step.mismatch(code: 3, output: good) == nil)
    #expect(try step.mismatch(code: 0, output: good) != nil)
    for bad in [
      "NAME       AGE\nweb soon\n  yaml: {a}\n", "NAME       AGE\nweb 12m5s\nyaml: {a}\n",
      "NAME       AGE\nweb 12m5s\n  yaml: {a}\nmore\n", "NAME       AGE\nweb 12m5s\n", "",
    ] { #expect(try step.mismatch(code: 3, output: bad) != nil, "\(bad)") }
    #expect(throws: ShellScript.Malformed.self) { try ShellScript(name: "x", path: "x", text: "said\n$ true") }
  }
}

/// A script on its way: a folder, a namespace and a kubeconfig of its own.
private struct Session {
  let script: ShellScript
  let cluster: ClientCluster
  private let home: String
  private let namespace: String

  init(_ script: ShellScript, _ cluster: ClientCluster) throws {
    self.script = script
    self.cluster = cluster
    namespace = script.name
    home = "\(cluster.folder)/sessions/\(script.name)"
    try FileManager.default.createDirectory(atPath: home, withIntermediateDirectories: true)
    try cluster.kubeconfig(namespace: namespace, at: "\(home)/kubeconfig")
  }

  /// To the first step that is not as expected.
  func run() async throws {
    let begin =
      "kubectl create namespace \(namespace) && kubectl wait --for=create --timeout=300s serviceaccount/default"
    let begun = await bash(begin)
    try #require(begun.code == 0, "\(script.name): \(begun)")
    for step in script.steps {
      guard let problem = try await problem(with: step) else { continue }
      Issue.record(
        "\(script.name), line \(step.line): \(step.command)\n\(problem)",
        sourceLocation: SourceLocation(
          fileID: "IntegrationTests/\(script.name).kubectl", filePath: script.path, line: step.line, column: 1))
      break
    }
    _ = await bash("kubectl delete namespace \(namespace) --wait=false")
  }

  private func problem(with step: ShellScript.Step) async throws -> String? {
    let deadline = ContinuousClock.now + .seconds(180)
    while true {
      let outcome = await bash(step.command)
      let problem = try step.mismatch(code: outcome.code, output: outcome.text)
      if problem == nil || !step.isRepeated || .now > deadline { return problem }
      try await Task.sleep(for: .milliseconds(200))
    }
  }

  private func bash(_ command: String) async -> Program.Outcome {
    let bash = Program(named: "bash") ?? Program(path: "/bin/bash")
    let environment = [
      "HOME": home, "KUBECONFIG": "\(home)/kubeconfig", "KUBECACHEDIR": "\(cluster.folder)/discovery", "LC_ALL": "C",
      "TZ": "UTC", "TMPDIR": home,
    ]
    return await bash.run(["-c", "cd '\(home)'\n\(command)"], environment: environment)
  }
}
