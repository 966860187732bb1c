import Access
import Foundation
import JSONDocument
import Registry
import SeededNumbers
import Testing

/// Requests for certificates come from whoever may ask; their bytes are looked at before anybody has approved them.
@Suite("Requests for certificates")
struct CertificateRequestTests {
  private static let header = "-----BEGIN CERTIFICATE REQUEST-----\n"
  private static let footer = "\n-----END CERTIFICATE REQUEST-----\n"

  /// A request that is fine: the one that the table of cases begins with.
  private static func base() throws -> JSONValue {
    let file = CaseFile.folder.appending(path: "certificatesigningrequests.json")
    let table = try JSONValue(jsonBytes: Array(Data(contentsOf: file)))
    return try #require(table["base"])
  }

  private static func text(of document: JSONValue) throws -> [UInt8] {
    let encoded = try #require(document[path: "spec", "request"]?.stringValue)
    return try #require(Base64.decode(encoded.utf8))
  }

  private static func resource(_ harness: Harness) throws -> ServedResource {
    try #require(
      harness.registry.resource(
        group: "certificates.k8s.io", version: "v1", plural: "certificatesigningrequests"))
  }

  @Test("bytes that were changed are taken or refused, and nothing else happens", arguments: [1, 2, 3] as [UInt64])
  func changed(seed: UInt64) async throws {
    let base = try Self.base()
    let text = try Self.text(of: base)
    let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").dropFirst().dropLast()
    let request = try #require(Base64.decode(lines.joined().utf8))
    try await Harness.run { harness in
      let resource = try Self.resource(harness)
      var random = SeededGenerator(seed: seed)
      var taken = 0
      for round in 0..<200 {
        var bytes = round % 2 == 0 ? text : request
        for _ in 0..<Int.random(in: 1...3, using: &random) { Self.change(&bytes, &random) }
        if round % 2 == 1 {
          // Behind the armour: what is read as DER.
          bytes = Array((Self.header + Base64.encode(bytes) + Self.footer).utf8)
        }
        var document = base
        document["metadata"] = ["name": .string("r\(round)")]
        document["spec"]?["request"] = .string(Base64.encode(bytes))
        do {
          _ = try await harness.registry.create(
            resource, namespace: "", document: document, options: Harness.admin)
          taken += 1
        } catch let error as APIError {
          #expect(error.code == 422)
          #expect(error.details?.causes.map(\.field) == ["spec.request"])
        }
      }
      // Bytes of a key or of a signature say nothing about the form.
      #expect((1..<200).contains(taken))
    }
  }

  private static func change(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return }
    let place = Int.random(in: bytes.indices, using: &random)
    switch Int.random(in: 0..<4, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    case 2: bytes.remove(at: place)
    default: bytes.removeSubrange(place...)
    }
  }

  @Test("a signature is checked by whom the registry is told to ask")
  func signature() async throws {
    let base = try Self.base()
    let refuse: @Sendable ([UInt8]) -> String? = { $0.isEmpty ? nil : "x509: wrong" }
    try await Harness.run(adapt: { $0.problemWithCertificateRequest = refuse }) { harness in
      let resource = try Self.resource(harness)
      let error = await harness.failure {
        _ = try await harness.registry.create(resource, namespace: "", document: base, options: Harness.admin)
      }
      #expect(error?.details?.causes.map(\.field) == ["spec.request"])
      #expect(error?.message.hasSuffix(": x509: wrong") == true)
    }
  }

  /// Approving and signing are rights to the signer, beside those to the subresources that the front-end looks at.
  @Test("nobody approves or signs for a signer that is not theirs")
  func signers() async throws {
    let base = try Self.base()
    let permits: @Sendable (UserInfo, AccessAttributes) -> Bool = { user, wish in
      // The document names another signer than the one that is stored: the stored one counts.
      wish.resource == "signers" && wish.name == "kubernetes.io/*"
        && (user.name == "approver" && wish.verb == "approve" || user.name == "signer" && wish.verb == "sign")
    }
    try await Harness.run(adapt: { $0.permits = permits }) { harness in
      let resource = try Self.resource(harness)
      let registry = harness.registry
      let made = try await registry.create(resource, namespace: "", document: base, options: Harness.admin)
      let object = try JSONValue(jsonBytes: made.object.json)
      let name = made.object.name
      func write(_ subresource: String, _ status: JSONValue, as user: String) async -> APIError? {
        var document = object
        document["metadata"]?["resourceVersion"] = nil
        document["spec"]?["signerName"] = "example.com/mine"
        document["status"] = status
        do {
          _ = try await registry.updateSubresource(
            subresource, of: resource, namespace: "", name: name, document: document,
            options: WriteOptions(user: UserInfo(name: user, groups: [])))
          return nil
        } catch { return error }
      }
      let approval: JSONValue = ["conditions": [["type": "Approved", "status": "True"]]]
      for user in ["signer", "ann"] {
        let error = await write("approval", approval, as: user)
        #expect(error?.code == 403)
        #expect(
          error?.message.hasSuffix(
            #"user not permitted to approve requests with signerName "kubernetes.io/kube-apiserver-client""#) == true)
      }
      #expect(await write("approval", approval, as: "approver") == nil)
      let failed: JSONValue = [
        "conditions": [["type": "Approved", "status": "True"], ["type": "Failed", "status": "True"]]
      ]
      for user in ["approver", "ann"] {
        let error = await write("status", failed, as: user)
        #expect(error?.code == 403)
        #expect(error?.message.contains("user not permitted to sign requests") == true)
      }
      #expect(await write("status", failed, as: "signer") == nil)
    }
  }

  @Test("nobody asks to become a master of the cluster")
  func masters() async throws {
    let base = try Self.base()
    let read: @Sendable ([UInt8]) -> RequestedCertificate? = { _ in
      RequestedCertificate(commonName: "ann", organizations: ["ops", "system:masters"])
    }
    try await Harness.run(adapt: { $0.readCertificateRequest = read }) { harness in
      let resource = try Self.resource(harness)
      let error = await harness.failure {
        _ = try await harness.registry.create(resource, namespace: "", document: base, options: Harness.admin)
      }
      #expect(error?.code == 403)
      #expect(error?.message.contains("system:masters group is not allowed") == true)
      // Another signer has rules of its own.
      var other = base
      other["spec"]?["signerName"] = "example.com/mine"
      _ = try await harness.registry.create(resource, namespace: "", document: other, options: Harness.admin)
    }
  }

  @Test("no node asks to be another one")
  func nodes() async throws {
    let base = try Self.base()
    let read: @Sendable ([UInt8]) -> RequestedCertificate? = { _ in
      RequestedCertificate(commonName: "system:node:n1", organizations: ["system:nodes"])
    }
    try await Harness.run(adapt: { $0.readCertificateRequest = read }) { harness in
      let resource = try Self.resource(harness)
      var number = 0
      func ask(_ user: String, _ groups: [String], _ signer: String) async -> APIError? {
        number += 1
        var document = base
        document["metadata"] = ["name": .string("r\(number)")]
        document["spec"]?["signerName"] = .string(signer)
        let wish = document
        return await harness.failure {
          _ = try await harness.registry.create(
            resource, namespace: "", document: wish, options: WriteOptions(user: UserInfo(name: user, groups: groups)))
        }
      }
      for signer in [CertificateSigner.kubeletClient, .kubeletServing] {
        #expect(await ask("system:node:n1", ["system:nodes"], signer.rawValue) == nil)
        let error = await ask("system:node:n2", ["system:nodes"], signer.rawValue)
        #expect(error?.code == 403)
        #expect(error?.message.hasSuffix("can only create a node CSR with CN=system:node:n2") == true)
        // Who is no node is for approvers to judge.
        #expect(await ask("system:bootstrap:abcdef", ["system:bootstrappers"], signer.rawValue) == nil)
      }
      #expect(await ask("system:node:n2", ["system:nodes"], CertificateSigner.client.rawValue) == nil)
    }
  }

  @Test("who asks is written down with all that is known")
  func requestor() async throws {
    let base = try Self.base()
    try await Harness.run { harness in
      let user = UserInfo(name: "ann", uid: "u1", groups: ["ops"], extra: ["example.com/team": ["a", "b"]])
      let result = try await harness.registry.create(
        try Self.resource(harness), namespace: "", document: base, options: WriteOptions(user: user))
      let object = try JSONValue(jsonBytes: result.object.json)
      let spec = try #require(object["spec"])
      #expect(spec["username"] == "ann")
      #expect(spec["uid"] == "u1")
      #expect(spec["groups"] == ["ops"])
      #expect(spec["extra"] == ["example.com/team": ["a", "b"]])
    }
  }
}
