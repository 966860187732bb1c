import Access
import JSONDocument
import KubernetesAPI

/// CertificateSigningRequests. Who asks is written down by the server; the request never changes; an approver writes
/// conditions through `approval`, a signer the certificate through `status`.
struct CertificateSigningRequestKind: KindRules {
  typealias Object = CertificatesV1.CertificateSigningRequest
  static let approved = "Approved"
  static let denied = "Denied"
  static let failed = "Failed"

  let storagePath = "certificatesigningrequests"
  let selectableFields = [SelectableField("spec.signerName")]
  /// Seconds since 1970.
  let now: @Sendable () -> Int64
  /// What is wrong with a request's own signature, from its DER; nil: nothing is.
  let checkSignature: @Sendable ([UInt8]) -> String?

  func problems(inName name: String) -> [String] { [] }

  // MARK: Strategy

  func prepareForCreate(_ request: inout Object, by user: UserInfo) {
    request.spec.username = user.name
    request.spec.uid = user.uid
    request.spec.groups = user.groups
    request.spec.extra = user.extra
    request.status = CertificatesV1.CertificateSigningRequestStatus()
  }

  func prepareForUpdate(_ request: inout Object, from old: Object) {
    request.spec = old.spec
    request.status = old.status
  }

  func object(_ current: Object, withStatusOf sent: Object) -> Object {
    var result = sent
    result.spec = current.spec
    stampConditions(of: &result, from: current)
    return result
  }

  /// The current object with the conditions that an approver sent, and nothing else of the status.
  func object(_ current: Object, withApprovalOf sent: Object) -> Object {
    var result = sent
    stampConditions(of: &result, from: current)
    let conditions = result.status.conditions
    result.spec = current.spec
    result.status = current.status
    result.status.conditions = conditions
    return result
  }

  /// Says when conditions were written and when they last changed, where the writer does not.
  private func stampConditions(of request: inout Object, from old: Object) {
    let time = Time(secondsSinceEpoch: now())
    for index in request.status.conditions.indices {
      let condition = request.status.conditions[index]
      if condition.lastUpdateTime == nil { request.status.conditions[index].lastUpdateTime = time }
      guard condition.lastTransitionTime == nil else { continue }
      let before = old.status.conditions.first {
        $0.type == condition.type && $0.status == condition.status && $0.lastTransitionTime != nil
      }
      request.status.conditions[index].lastTransitionTime = before?.lastTransitionTime ?? time
    }
  }

  // MARK: Validation

