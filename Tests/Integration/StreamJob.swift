import FoundationEssentials
import Glibc
import Testing

/// What reaches into containers, by the unmodified kubectl: commands, files, terminals, logs, ports, proxies.
extension IntegrationTests {
  /// A pod with the machine's own programs, one container that reads what is typed to it and one that counts.
  private static let workshop = """
    apiVersion: v1
    kind: Pod
    metadata: {name: workshop, labels: {app: workshop}}
    spec:
      terminationGracePeriodSeconds: 1
      volumes:
        - {name: usr, hostPath: {path: /usr}}
        - {name: lib, hostPath: {path: /usr/lib}}
        - {name: lib64, hostPath: {path: /usr/lib64}}
        - {name: scratch, emptyDir: {}}
      containers:
        - name: app
          image: apus-demo:v1
          ports: [{containerPort: 8080}]
          volumeMounts: &mounts
            - {name: usr, mountPath: /usr, readOnly: true}
            - {name: lib, mountPath: /lib, readOnly: true}
            - {name: lib64, mountPath: /lib64, readOnly: true}
            - {name: scratch, mountPath: /scratch}
        - name: talker
          image: apus-demo:v1
          stdin: true
          command: [/usr/bin/bash, -c, 'while read line; do echo "said $line"; done; sleep 600']
          volumeMounts: *mounts
        - name: counter
          image: apus-demo:v1
          command: [/usr/bin/bash, -c, 'for n in $(seq 1 36000); do echo "line $n"; sleep 0.2; done']
          volumeMounts: *mounts

    """

