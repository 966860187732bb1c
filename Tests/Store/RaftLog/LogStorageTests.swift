import Foundation
import RaftCore
import RaftLog
import Testing

@Suite struct LogStorageTests {
  @Test func whatWasAppendedIsThereAfterwards() throws {
    try withScratch { path in
      let state = HardState(term: 3, votedFor: 2, commit: 9, starts: 4, mustCatchUp: true)
      do {
        let (log, recovered) = try openLog(path)
        #expect(recovered.entries.isEmpty && recovered.base == bootstrap && recovered.hardState == HardState())
        try log.append([LogWrite(token: 1, entries: entries(1...10)), LogWrite(token: 2, entries: entries(11...12))])
        try log.append([LogWrite(token: 3, hardState: state)])
        #expect(log.syncs == 2)
      }
      let (_, recovered) = try openLog(path)
      #expect(recovered.entries == entries(1...12))
      #expect(recovered.hardState == state)
      #expect(recovered.tornTail == nil)
      #expect(try permissions(segments(path)[0]) == 0o600)
      #expect(try permissions(path + "/..") != 0)
    }
  }

  @Test func laterEntriesReplaceEarlierOnes() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...10))])
        try log.append([LogWrite(token: 2, entries: entries(6...7, term: 2))])
      }
      let (_, recovered) = try openLog(path)
      #expect(recovered.entries == entries(1...5) + entries(6...7, term: 2))
    }
  }

  @Test func segmentsFollowEachOtherAndGoWhenTheyAreCompacted() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        for index in UInt64(1)...200 {
          let state = HardState(term: 1, commit: index)
          try log.append([LogWrite(token: index, entries: entries(index...index, size: 100), hardState: state)])
        }
        let before = try segments(path).count
        #expect(before > 5)
        try log.compact(through: 100)
        #expect(try segments(path).count < before)
      }
      let (log, recovered) = try openLog(path)
      #expect(recovered.base.index <= 100 && recovered.base.index > 50)
      #expect(recovered.base.membership == bootstrap.membership)
      #expect(recovered.entries == entries((recovered.base.index + 1)...200, size: 100))
      #expect(recovered.hardState.commit == 200)
      try log.append([LogWrite(token: 1, entries: entries(201...201))])
      try log.compact(through: 1000)
      #expect(try segments(path).count == 1)
    }
  }

  @Test func aLogThatStartsAnewForgetsWhatWasBefore() throws {
    try withScratch { path in
      let base = SnapshotMetadata(index: 500, term: 4, membership: Membership(voters: [1, 2, 9]))
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...20), hardState: HardState(term: 3))])
        let more = entries(501...502, term: 5)
        try log.append([LogWrite(token: 2, base: base, entries: more, hardState: HardState(term: 5))])
        #expect(try segments(path).count == 1)
      }
      let (_, recovered) = try openLog(path)
      #expect(recovered.base == base)
      #expect(recovered.entries == entries(501...502, term: 5))
      #expect(recovered.hardState.term == 5)
    }
  }

  @Test func theMembershipBeforeASegmentIsTheOneInForce() throws {
    try withScratch { path in
      let changed = Membership(voters: [1, 2, 4])
      do {
        let (log, _) = try openLog(path)
        let change = Entry(
          term: 1, index: 1, kind: .configuration,
          payload: ConfigurationChange(id: nil, membership: changed).encoded())
        try log.append([LogWrite(token: 1, entries: [change])])
        try log.append([LogWrite(token: 2, entries: entries(2...2, size: 5000))])
        try log.append([LogWrite(token: 3, entries: entries(3...3))])
        try log.compact(through: 2)
      }
      #expect(try openLog(path).recovered.base == SnapshotMetadata(index: 2, term: 1, membership: changed))
    }
  }

  /// A segment that begins with entries which replace some from before it stays readable when those are compacted.
  @Test func entriesReplacedAcrossASegmentsBeginning() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...10, size: 500))])
        try log.append([LogWrite(token: 2, entries: entries(8...12, term: 2))])
        try log.compact(through: 11)
        #expect(try segments(path).count == 1)
      }
      let (log, recovered) = try openLog(path)
      #expect(recovered.base.index == 7)
      #expect(recovered.entries == entries(8...12, term: 2))
      try log.append([LogWrite(token: 1, entries: entries(13...13, term: 2))])
      #expect(try openLog(path).recovered.entries.count == 6)
    }
  }

  /// The last write cut at each of its bytes, with zeros behind as in a preallocated file, and with garbage.
  @Test func aTornTailIsCutOffAndReportedAtEveryByte() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...3))])
      }
      let file = try segments(path)[0]
      let before = try read(file)
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 2, entries: entries(4...4, size: 21))])
      }
      let whole = try read(file)
      let changed = whole.indices.filter { $0 >= before.count || whole[$0] != before[$0] }
      let (start, end) = (changed.first!, changed.last! + 1)
      for cut in start..<end {
        for fill in [UInt8(0), 0xee] {
          var torn = whole
          for index in cut..<end { torn[index] = fill }
          if torn == whole { continue }
          try write(torn, file)
          do {
            let (log, recovered) = try openLog(path)
            #expect(recovered.entries == entries(1...3), "cut at \(cut)")
            // Only zeros: nothing of the write has reached the disk, which is no different from no write.
            #expect((recovered.tornTail == nil) == (cut == start && fill == 0), "cut at \(cut)")
            try log.append([LogWrite(token: 1, entries: entries(4...5))])
          }
          let (_, again) = try openLog(path)
          #expect(again.entries == entries(1...5), "cut at \(cut)")
          #expect(again.tornTail == nil)
        }
      }
    }
  }

  /// A term, an index or a number of starts that cannot be counted up is an error where it is read.
  @Test func whatCannotBeCountedUpIsAnError() throws {
    let states = [HardState(term: .max), HardState(commit: .max), HardState(starts: .max), HardState(term: 1 << 31)]
    var writes = states.map { LogWrite(token: 1, hardState: $0) }
    writes.append(LogWrite(token: 1, entries: [Entry(term: .max, index: 1, payload: [])]))
    for write in writes {
      try withScratch { path in
        do {
          let (log, _) = try openLog(path)
          try log.append([write])
        }
        let error = #expect(throws: StorageError.self) { try openLog(path) }
        #expect(error?.code == .corrupt)
      }
    }
  }

  /// Whatever moment a crash picks, the next start knows that the tail was lost.
  @Test func aTornTailIsRememberedBeforeItIsCutOff() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...3), hardState: HardState(term: 4, starts: 2))])
        try log.append([LogWrite(token: 2, entries: entries(4...4))])
      }
      let file = try segments(path)[0]
      let whole = try read(file)
      var torn = whole
      let place = try #require(position(of: [UInt8](repeating: 4, count: 40), in: whole))
      torn[place] ^= 1
      try write(torn, file)
      // The process ends right after the log was opened, before the replica has written anything.
      do {
        let recovered = try openLog(path).recovered
        #expect(recovered.tornTail != nil && recovered.hardState.mustCatchUp)
      }
      do {
        let recovered = try openLog(path).recovered
        #expect(recovered.tornTail == nil)
        // Starts whose record was lost with the tail are not counted again, whoever asks first.
        #expect(recovered.hardState == HardState(term: 1004, starts: 1002, mustCatchUp: true))
        #expect(recovered.entries == entries(1...3))
      }
      // It ends between the cut and the record that says so.
      var cut = whole
      let start = try #require(position(of: [UInt8](repeating: 3, count: 40), in: whole)) + 40
      let hardState = whole[start...].firstIndex { $0 != 0 } ?? start
      let end = place - 40
      #expect(hardState < end)
      for index in end..<cut.count { cut[index] = 0 }
      try write(cut, file)
      try write(Array("cut here\n".utf8), "\(path)/torn-tail")
      do {
        let recovered = try openLog(path).recovered
        #expect(recovered.tornTail != nil && recovered.hardState.mustCatchUp)
        #expect(recovered.entries == entries(1...3))
        #expect(recovered.hardState.starts == 1002)
      }
      let recovered = try openLog(path).recovered
      #expect(recovered.hardState.starts == 1002)
      #expect(recovered.tornTail == nil && recovered.hardState.mustCatchUp)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).allSatisfy { $0.hasSuffix(".log") })
    }
  }

  /// A member that rejoins knows it from the first byte of its log on.
  @Test func whatANewLogBeginsWithIsInItAtOnce() throws {
    try withScratch { path in
      let initial = HardState.rejoining(1, after: 6)
      #expect(initial == HardState(term: 7, votedFor: 1, starts: 7 << 32, mustCatchUp: true, hasLostAll: true))
      for attempt in 1...2 {
        let (log, recovered) = try openLog(path, initial: attempt == 1 ? initial : HardState())
        #expect(recovered.hardState == initial)
        #expect(log.syncs == 0)
      }
      try openLog(path).log.append([LogWrite(token: 1, hardState: HardState(term: 9, mustCatchUp: true))])
      #expect(try openLog(path).recovered.hardState == HardState(term: 9, mustCatchUp: true))
    }
  }

  /// Preallocated blocks should read as zeros; where they show what an earlier file left, even whole records of an
  /// earlier segment, nothing of it is taken for this log's, and nothing of this log's is lost.
  @Test func oldBlocksBehindTheEndAreNoRecords() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path, segmentSize: 8192)
        for index in UInt64(1)...6 {
          try log.append([LogWrite(token: index, entries: entries(index...index, size: 1500))])
        }
        #expect(try segments(path).count == 2)
        try log.append([LogWrite(token: 7, entries: entries(7...7))])
      }
      let files = try segments(path)
      let (old, new) = (try read(files[0]), try read(files[1]))
      let end = try #require(new.lastIndex { $0 != 0 }) & ~7 + 8
      for shift in [0, 64, 96, 1600] {
        var filled = new
        for index in end..<filled.count { filled[index] = old[(index - end + shift) % old.count] }
        try write(filled, files[1])
        let recovered = try openLog(path, segmentSize: 8192).recovered
        #expect(recovered.entries == entries(1...6, size: 1500) + entries(7...7))
        // It cannot be told from a write that was cut; the next start finds a clean end.
        #expect(recovered.tornTail != nil)
        #expect(try openLog(path, segmentSize: 8192).recovered.tornTail == nil)
      }
    }
  }

  @Test func itsSizeIsWhatItHoldsNotWhatItHasReserved() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path, segmentSize: 1 << 20)
        #expect(log.size < 1000)
        try log.append([LogWrite(token: 1, entries: entries(1...1, size: 5000))])
        #expect(log.size > 5000 && log.size < 6000)
      }
      let (log, _) = try openLog(path, segmentSize: 4096)
      #expect(log.size > 5000 && log.size < 6000)
      let before = log.size
      try log.append([LogWrite(token: 2, entries: entries(2...3, size: 3000))])
      #expect(log.size > before + 6000 && log.size < before + 7000)
      try log.compact(through: 3)
      #expect(log.size < 1000)
    }
  }

  /// A write of several records whose pages reached the disk out of order is a torn one too.
  @Test func aHoleInTheLastWriteIsATornTail() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        try log.append([LogWrite(token: 1, entries: entries(1...2))])
        try log.append([LogWrite(token: 2, entries: entries(3...6))])
      }
      let file = try segments(path)[0]
      var bytes = try read(file)
      // Entry 4's payload: forty fours.
      let place = try #require(position(of: [UInt8](repeating: 4, count: 40), in: bytes))
      for index in place..<(place + 40) { bytes[index] = 0 }
      try write(bytes, file)
      let (_, recovered) = try openLog(path)
      #expect(recovered.entries == entries(1...3))
      #expect(recovered.tornTail != nil)
    }
  }

  /// Any altered bit of a record that a later sync follows stops the replica.
  @Test func damageBeforeASyncedRecordIsAnErrorThatSaysWhere() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        for index in UInt64(1)...3 {
          try log.append([LogWrite(token: index, entries: entries(index...index, size: 24))])
        }
      }
      let file = try segments(path)[0]
      let whole = try read(file)
      let second = try #require(position(of: [UInt8](repeating: 2, count: 24), in: whole))
      let third = try #require(position(of: [UInt8](repeating: 3, count: 24), in: whole))
      for index in (second - 35)..<(third - 40) {
        var damaged = whole
        damaged[index] ^= 1
        try write(damaged, file)
        let error = #expect(throws: StorageError.self, "byte \(index)") { try openLog(path) }
        #expect(error?.code == .corrupt && error?.file == file && error?.offset != nil)
      }
    }
  }

  @Test func damageInAnEarlierSegmentIsAnError() throws {
    try withScratch { path in
      do {
        let (log, _) = try openLog(path)
        for index in UInt64(1)...3 {
          try log.append([LogWrite(token: index, entries: entries(index...index, size: 5000))])
        }
      }
      let files = try segments(path)
      #expect(files.count > 2)
      var bytes = try read(files[1])
      bytes[400] ^= 1
      try write(bytes, files[1])
      let error = #expect(throws: StorageError.self) { try openLog(path) }
      #expect(error?.file == files[1])
      bytes[400] ^= 1
      try write(bytes, files[1])
      try FileManager.default.removeItem(atPath: files[1])
      #expect(throws: StorageError.self) { try openLog(path) }
    }
  }

  @Test func aDamagedHeaderAnotherVersionAndAnotherMemberAreErrors() throws {
    try withScratch { path in
      do { _ = try openLog(path) }
      let file = try segments(path)[0]
      let whole = try read(file)
      for index in 0..<SegmentHeader.size {
        var damaged = whole
        damaged[index] ^= 4
        try write(damaged, file)
        #expect(throws: StorageError.self) { try openLog(path) }
      }
      try write(whole, file)
      let error = #expect(throws: StorageError.self) {
        try LogStorage.open(path, clusterID: 7, memberID: 2, bootstrap: bootstrap)
      }
      #expect(error?.code == .foreign)
    }
  }

  private func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    (0...(bytes.count - pattern.count)).first {
      bytes[$0] == pattern[0] && Array(bytes[$0..<($0 + pattern.count)]) == pattern
    }
  }
}
