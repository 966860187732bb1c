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
