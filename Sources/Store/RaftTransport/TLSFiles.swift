package import ClusterConfig
import Glibc
package import NIOSSL
import PKI

/// A certificate, its key, and whom the holder trusts: PEM files that are used together.
///
/// They are looked at as a whole before they are used: what a handshake would only call an unknown certificate is said
/// here with the file's name and what to do.
package struct TLSFiles: Hashable, Sendable {
  /// The holder's certificate first, then those between it and its authority.
  package var certificate: String
  package var key: String
  /// The authorities whose certificates are accepted.
  package var trust: String

  package init(_ pair: CertificateFolder.Pair, trust: String) {
    certificate = pair.certificate
    key = pair.key
    self.trust = trust
  }

  var paths: [String] { [certificate, key, trust] }

  /// What is wrong with a file, and what to do.
  package struct Defect: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// As it follows the file's name in a sentence.
    package var problem: String
    package var advice: String

    package var description: String { "\(file) \(problem): \(advice)" }
  }

  /// What the files hold.
  package struct Content: Sendable {
    package var chain: [NIOSSLCertificate]
    package var key: NIOSSLPrivateKey
    package var trust: [NIOSSLCertificate]
    /// When the certificate ends, in seconds since 1970.
    package var expires: Int64
    /// False when none of the trusted authorities stands behind the certificate. For one that is shown to those who
    /// trust somebody else that is as it should be.
    package var isOwnAuthoritys: Bool

    /// The certificate and those that go with it, as a configuration takes them.
    package var sources: [NIOSSLCertificateSource] { chain.map { .certificate($0) } }
  }

  /// Reads the files.
  ///
  /// - Parameter now: in seconds since 1970; nil for the system's clock.
  /// - Throws: the first thing that keeps them from being used: a file is missing, cannot be read or is not what it
  ///   should be, the key is another certificate's, or the certificate does not hold at present.
  package func load(now: Int64? = nil) throws(Defect) -> Content {
    let chain = try certificates(in: certificate)
    let keyBytes = try contents(of: key)
    guard let privateKey = try? NIOSSLPrivateKey(bytes: keyBytes, format: .pem) else {
      throw Defect(
        file: key, problem: "holds no private key in PEM that can be read",
        advice: "\(Self.again) (keys have no password)")
    }
    let anchors = try certificates(in: trust)
    // BoringSSL compares the two.
    let pair = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    guard (try? NIOSSLContext(configuration: pair)) != nil else {
      throw Defect(
        file: key, problem: "is not the key of \(certificate)",
        advice: "copy both from where they were made, together; or remove both, and \(Self.again)")
    }
    let now = now ?? Int64(time(nil))
    try check(chain[0], at: now)
    guard anchors.contains(where: { Int64($0.notValidAfter) >= now }) else {
      throw Defect(
        file: trust,
        problem: "holds only authorities that have ended, the first on \(Self.date(anchors[0].notValidAfter))",
        advice: "make new authorities and certificates for all hosts with `apus certs init`")
    }
    return Content(
      chain: chain, key: privateKey, trust: anchors, expires: Int64(chain[0].notValidAfter),
      isOwnAuthoritys: Self.leads(chain, to: anchors))
  }

  /// That no authority of the trust file stands behind the certificate.
  package var foreignCertificate: Defect {
    Defect(
      file: certificate, problem: "is not signed by an authority of \(trust)",
      advice: "one of the two is another cluster's, or older; copy both from where `apus certs init` made them")
  }

  private static let again =
    "make it again with `apus certs init`, and copy hosts/NAME of what that makes to the host NAME"

  private func check(_ leaf: NIOSSLCertificate, at now: Int64) throws(Defect) {
    if Int64(leaf.notValidAfter) < now {
      throw Defect(
        file: certificate, problem: "ended on \(Self.date(leaf.notValidAfter))",
        advice: "`apus certs init` renews certificates that end within a month; copy hosts/NAME of it to the host NAME")
    }
    if Int64(leaf.notValidBefore) > now {
      throw Defect(
        file: certificate, problem: "holds only from \(Self.date(leaf.notValidBefore)) on",
        advice: "is this host's clock right? It says \(Self.date(time_t(now)))")
    }
  }

  private static func leads(_ chain: [NIOSSLCertificate], to anchors: [NIOSSLCertificate]) -> Bool {
    guard let chain = try? chain.map({ try $0.toDERBytes() }), let anchors = try? anchors.map({ try $0.toDERBytes() })
    else { return true }
    // What cannot be judged here is for the handshake to judge.
    return CertificateChain.leads(chain, to: anchors) ?? true
  }

  private func certificates(in path: String) throws(Defect) -> [NIOSSLCertificate] {
    let bytes = try contents(of: path)
    guard let certificates = try? NIOSSLCertificate.fromPEMBytes(bytes), !certificates.isEmpty else {
      throw Defect(file: path, problem: "holds no certificate in PEM", advice: Self.again)
    }
    return certificates
  }

  /// Files of this kind are a few kilobytes.
  private static let largest = 1 << 20

  private func contents(of path: String) throws(Defect) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      let code = errno
      switch code {
      case ENOENT, ENOTDIR: throw Defect(file: path, problem: "is missing", advice: "\(Self.again); is --certs right?")
      case EACCES, EPERM:
        throw Defect(
          file: path, problem: "may not be read by this process",
          advice: "give it to the user that the process runs as, with the folders above it")
      default: throw Self.unreadable(path, code)
      }
    }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while bytes.count <= Self.largest {
      let count = read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.unreadable(path, errno) }
      if count == 0 {
        guard !bytes.isEmpty else { throw Defect(file: path, problem: "is empty", advice: Self.again) }
        return bytes
      }
      bytes += buffer[..<count]
    }
    throw Defect(file: path, problem: "is larger than 1 MiB", advice: "is that the right file?")
  }

  private static func unreadable(_ path: String, _ code: Int32) -> Defect {
    Defect(
      file: path, problem: "cannot be read (\(String(cString: strerror(code))))",
      advice: "look at the file, and at the disk that it is on")
  }

  /// For people, in UTC: `2026-01-31 23:59 UTC`.
  private static func date(_ seconds: time_t) -> String {
    var seconds = seconds
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday)) "
      + "\(padded(parts.tm_hour)):\(padded(parts.tm_min)) UTC"
  }
}
