import RaftCore

/// What of the changes that were not synced a crash leaves.
struct CrashChoice: CustomStringConvertible {
  enum Part { case nothing, everything, some }

  var names: Part
  var data: Part
  /// For ``Part/some``.
  var seed: UInt64 = 0

  var description: String { "names: \(names), data: \(data)\(seed == 0 ? "" : ", seed \(seed)")" }

  static let kept = CrashChoice(names: .everything, data: .everything)

  /// The plain ones, then some by chance.
  static func all(random count: Int, seed: UInt64) -> [CrashChoice] {
    [
      CrashChoice(names: .nothing, data: .nothing), kept, CrashChoice(names: .everything, data: .nothing),
      CrashChoice(names: .nothing, data: .everything), CrashChoice(names: .everything, data: .some, seed: seed),
    ]
      + (0..<UInt64(count)).map { CrashChoice(names: .some, data: .some, seed: seed &+ $0 &+ 1) }
  }
}

extension DiskModel {
  private static let sector = 512

  /// What is on the disk after a crash now.
  func image(_ choice: CrashChoice) -> DiskImage {
    var random = SeededGenerator(seed: choice.seed)
    var image = DiskImage()
    add(Self.root, at: "", to: &image, choice, &random)
    return image
  }

  private func add(
    _ node: Node, at path: String, to image: inout DiskImage, _ choice: CrashChoice, _ random: inout SeededGenerator
  ) {
    for (name, child) in names(of: node, choice.names, &random).sorted(by: { $0.key < $1.key }) {
      let childPath = path.isEmpty ? name : "\(path)/\(name)"
      if folders[child] != nil {
        image.folders.insert(childPath)
        add(child, at: childPath, to: &image, choice, &random)
      } else {
        image.files[childPath] = content(of: child, choice.data, &random)
      }
    }
  }

  private func names(of node: Node, _ part: CrashChoice.Part, _ random: inout SeededGenerator) -> [String: Node] {
    guard let folder = folders[node] else { return [:] }
    switch part {
    case .nothing: return folder.synced
    case .everything: return folder.current
    case .some:
      var names = folder.synced
      // In their order, up to one of them; or any.
      let isOrdered = random.chance(30)
      var isOver = false
      for change in folder.pending {
        let isKept = !isOver && random.chance(isOrdered ? 80 : 50)
        if isKept { change.apply(to: &names) } else { isOver = isOrdered }
      }
      return names
    }
  }

  private func content(of node: Node, _ part: CrashChoice.Part, _ random: inout SeededGenerator) -> [UInt8] {
    guard let file = files[node] else { return [] }
    var content = file.synced
    guard part != .nothing else { return content }
    for change in file.pending {
      guard part == .some else {
        change.apply(to: &content)
        continue
      }
      switch random.number(below: 10) {
      case 0..<3: break
      case 3..<6: change.apply(to: &content)
      default: tear(change, &content, &random)
      }
    }
    return content
  }

  /// Some of a write's sectors. One that held nothing may hold anything.
  private func tear(_ change: DataChange, _ content: inout [UInt8], _ random: inout SeededGenerator) {
    guard case .write(let offset, let bytes) = change else {
      if random.chance(50) { change.apply(to: &content) }
      return
    }
    let (share, isGarbled) = ([20, 50, 80][random.number(below: 3)], random.chance(20))
    var position = 0
    while position < bytes.count {
      let end = min(((offset + position) / Self.sector + 1) * Self.sector - offset, bytes.count)
      defer { position = end }
      var piece = Array(bytes[position..<end])
      if !random.chance(share) {
        let old = content[min(offset + position, content.count)..<min(offset + end, content.count)]
        let sectorStart = (offset + position) / Self.sector * Self.sector
        let held = content[min(sectorStart, content.count)..<min(offset + position, content.count)]
        guard isGarbled, old.allSatisfy({ $0 == 0 }), held.allSatisfy({ $0 == 0 }) else { continue }
        piece = piece.map { _ in UInt8(random.number(below: 256)) }
      }
      DataChange.write(offset: offset + position, bytes: piece).apply(to: &content)
    }
  }
}

extension SeededGenerator {
  mutating func number(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { number(below: 100) < percent }
}