  func validate(_ request: Object, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let spec = request.spec
    if let problem = problem(inRequest: spec.request) {
      errors.append(
        .invalid(path.child("request"), Base64.encode(spec.request), problem))
    }
    let usages = path.child("usages")
    if spec.usages.isEmpty { errors.append(.required(usages, "usages must be provided")) }
    for (index, usage) in spec.usages.enumerated() where !Self.usages.contains(usage) {
      errors.append(.notSupported(usages.index(index), usage, supported: Self.usages))
    }
    var seen: Set<String> = []
    for (index, usage) in spec.usages.enumerated() where !seen.insert(usage).inserted {
      errors.append(.duplicate(usages.index(index), usage))
    }
    if spec.signerName == "kubernetes.io/legacy-unknown" {
      errors.append(
        .invalid(
          path.child("signerName"), spec.signerName, "the legacy signerName is not allowed via this API version"))
    } else {
      Self.validate(signerName: spec.signerName, path.child("signerName"), into: &errors)
    }
    if let seconds = spec.expirationSeconds, seconds < 600 {
      errors.append(
        .invalid(
          path.child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)"))
    }
  }

  /// In alphabetical order, as errors list them.
  private static let usages = [
    "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment",
    "decipher only", "digital signature", "email protection", "encipher only", "ipsec end system", "ipsec tunnel",
    "ipsec user", "key agreement", "key encipherment", "microsoft sgc", "netscape sgc", "ocsp signing", "s/mime",
    "server auth", "signing", "timestamping",
  ]

  private func problem(inRequest text: [UInt8]) -> String? {
    guard let block = PEMBlock.all(in: text).first, block.label == "CERTIFICATE REQUEST" else {
      return "PEM block type must be CERTIFICATE REQUEST"
    }
    guard DERReader.isCertificateRequest(block.bytes) else { return "asn1: structure error: not a PKCS #10 request" }
    return checkSignature(block.bytes)
  }

  /// A domain of at least two labels, a slash, and DNS subdomains.
  static func validate(signerName name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if name.isEmpty {
      errors.append(.required(path, "signerName must be provided"))
      return
    }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      errors.append(
        .invalid(path, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'"))
      return
    }
    func labels(_ text: String, _ rule: (String) -> [String]) {
      for label in text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
        let problems = rule(label)
        for problem in problems {
          errors.append(.invalid(path, text, "validating label \(FieldError.quoted(label)): \(problem)"))
        }
        // More of the same would tell nothing new.
        if !problems.isEmpty { break }
      }
    }
    if parts[0].utf8.count > 253 { errors.append(.tooLong(path, limit: 253)) }
    labels(parts[0], NameRules.dnsLabel)
    if !parts[0].contains(".") {
      errors.append(.invalid(path, parts[0], "should be a domain with at least two segments separated by dots"))
    }
    labels(parts[1], NameRules.dnsSubdomain)
    if name.utf8.count > 571 { errors.append(.tooLong(path, limit: 571)) }
  }

  func validateStatusUpdate(_ request: Object, from old: Object, into errors: inout [FieldError]) {
    validateConditions(request, from: old, into: &errors)
    validateCertificate(request.status.certificate, from: old.status.certificate, into: &errors)
    let path = FieldPath("status.conditions")
    for type in [Self.approved, Self.denied] {
      let (new, before) = (request.status.conditions(type), old.status.conditions(type))
      if new.count > before.count {
        errors.append(.forbidden(path, "updates may not add a condition of type \(FieldError.quoted(type))"))
      } else if new.count == before.count, new != before {
        errors.append(.forbidden(path, "updates may not modify a condition of type \(FieldError.quoted(type))"))
      }
    }
  }

  func validateApproval(_ request: Object, from old: Object, into errors: inout [FieldError]) {
    validateConditions(request, from: old, into: &errors)
  }

  private func validateConditions(_ request: Object, from old: Object, into errors: inout [FieldError]) {
    let path = FieldPath("status.conditions")
    var seen: Set<String> = []
    for (index, condition) in request.status.conditions.enumerated() {
      let path = path.index(index)
      if condition.type.isEmpty { errors.append(.required(path.child("type"))) }
      let isVerdict = [Self.approved, Self.denied, Self.failed].contains(condition.type)
      let supported = isVerdict ? ["True"] : ["False", "True", "Unknown"]
      if condition.status.isEmpty {
        errors.append(.required(path.child("status")))
      } else if !supported.contains(condition.status) {
        errors.append(.notSupported(path.child("status"), condition.status, supported: supported))
      }
      let opposite = [Self.approved: Self.denied, Self.denied: Self.approved][condition.type]
      if let opposite, seen.contains(opposite) {
        errors.append(
          .invalid(path.child("type"), condition.type, "Approved and Denied conditions are mutually exclusive"))
      }
      if !seen.insert(condition.type).inserted { errors.append(.duplicate(path.child("type"), condition.type)) }
    }
    for type in [Self.approved, Self.denied, Self.failed]
    where request.status.conditions(type).count < old.status.conditions(type).count {
      errors.append(.forbidden(path, "updates may not remove a condition of type \(FieldError.quoted(type))"))
    }
  }

  private func validateCertificate(_ text: [UInt8], from old: [UInt8], into errors: inout [FieldError]) {
    let path = FieldPath("status.certificate")
    guard text != old else { return }
    if !text.isEmpty {
      let blocks = PEMBlock.all(in: text)
      func wrong(_ problem: String) { errors.append(.invalid(path, "<certificate data>", problem)) }
      if blocks.isEmpty {
        wrong("must contain at least one CERTIFICATE PEM block")
      } else if let other = blocks.first(where: { $0.label != "CERTIFICATE" }) {
        wrong("only CERTIFICATE PEM blocks are allowed, found \(FieldError.quoted(other.label))")
      } else if blocks.contains(where: \.hasHeaders) {
        wrong("no PEM block headers are permitted")
      } else if !blocks.allSatisfy({ DERReader.isCertificate($0.bytes) }) {
        wrong("x509: malformed certificate")
      }
    }
    if !old.isEmpty { errors.append(.forbidden(path, "updates may not modify existing certificate content")) }
  }

  // MARK: Table

  func cells(_ request: Object, now: Int64) -> [JSONValue] {
    let status = request.status
    var words = [status.conditions(Self.denied).isEmpty ? "Pending" : "Denied"]
    if words == ["Pending"], !status.conditions(Self.approved).isEmpty { words = ["Approved"] }
    if !status.conditions(Self.failed).isEmpty { words.append("Failed") }
    if !status.certificate.isEmpty { words.append("Issued") }
    return [
      .string(request.metadata.name), TableCells.age(request.metadata, now),
      TableCells.text(request.spec.signerName), .string(request.spec.username),
      .string(request.spec.expirationSeconds.map { HumanDuration.text(seconds: Int64($0)) } ?? "<none>"),
      .string(words.joined(separator: ",")),
    ]
  }
}

extension CertificatesV1.CertificateSigningRequestStatus {
  /// The conditions of one type.
  func conditions(_ type: String) -> [CertificatesV1.CertificateSigningRequestCondition] {
    conditions.filter { $0.type == type }
  }
}
