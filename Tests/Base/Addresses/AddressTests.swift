import Addresses
import Testing

@Suite("Addresses")
struct AddressTests {
  @Test(
    "IPv4 in its strict form only", arguments: ["", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1.2.3.+4", "a"])
  func noIPv4(text: String) { #expect(IPv4Address(text) == nil) }

  @Test("ranges: host bits are refused or cleared, parts are cut, overlaps are found")
  func networks() throws {
    #expect(IPv4Network("10.1.2.3/16") == nil)
    let range = try #require(IPv4Network(clearingHostBits: "10.1.2.3/16"))
    #expect(range.description == "10.1.0.0/16" && range.size == 65_536)
    #expect(range[65_535]?.description == "10.1.255.255" && range[65_536] == nil)
    #expect(range.subnet(255, prefix: 24)?.description == "10.1.255.0/24" && range.subnet(256, prefix: 24) == nil)
    let inner = try #require(IPv4Network("10.1.4.0/24"))
    #expect(range.overlaps(inner) && inner.overlaps(range))
    #expect(!inner.overlaps(try #require(IPv4Network("10.1.5.0/24"))))
    for bad in [
      "10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "/8", "10.0.0.0/", "10.0.0.0/+24", "10.0.0.0/024",
      "10.0.0.0/00", "10.0.0.0/ 8", "10.0.0.0/8/8", "10.0.0.0/\u{664}",
    ] { #expect(IPv4Network(bad) == nil && IPv4Network(clearingHostBits: bad) == nil, "\(bad)") }
    #expect(IPv4Network("0.0.0.0/0")?.prefix == 0 && IPv4Network("10.0.0.1/32")?.size == 1)
  }

  @Test("IPv6, and the IPv4 addresses in it")
  func longAddresses() throws {
    #expect(IPv6Address("2001:db8::1")?.groups == [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1])
    #expect(IPv6Address("::")?.groups == Array(repeating: 0, count: 8))
    #expect(IPv6Address("1:2:3:4:5:6:7:8")?.groups == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(IPv6Address("::ffff:a09:807")?.embedded?.description == "10.9.8.7")
    #expect(IPv6Address("2001:db8::1")?.embedded == nil)
    for bad in [
      "", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::+1", "1:2:3:4:5:6:7::8",
    ] {
      #expect(IPv6Address(bad) == nil, "\(bad)")
    }
  }
}
