import APISchema
import JSONDocument
import Testing

@Suite struct RoundTripTests {
  private let schema = Schema.builtIn

  /// Every kind, through protobuf and through JSON, and back.
  @Test(arguments: Schema.builtIn.allKinds)
  func everyKindSurvives(kind: GroupVersionKind) throws {
    let seed = kind.description.utf8.reduce(UInt64(7)) { $0 &* 31 &+ UInt64($1) }
    var documents = RandomDocuments(seed: seed)
    for round in 0..<12 {
      let original = documents.document(of: kind)
      var canonical = original
      schema.canonicalize(&canonical, as: kind)
      var again = canonical
      schema.canonicalize(&again, as: kind)
      #expect(again.description == canonical.description, "canonical once is canonical, round \(round)")

      let bytes = try schema.protobuf(canonical)
      let unordered = try schema.document(protobuf: schema.protobuf(original), expecting: kind)
      #expect(unordered == canonical, "protobuf brings any form into the canonical one, round \(round)")
      let decoded = try schema.document(protobuf: bytes, expecting: kind)
      #expect(decoded == canonical, "protobuf and back, round \(round)")
      #expect(try schema.protobuf(decoded) == bytes)

      let read = try schema.decode(json: original.jsonBytes, as: kind)
      #expect(read.strictErrors.isEmpty)
      var readCanonical = read.value
      schema.canonicalize(&readCanonical, as: kind)
      #expect(readCanonical == canonical, "JSON and back, round \(round)")
    }
  }

  /// Defaults neither crash on any document nor leave something out at the first go.
  @Test(arguments: Schema.builtIn.allKinds)
  func defaultsOfEveryKindAreIdempotent(kind: GroupVersionKind) throws {
    var documents = RandomDocuments(seed: 99)
    for _ in 0..<6 {
      var document = documents.document(of: kind)
      schema.applyDefaults(to: &document, as: kind)
      var again = document
      schema.applyDefaults(to: &again, as: kind)
      #expect(again == document)
      #expect(try schema.decode(document, as: kind).strictErrors.isEmpty)
    }
  }

  @Test func autoscalersAndEventsSurviveTheirOtherVersion() throws {
    for kind in [
      GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler"),
      GroupVersionKind(group: "", version: "v1", kind: "Event"),
      GroupVersionKind(group: "events.k8s.io", version: "v1", kind: "Event"),
    ] {
      let other = try #require(VersionConversion.counterparts(of: kind).first)
      var documents = RandomDocuments(seed: 3)
      for _ in 0..<200 where kind.kind == "Event" {
        var document = documents.document(of: kind)
        schema.canonicalize(&document, as: kind)
        let converted = try #require(VersionConversion.convert(document, from: kind, to: other))
        #expect(try schema.decode(converted, as: other).strictErrors.isEmpty)
        #expect(VersionConversion.convert(converted, from: other, to: kind) == document)
      }
      for _ in 0..<200 where kind.kind != "Event" {
        var document = documents.document(of: kind)
        schema.canonicalize(&document, as: kind)
        // Only the shape: random types and amounts of a metric contradict each other.
        let converted = try #require(VersionConversion.convert(document, from: kind, to: other))
        #expect(try schema.decode(converted, as: other).strictErrors.isEmpty)
        let back = try #require(VersionConversion.convert(converted, from: other, to: kind))
        #expect(try schema.decode(back, as: kind).strictErrors.isEmpty)
        #expect(back["spec"]?["behavior"] == document["spec"]?["behavior"])
        #expect(back["status"]?["conditions"] == document["status"]?["conditions"])
      }
    }
  }
}
