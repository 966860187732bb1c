import BenchKit
import Testing

struct StatisticsTests {
  @Test func medians() {
    #expect(Statistics.median([3, 1, 2]) == 2)
    #expect(Statistics.median([4, 1, 3, 2]) == 2.5)
    #expect(Statistics.median([]).isNaN)
  }

  @Test("A percentile is the nearest rank: a value that was measured")
  func percentiles() {
    let values = (1...200).map(Int64.init)
    #expect(Statistics.percentile(50, ofSorted: values) == 100)
    #expect(Statistics.percentile(99, ofSorted: values) == 198)
    #expect(Statistics.percentile(100, ofSorted: values) == 200)
    #expect(Statistics.percentile(99, ofSorted: [7]) == 7)
    #expect(Statistics.percentile(50, ofSorted: []).isNaN)
  }

  @Test("A ratio pairs rounds: what disturbs a whole round disturbs both")
  func ratios() {
    #expect(Statistics.ratio([20, 2, 20], to: [10, 1, 10]) == 2)
    #expect(Statistics.ratio([20, 20], to: [10, 5, 40]) == 2)
  }

  @Test(arguments: [
    (0, "0"), (0.0001, "0.000"), (0.1234, "0.123"), (1.005, "1.00"), (9.876, "9.88"), (12.34, "12.3"), (99.96, "100.0"),
    (123.4, "123"),
    (1234.5, "1,235"), (1_234_567, "1,234,567"), (-12.34, "-12.3"), (.nan, "-"), (.infinity, "-"),
  ])
  func figures(value: Double, text: String) {
    #expect(Figures.text(value) == text)
  }

  @Test(arguments: [(0, "0 B"), (256, "256 B"), (4096, "4 KiB"), (5000, "5000 B"), (1 << 20, "1 MiB")])
  func sizes(count: Int, text: String) {
    #expect(Figures.bytes(count) == text)
  }

  @Test("Everybody runs once a round, and the first place goes round")
  func order() {
    let order = Rounds.order(participants: 3, rounds: 4)
    #expect(order == [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 1, 2]])
  }
}
