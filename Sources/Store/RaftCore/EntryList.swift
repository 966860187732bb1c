/// Entries in pieces of 512. A copy shares all of them, and the next change of either copies one piece and the list of
/// pieces, not the whole log; what goes at the front moves nothing.
struct EntryList: RandomAccessCollection, Sendable {
  private static let shift = 9
  private static let piece = 1 << shift

  /// Each full but the last one, not counting what is gone from the first.
  private var pieces: [[Entry]] = []
  /// How many entries of the first piece are gone.
  private var gone = 0
  private(set) var count = 0

  init() {}

  init(_ entries: [Entry]) { for entry in entries { append(entry) } }

  var startIndex: Int { 0 }
  var endIndex: Int { count }

  subscript(position: Int) -> Entry {
    precondition(position >= 0 && position < count, "there is no such entry")
    let place = position + gone
    return pieces[place >> Self.shift][place & (Self.piece - 1)]
  }

  mutating func append(_ entry: Entry) {
    if (gone + count) & (Self.piece - 1) == 0 {
      pieces.append([])
      pieces[pieces.count - 1].reserveCapacity(Self.piece)
    }
    pieces[pieces.count - 1].append(entry)
    count += 1
  }

  /// Leaves the first `left` entries.
  mutating func truncate(to left: Int) {
    precondition(left >= 0 && left <= count, "there are not so many entries")
    guard left > 0 else { return removeAll() }
    let end = gone + left
    let kept = (end + Self.piece - 1) >> Self.shift
    pieces.removeLast(pieces.count - kept)
    pieces[kept - 1].removeLast(pieces[kept - 1].count - (end - (kept - 1) << Self.shift))
    count = left
  }

  mutating func removeFirst(_ number: Int) {
    precondition(number >= 0 && number <= count, "there are not so many entries")
    guard number < count else { return removeAll() }
    let (first, before) = (gone + number, gone)
    let whole = first >> Self.shift
    pieces.removeFirst(whole)
    gone = first & (Self.piece - 1)
    count -= number
    // Their payloads take no memory any more.
    for position in (whole > 0 ? 0 : before)..<gone { pieces[0][position].payload = [] }
  }

  mutating func removeAll() {
    pieces = []
    (gone, count) = (0, 0)
  }
}
