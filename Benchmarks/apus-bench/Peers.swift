import BenchKit
import Supervision

/// A peer that is installed on this machine.
struct Peer: Sendable {
  var program: String
  /// Its name and version, such as `etcd 3.4.23`.
  var name: String

  /// The etcd of the PATH or of the variable ETCD.
  static func etcd() -> Peer? {
    find("etcd", variable: "ETCD", arguments: ["--version"]) { $0.hasPrefix("etcd Version:") ? $0.last : nil }
  }

  /// The HAProxy of the PATH or of the variable HAPROXY.
  static func haproxy() -> Peer? {
    find("haproxy", variable: "HAPROXY", arguments: ["-v"]) { line in
      guard line.hasPrefix("HAProxy version") else { return nil }
      return line.words.dropFirst(2).first.map { String($0.prefix { $0 != "-" }) }
    }
  }

  /// The kube-apiserver of the variable KUBE_APISERVER or of the PATH. Debian has none; `dev/kube-apiserver` builds one
  /// from Debian's source.
  static func kubeAPIServer() -> Peer? {
    find("kube-apiserver", variable: "KUBE_APISERVER", arguments: ["--version"]) { line in
      line.hasPrefix("Kubernetes v") ? line.last.map { String($0.dropFirst()) } : nil
    }
  }

  /// The wrk of the PATH or of the variable WRK.
  static func wrk() -> Peer? {
    // Its way of telling the version ends like a mistake; Debian's says `debian/4.1.0-3`.
    find("wrk", variable: "WRK", arguments: ["-v"]) { line in
      guard line.hasPrefix("wrk ") else { return nil }
      return line.words.dropFirst().first?.split(separator: "/").last.map { String($0.prefix { $0 != "-" }) }
    }
  }

  private static func find(
    _ name: String, variable: String, arguments: [String], version: (Line) -> String?
  ) -> Peer? {
    guard let program = Program.find(name, variable: variable) else { return nil }
    let output: String
    do { output = try Command.run([program] + arguments) } catch { output = error.output }
    let found = output.split(separator: "\n").compactMap { version(Line(text: $0)) }.first
    return Peer(program: program, name: found.map { "\(name) \($0)" } ?? name)
  }

  private struct Line {
    var text: Substring
    var words: [Substring] { text.split(separator: " ") }
    var last: String? { words.last.map(String.init) }
    func hasPrefix(_ prefix: String) -> Bool { text.hasPrefix(prefix) }
  }
}
