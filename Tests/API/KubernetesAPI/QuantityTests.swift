import JSONDocument
import KubernetesAPI
import Testing

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", "0"), ("500m", "500m"), ("1000m", "1"), ("1.5", "1500m"), ("1500m", "1500m"), ("128Mi", "128Mi"),
    ("1024Mi", "1Gi"), ("1.5Gi", "1536Mi"), ("1000000", "1M"), ("1000Ki", "1000Ki"), ("2e3", "2e3"), ("1E", "1E"),
    ("12e-1", "1200e-3"), ("0.0000000001", "1n"), ("-1000m", "-1"), ("+1", "1"), ("1.0", "1"), (".5", "500m"),
    ("5.", "5"), ("100u", "100u"), ("1Ei", "1Ei"), ("0.5Mi", "512Ki"), ("007", "7"),
  ])
  func canonicalForm(text: String, canonical: String) throws {
    let quantity = try #require(Quantity(text))
    #expect(quantity.text == text)
    #expect(quantity.canonical == canonical)
    #expect(Quantity(canonical) == quantity)
  }

  @Test(arguments: [
    "", "m", "1x", "1 Gi", "Gi", "1.2.3", "1e", "--1", "1KI", "0x1", "1Gi1", "8192Pi1", "9223372036854775808", "8Ei",
    "99999999999999999999999999999999999999999999", "1e41", ".", "-",
  ])
  func refusesWhatIsNoQuantity(text: String) { #expect(Quantity(text) == nil) }

  @Test func comparesByAmount() throws {
    #expect(Quantity("1") == Quantity("1000m"))
    #expect(try #require(Quantity("1Gi")) > #require(Quantity("1G")))
    #expect(try #require(Quantity("-1")) < #require(Quantity("1n")))
    #expect(Set([Quantity("1"), Quantity("1000m")].compactMap { $0 }).count == 1)
  }

  @Test func roundsUp() {
    #expect(Quantity("100m")?.value == 1)
    #expect(Quantity("1001m")?.value == 2)
    #expect(Quantity("-1001m")?.value == -2)
    #expect(Quantity("1u")?.milliValue == 1)
    #expect(Quantity("2")?.milliValue == 2000)
    #expect(Quantity("1Ei")?.milliValue == .max)
  }

  @Test func addsExactly() throws {
    var sum = Quantity()
    for _ in 0..<10 { sum += try #require(Quantity("100m")) }
    #expect(sum == Quantity(1))
    #expect(sum.text == "1")
    #expect(try (#require(Quantity("1Gi")) + #require(Quantity("512Mi"))).text == "1536Mi")
    #expect(try (#require(Quantity("1")) - #require(Quantity("1500m"))).text == "-500m")
    #expect(Quantity(milliValue: 2500).text == "2500m")
    #expect(Quantity(bytes: 64 << 20).text == "64Mi")
    let most = Quantity(Int64.max)
    #expect((most + most).value == .max)
    #expect(Quantity(.min).value == -.max)
    #expect(Quantity(bytes: .min).value == -.max)
  }

  @Test func readsNumbersToo() throws {
    let limits = try CoreV1.ResourceRequirements(jsonBytes: Array(#"{"limits":{"cpu":2,"memory":0.5}}"#.utf8)).limits
    #expect(limits["cpu"] == Quantity("2"))
    #expect(limits["memory"] == Quantity("500m"))
  }

  @Test func scalesPercentages() {
    #expect(IntOrString.string("25%").scaled(total: 3, roundingUp: true) == 1)
    #expect(IntOrString.string("25%").scaled(total: 3, roundingUp: false) == 0)
    #expect(IntOrString.int(7).scaled(total: 3, roundingUp: false) == 7)
    #expect(IntOrString.string("web").scaled(total: 3, roundingUp: false) == nil)
    #expect(IntOrString.string("9223372036854775807%").scaled(total: 1, roundingUp: true) == .max / 100 + 1)
    #expect(IntOrString.string("9223372036854775807%").scaled(total: 3, roundingUp: true) == nil)
  }
}