  /// Runs a script in the bench's folder, where `kubectl` is the real one with the bench's kubeconfig.
  private func shell(_ bench: Workbench, _ script: String) throws -> String {
    let preamble = "cd \(bench.folder); export KUBECONFIG=\(bench.folder)/kubeconfig\n"
    let said = try Workbench.run(["timeout", "600", "bash", "-c", preamble + script])
    // kubectl reads before it has made its streams, and says so of the first, empty message when that is fast. What it
    // may have lost of the data is in the sums and the counts.
    guard said.contains("Unknown stream id") else { return said }
    return said.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.contains("Unknown stream id") }.joined(separator: "\n")
  }

  func useStreams(_ bench: Workbench) async throws {
    try Data(Self.workshop.utf8).write(to: URL(filePath: "\(bench.folder)/workshop.yaml"))
    try bench.kubectl("apply", "-f", "\(bench.folder)/workshop.yaml")
    try bench.kubectl("wait", "--for=condition=Ready", "pod/workshop", "--timeout", "280s")
    try runCommands(bench)
    try copyFiles(bench)
    try attachAndRun(bench)
    try readLogs(bench)
    try forwardPorts(bench)
    try useProxies(bench)
    try useTheHostsNetwork(bench)
    try bench.kubectl("delete", "-f", "\(bench.folder)/workshop.yaml", "--wait")
  }

  /// A pod without a network of its own has its node's address and name.
  private func useTheHostsNetwork(_ bench: Workbench) throws {
    try bench.kubectl(
      "run", "on-host", "--image=apus-demo:v1", "--restart=Never", "--overrides", #"{"spec":{"hostNetwork":true}}"#)
    try bench.kubectl("wait", "--for=condition=Ready", "pod/on-host", "--timeout", "280s")
    let addresses = try bench.kubectl("get", "pod", "on-host", "-o", "jsonpath={.status.podIP} {.status.hostIP}")
      .split(separator: " ")
    #expect(addresses.count == 2 && addresses.first == addresses.last, "\(addresses)")
    try bench.kubectl("delete", "pod", "on-host", "--grace-period=1")
  }

  private func runCommands(_ bench: Workbench) throws {
    let code = try shell(
      bench, "kubectl exec workshop -c app -- bash -c 'echo out; echo err >&2; exit 3' >out 2>err; echo $?; cat out err"
    )
    #expect(code.hasPrefix("3\nout\n") && code.contains("err\n") && code.contains("exit code 3"), "\(code)")
    #expect(try shell(bench, "printf 'a\\nb\\n' | kubectl exec -i workshop -c app -- cat") == "a\nb\n")
    let sums = try shell(
      bench,
      """
      head -c 20000000 /dev/urandom >big
      sha256sum <big
      kubectl exec -i workshop -c app -- sha256sum <big
      kubectl exec workshop -c app -- head -c 20000000 /dev/zero | wc -c
      """
    ).split(separator: "\n")
    #expect(sums.count == 3 && sums[0] == sums[1] && sums[2] == "20000000", "\(sums)")
    // In the foreground, else the terminal stops kubectl where the shell of `script` does not step aside for `timeout`.
    let terminal = try shell(
      bench,
      "script -qec \"stty rows 41 cols 101; timeout --foreground 180 kubectl exec -it workshop -c app -- "
        + "bash -c 'until stty size | grep 41.101; do sleep 0.1; done; tty'\" "
        + "/dev/null </dev/null")
    #expect(terminal.contains("41 101") && terminal.contains("/dev/pts/"), "\(terminal)")
    // By SPDY, as older clients do it.
    let spdy = try shell(
      bench, "echo typed | KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false kubectl exec -i workshop -c app -- cat")
    #expect(spdy == "typed\n")
    for (what, said) in [
      ("exec workshop -c none -- ls", "container none is not valid"), ("exec none -- ls", "not found"),
      ("exec workshop -c app -- /none", "no such file"),
      ("--as somebody exec workshop -c app -- ls", "forbidden"),
    ] {
      let answer = try shell(bench, "kubectl \(what) 2>&1; echo code $?")
      #expect(answer.contains(said) && !answer.contains("code 0"), "\(what): \(answer)")
    }
  }

  private func copyFiles(_ bench: Workbench) throws {
    let copied = try shell(
      bench,
      "kubectl cp big workshop:/scratch/big -c app && kubectl cp -c app workshop:/scratch/big back && cmp big back "
        + "&& echo same")
    #expect(copied.hasSuffix("same\n"), "\(copied)")
  }

  private func attachAndRun(_ bench: Workbench) throws {
    // Until it has said something: by itself the container never ends.
    let attached = try shell(
      bench,
      """
      mkfifo typed
      timeout 180 kubectl attach -i workshop -c talker <typed >said 2>&1 &
      pid=$!
      exec 4>typed; echo hello >&4
      until grep -qs 'said hello' said || ! kill -0 $pid; do sleep 0.1; done
      exec 4>&-; kill $pid; wait $pid 2>/dev/null; cat said
      """)
    #expect(attached.contains("said hello"), "\(attached)")
    let overrides = #"""
      {"spec":{"volumes":[{"name":"usr","hostPath":{"path":"/usr"}},{"name":"lib","hostPath":{"path":"/usr/lib"}},
      {"name":"lib64","hostPath":{"path":"/usr/lib64"}}],"containers":[{"name":"once","image":"apus-demo:v1",
      "stdin":true,"stdinOnce":true,"command":["/usr/bin/bash","-c","sleep 2; cat; echo done; exit 4"],"volumeMounts":[
      {"name":"usr","mountPath":"/usr"},{"name":"lib","mountPath":"/lib"},{"name":"lib64","mountPath":"/lib64"}]}]}}
      """#
    try Data(overrides.utf8).write(to: URL(filePath: "\(bench.folder)/overrides.json"))
    let ran = try shell(
      bench,
      """
      echo from outside | kubectl run once -i --rm --restart=Never --image=apus-demo:v1 \
      --override-type=strategic --overrides="$(cat overrides.json)" 2>&1; echo code $?
      kubectl wait --for=delete pod/once --timeout=120s >/dev/null 2>&1
      kubectl get pod once 2>&1; true
      """)
    // The container's code is passed on. Nobody waits for the pod to be gone: `--rm` only asks for it.
    #expect(
      ran.contains("from outside") && ran.contains("done") && ran.contains("code 4") && ran.contains("not found"),
      "\(ran)")
  }

  private func readLogs(_ bench: Workbench) throws {
    #expect(try bench.kubectl("logs", "workshop", "-c", "counter", "--tail", "2").split(separator: "\n").count == 2)
    let times = try bench.kubectl("logs", "workshop", "-c", "counter", "--tail=1", "--timestamps")
    #expect(times.hasPrefix("20") && times.contains("Z line "), "\(times)")
    let recent = try bench.kubectl("logs", "workshop", "-c", "counter", "--since=5s").split(separator: "\n").count
    #expect((1...60).contains(recent))
    let all = try bench.kubectl("logs", "workshop", "--all-containers", "--prefix", "--tail", "50")
    #expect(all.contains("/counter] line ") && all.contains("/talker] said hello") && all.contains("/app]"), "\(all)")
    let followed = try shell(bench, "timeout 180 kubectl logs -f workshop -c counter --tail=1 | head -n 7; true")
    #expect(followed.split(separator: "\n").count > 5, "\(followed)")
    let previous = try shell(bench, "kubectl logs workshop -c app --previous 2>&1; echo code $?")
    #expect(previous.contains("previous terminated container \"app\"") && previous.contains("code 1"), "\(previous)")
  }

  private func forwardPorts(_ bench: Workbench) throws {
    for target in ["pod/workshop :8080", "svc/hello :80"] {
      for webSockets in ["true", "false"] {
        let said = try shell(
          bench,
          """
          export KUBECTL_PORT_FORWARD_WEBSOCKETS=\(webSockets)
          rm -f ports
          kubectl port-forward \(target) >ports 2>&1 &
          pid=$!
          for _ in $(seq 1200); do grep -qs Forwarding ports && break; sleep 0.1; done
          port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\) ->.*/\\1/p' ports | head -1)
          for _ in 1 2 3; do
            exec 3<>/dev/tcp/127.0.0.1/$port; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 | tail -1; exec 3>&-
          done
          kill $pid; wait $pid 2>/dev/null; cat ports
          """)
        #expect(
          said.split(separator: "\n").count { $0.hasPrefix("apus-demo v") } == 3, "\(target) \(webSockets): \(said)")
      }
    }
  }

  private func useProxies(_ bench: Workbench) throws {
    let base = "/api/v1/namespaces/default"
    for path in [
      "\(base)/pods/workshop/proxy/", "\(base)/pods/workshop:8080/proxy/", "\(base)/services/hello/proxy/",
      "\(base)/services/hello:http/proxy/", "\(base)/services/hello:80/proxy/",
    ] {
      let answer = try shell(bench, "kubectl get --raw \(path) 2>&1; true")
      // A service whose port has a name needs that name, or the number.
      let isReached = path != "\(base)/services/hello/proxy/"
      #expect(isReached == answer.hasPrefix("apus-demo v"), "\(path): \(answer)")
    }
    let node = try bench.kubectl("get", "pod", "workshop", "-o", "jsonpath={.spec.nodeName}")
    #expect(try bench.kubectl("get", "--raw", "/api/v1/nodes/\(node)/proxy/healthz") == "ok")
    let proxied = try shell(
      bench,
      """
      kubectl proxy --port=0 >proxy 2>&1 &
      pid=$!
      for _ in $(seq 1200); do grep -qs Starting proxy && break; sleep 0.1; done
      port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\).*/\\1/p' proxy)
      exec 3<>/dev/tcp/127.0.0.1/$port
      printf 'GET \(base)/services/hello:http/proxy/ HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3
      cat <&3; exec 3>&-
      kill $pid; wait $pid 2>/dev/null; true
      """)
    #expect(proxied.hasPrefix("HTTP/1.1 200") && proxied.contains("apus-demo v"), "\(proxied)")
  }
}
