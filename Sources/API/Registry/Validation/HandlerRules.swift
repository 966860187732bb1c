import KubernetesAPI

/// What holds for probes, and for what is done when a container starts and stops.
enum HandlerRules {
  static func probe(
    _ probe: CoreV1.Probe?, _ path: FieldPath, grace: Int64?, into errors: inout [FieldError]
  ) {
    guard let probe else { return }
    handler(
      exec: probe.exec, httpGet: probe.httpGet, tcpSocket: probe.tcpSocket, grpc: probe.grpc, sleep: nil, path,
      grace: grace, into: &errors)
    for (name, value) in [
      ("initialDelaySeconds", probe.initialDelaySeconds), ("timeoutSeconds", probe.timeoutSeconds),
      ("periodSeconds", probe.periodSeconds), ("successThreshold", probe.successThreshold),
      ("failureThreshold", probe.failureThreshold),
    ] { ValueRules.notNegative(value, path.child(name), into: &errors) }
    if let seconds = probe.terminationGracePeriodSeconds, seconds <= 0 {
      errors.append(
        .invalid(path.child("terminationGracePeriodSeconds"), seconds, "must be greater than 0"))
    }
  }

  /// A probe that stops the container has to succeed only once.
  static func mustSucceedOnce(_ probe: CoreV1.Probe?, _ path: FieldPath, into errors: inout [FieldError]) {
    if let probe, probe.successThreshold != 1 {
      errors.append(.invalid(path.child("successThreshold"), probe.successThreshold, "must be 1"))
    }
  }

  static func lifecycle(
    _ lifecycle: CoreV1.Lifecycle?, _ path: FieldPath, grace: Int64?, into errors: inout [FieldError]
  ) {
    for (name, action) in [("postStart", lifecycle?.postStart), ("preStop", lifecycle?.preStop)] {
      guard let action else { continue }
      handler(
        exec: action.exec, httpGet: action.httpGet, tcpSocket: action.tcpSocket, grpc: nil, sleep: action.sleep,
        path.child(name), grace: grace, into: &errors)
    }
  }

  /// Exactly one way of doing it; of several only the first is looked into.
  private static func handler(
    exec: CoreV1.ExecAction?, httpGet: CoreV1.HTTPGetAction?, tcpSocket: CoreV1.TCPSocketAction?,
    grpc: CoreV1.GRPCAction?, sleep: CoreV1.SleepAction?, _ path: FieldPath, grace: Int64?,
    into errors: inout [FieldError]
  ) {
    var count = 0
    func begin(_ name: String) -> Bool {
      count += 1
      if count > 1 { errors.append(.forbidden(path.child(name), "may not specify more than 1 handler type")) }
      return count == 1
    }
    if let exec, begin("exec"), exec.command.isEmpty {
      errors.append(.required(path.child("exec", "command")))
    }
    if let httpGet, begin("httpGet") { http(httpGet, path.child("httpGet"), into: &errors) }
    if let tcpSocket, begin("tcpSocket") {
      PortRules.target(tcpSocket.port, path.child("tcpSocket", "port"), into: &errors)
    }
    if let grpc, begin("grpc") {
      for problem in NameRules.portNumber(Int(grpc.port)) {
        errors.append(.invalid(path.child("grpc", "port"), grpc.port, problem))
      }
    }
    if let sleep, begin("sleep"), sleep.seconds < 0 || sleep.seconds > grace ?? .max {
      errors.append(
        .invalid(
          path.child("sleep"), sleep.seconds,
          "must be non-negative and less than terminationGracePeriodSeconds (\(grace ?? 0))"))
    }
    if count == 0 { errors.append(.required(path, "must specify a handler type")) }
  }

  private static func http(_ action: CoreV1.HTTPGetAction, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.required(action.path, path.child("path"), into: &errors)
    PortRules.target(action.port, path.child("port"), into: &errors)
    if !["HTTP", "HTTPS"].contains(action.scheme) {
      errors.append(.notSupported(path.child("scheme"), action.scheme, supported: ["HTTP", "HTTPS"]))
    }
    for header in action.httpHeaders where !isHeaderName(header.name) {
      errors.append(
        .invalid(
          path.child("httpHeaders"), header.name,
          "a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for "
            + "validation is '[-A-Za-z0-9]+')"))
    }
  }

  private static func isHeaderName(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        ByteKinds.isDigit($0) || ByteKinds.isLower($0) || ByteKinds.isUpper($0) || $0 == UInt8(ascii: "-")
      }
  }
}
