import FoundationEssentials
import Yams

extension ClientConfiguration {
  /// Reads the current context of a kubeconfig file. Relative paths in it are relative to its folder.
  package init(kubeconfigFile path: String) throws(ClientConfigurationError) {
    let bytes = try Kubeconfig.readFile(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ClientConfigurationError(file: path, message: "is not valid UTF-8")
    }
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    do {
      self = try Kubeconfig(yaml: text).configuration(relativeTo: folder.isEmpty ? "/" : folder)
    } catch {
      throw ClientConfigurationError(file: error.file ?? path, message: error.message)
    }
  }

  /// Reads the current context of a kubeconfig's text. Relative paths in it are relative to `folder`.
  package init(kubeconfig text: String, relativeTo folder: String = ".") throws(ClientConfigurationError) {
    self = try Kubeconfig(yaml: text).configuration(relativeTo: folder)
  }
}

/// The parts of a kubeconfig document (`v1`, `Config`) that decide a connection.
struct Kubeconfig {
  /// Larger files are refused: nobody's kubeconfig is, and YAML aliases can blow up.
  static let maximumSize = 1 << 20

  private let root: Node.Mapping

  init(yaml text: String) throws(ClientConfigurationError) {
    guard text.utf8.count <= Self.maximumSize else {
      throw ClientConfigurationError(message: "is larger than \(Self.maximumSize) bytes")
    }
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch {
      throw ClientConfigurationError(message: "is not valid YAML: \(error)")
    }
    guard let mapping = node?.mapping else { throw ClientConfigurationError(message: "is not a mapping") }
    if let kind = mapping["kind"]?.string, kind != "Config" {
      throw ClientConfigurationError(message: "has kind \(kind), not Config")
    }
    root = mapping
  }

  func configuration(relativeTo folder: String) throws(ClientConfigurationError) -> ClientConfiguration {
    guard let contextName = root["current-context"]?.string, !contextName.isEmpty else {
      throw ClientConfigurationError(message: "has no current-context")
    }
    let context = try entry(contextName, of: "contexts", key: "context")
    guard let clusterName = context["cluster"]?.string else {
      throw ClientConfigurationError(message: "context \(contextName) names no cluster")
    }
    let cluster = try entry(clusterName, of: "clusters", key: "cluster")
    guard var server = cluster["server"]?.string, server.hasPrefix("https://") || server.hasPrefix("http://") else {
      throw ClientConfigurationError(message: "cluster \(clusterName) has no server address (http:// or https://)")
    }
    while server.hasSuffix("/") { server.removeLast() }
    var configuration = ClientConfiguration(server: server)
    configuration.certificateAuthority = try material("certificate-authority", in: cluster, folder: folder)
    configuration.skipsServerVerification = cluster["insecure-skip-tls-verify"]?.bool ?? false
    configuration.namespace = context["namespace"]?.string ?? "default"

    if let userName = context["user"]?.string, !userName.isEmpty {
      let user = try entry(userName, of: "users", key: "user")
      for unsupported in ["exec", "auth-provider", "username", "password"] where user[unsupported] != nil {
        throw ClientConfigurationError(message: "user \(userName): \(unsupported) is not supported")
      }
      configuration.clientCertificate = try material("client-certificate", in: user, folder: folder)
      configuration.clientKey = try material("client-key", in: user, folder: folder)
      guard (configuration.clientCertificate == nil) == (configuration.clientKey == nil) else {
        throw ClientConfigurationError(message: "user \(userName): a client certificate and its key go together")
      }
      configuration.bearerToken = user["token"]?.string
      if configuration.bearerToken == nil, let file = user["tokenFile"]?.string {
        let bytes = try Self.readFile(Self.resolve(file, in: folder))
        let token = String(decoding: bytes, as: UTF8.self)
        configuration.bearerToken = String(token.drop(while: \.isWhitespace).prefix { !$0.isWhitespace })
      }
      if configuration.bearerToken != nil, server.hasPrefix("http://") {
        throw ClientConfigurationError(message: "user \(userName): a token is not sent over plain http")
      }
    }
    return configuration
  }

  /// `list: [{name: NAME, key: {…}}]` → the mapping under `key`.
  private func entry(_ name: String, of list: String, key: String) throws(ClientConfigurationError) -> Node.Mapping {
    for item in root[list]?.sequence ?? [] where item.mapping?["name"]?.string == name {
      guard let mapping = item.mapping?[key]?.mapping else { break }
      return mapping
    }
    throw ClientConfigurationError(message: "\(list) has no entry \(name)")
  }

  /// `NAME-data` (base64) wins over `NAME` (a path), as in kubectl.
  private func material(
    _ name: String, in mapping: Node.Mapping, folder: String
  ) throws(ClientConfigurationError) -> [UInt8]? {
    if let data = mapping["\(name)-data"]?.string, !data.isEmpty {
      guard let decoded = Data(base64Encoded: data, options: .ignoreUnknownCharacters), !decoded.isEmpty else {
        throw ClientConfigurationError(message: "\(name)-data is not valid base64")
      }
      return [UInt8](decoded)
    }
    guard let path = mapping[name]?.string, !path.isEmpty else { return nil }
    return try Self.readFile(Self.resolve(path, in: folder))
  }

  static func resolve(_ path: String, in folder: String) -> String {
    path.hasPrefix("/") ? path : "\(folder)/\(path)"
  }

  static func readFile(_ path: String) throws(ClientConfigurationError) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ClientConfigurationError(file: path, message: "cannot be read")
    }
    guard data.count <= maximumSize else {
      throw ClientConfigurationError(file: path, message: "is larger than \(maximumSize) bytes")
    }
    return [UInt8](data)
  }
}
