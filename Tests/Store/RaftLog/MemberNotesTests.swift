import Foundation
import RaftLog
import Testing

@Suite struct MemberNotesTests {
  @Test func addressesComeBack() throws {
    try withScratch { path in
      _ = try DataFolder(path)
      #expect(AddressBook.load(from: path) == nil)
      let book = AddressBook(lines: [
        .init(member: 1, name: "s1", address: "198.18.0.11:2380"),
        .init(member: .max, name: "", address: "198.18.0.12:2380"),
      ])
      try book.save(in: path)
      #expect(AddressBook.load(from: path) == book)
      try AddressBook(lines: []).save(in: path)
      #expect(AddressBook.load(from: path) == AddressBook(lines: []))
    }
  }

  /// A hint that cannot be read is no hint.
  @Test func aDamagedListIsNone() throws {
    try withScratch { path in
      _ = try DataFolder(path)
      let book = AddressBook(lines: [.init(member: 1, name: "s1", address: "198.18.0.11:2380")])
      try book.save(in: path)
      let url = URL(fileURLWithPath: "\(path)/addresses")
      let good = try Data(contentsOf: url)
      for index in good.indices {
        var bad = good
        bad[index] ^= 1
        try bad.write(to: url)
        // The word “checksum” itself says nothing.
        let read = AddressBook.load(from: path)
        #expect(read == nil || read == book, "byte \(index)")
      }
      for count in 0..<(good.count - 1) {
        try good.prefix(count).write(to: url)
        #expect(AddressBook.load(from: path) == nil, "cut at \(count)")
      }
    }
  }

  @Test func whoWasRemovedStaysSo() throws {
    try withScratch { path in
      _ = try DataFolder(path)
      #expect(!RemovalNote.isPresent(in: path))
      try RemovalNote.save(in: path)
      #expect(RemovalNote.isPresent(in: path))
    }
  }
}
