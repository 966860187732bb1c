import KubernetesAPI
import Testing

@Suite struct TimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0 as Int64), ("2024-02-29T23:59:59Z", 1_709_251_199), ("1969-12-31T23:59:59Z", -1),
    ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
    ("2000-03-01T00:00:00Z", 951_868_800),
  ])
  func convertsBothWays(text: String, seconds: Int64) {
    #expect(Time(text)?.secondsSinceEpoch == seconds)
    #expect(Time(secondsSinceEpoch: seconds).description == text)
  }

  @Test func everyDayOfFourCenturiesSurvives() {
    for day: Int64 in -1000..<146_100 {
      let time = Time(secondsSinceEpoch: day * 86_400 + 12_345)
      #expect(Time(time.description) == time)
    }
  }

  @Test func readsOffsetsAndFractions() {
    #expect(Time("2024-01-01T02:00:00+02:00") == Time("2024-01-01T00:00:00Z"))
    #expect(Time("2023-12-31T19:00:00.9999-05:00") == Time("2024-01-01T00:00:00Z"))
    #expect(MicroTime("2024-01-01T00:00:00.123456789Z")?.description == "2024-01-01T00:00:00.123456Z")
    #expect(MicroTime(microsecondsSinceEpoch: -1).description == "1969-12-31T23:59:59.999999Z")
    #expect(MicroTime("1969-12-31T23:59:59.999999Z")?.microsecondsSinceEpoch == -1)
  }

  @Test func everyDayOfFourDigitYearsIsWrittenWithAllItsDigits() {
    func padded(_ number: Int64, _ width: Int) -> String {
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    var microseconds: Int64 = 0
    for (year, month, day) in [(0, 1, 1), (1, 12, 31), (987, 6, 5), (1969, 12, 31), (2026, 11, 22), (9999, 12, 31)] {
      for second: Int64 in [0, 1, 59, 60, 3599, 3600, 45_296, 86_399] {
        microseconds = (microseconds * 7 + 123) % 1_000_000
        let date = "\(padded(Int64(year), 4))-\(padded(Int64(month), 2))-\(padded(Int64(day), 2))"
        let clock = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
        #expect(Time("\(date)T\(clock)Z")?.description == "\(date)T\(clock)Z")
        let fine = "\(date)T\(clock).\(padded(microseconds, 6))Z"
        #expect(MicroTime(fine)?.description == fine)
      }
    }
    // What has more digits keeps them.
    #expect(Time(secondsSinceEpoch: 253_402_300_800).description == "10000-01-01T00:00:00Z")
  }

  @Test(arguments: [
    "", "2024-01-01", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z",
    "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00Zx", "2024-01-01T00:00:00+2:00", "24-01-01T00:00:00Z",
    "2024-01-01T00:00:00+24:00", "２024-01-01T00:00:00Z",
  ])
  func refusesWhatIsNoTime(text: String) {
    #expect(Time(text) == nil)
    #expect(MicroTime(text) == nil)
  }

  @Test(arguments: [
    ("1h30m0s", 5_400_000_000_000 as Int64), ("250ms", 250_000_000), ("1.5s", 1_500_000_000), ("0s", 0),
    ("1µs", 1000), ("-2m0s", -120_000_000_000), ("1m0.000000001s", 60_000_000_001),
  ])
  func durationsReadAsGoPrintsThem(text: String, nanoseconds: Int64) {
    #expect(GoDuration(text)?.nanoseconds == nanoseconds)
    #expect(GoDuration(nanoseconds: nanoseconds).description == text)
  }

  @Test(arguments: [
    "", "1", "s", "1x", ".s", "1..5s", "9223372036854775808ns", "3000000h", "2562047.9h", "--1s", "1 s",
  ])
  func refusesWhatIsNoDuration(text: String) { #expect(GoDuration(text) == nil) }
}
