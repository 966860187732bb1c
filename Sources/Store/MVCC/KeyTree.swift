/// The keys in byte order, each with its history: a B+ tree whose copies share their nodes.
///
/// A copy costs nothing. The first change behind one copies the path to the leaf that it touches, so that a snapshot
/// can be read on another thread while the store goes on. A node that only one tree holds is changed in place.
///
///                 [ "f"  "q" ]                 inner: separator i is the smallest key of child i + 1
///               /      |       \
///     ["a" "c"]    ["f" "k"]    ["q" "z"]      leaves: key i with history i
struct KeyTree: Sendable {
  private var root = Node()
  /// How many keys there are, those whose last change is a deletion included.
  private(set) var count = 0

  func history(of key: Bytes) -> KeyHistory? {
    var node = root
    while !node.isLeaf { node = node.children[node.childIndex(for: key)] }
    let (index, found) = node.find(key)
    return found ? node.histories[index] : nil
  }

  /// Adds a change to its key's history, which begins with it when there is none.
  mutating func append(_ change: Change) {
    if !isKnownUniquelyReferenced(&root) { root = root.copy() }
    let (added, split) = root.append(change)
    if added { count += 1 }
    if let split {
      let parent = Node()
      parent.keys = [split.separator]
      parent.children = [root, split.right]
      root = parent
    }
  }

  /// Changes the history of a key that exists, and removes the key when `body` returns false.
  mutating func update(_ key: Bytes, _ body: (inout KeyHistory) -> Bool) {
    if !isKnownUniquelyReferenced(&root) { root = root.copy() }
    if root.update(key, body) { count -= 1 }
    if !root.isLeaf, root.children.count == 1 { root = root.children[0] }
  }

  /// Visits the keys of a range in order, until `body` returns false.
  func forEach(in range: KeyRange, _ body: (KeyHistory) -> Bool) {
    if range.isSingleKey {
      if let history = history(of: range.key) { _ = body(history) }
      return
    }
    _ = root.forEach(from: range.key, below: range.isUnbounded ? nil : range.end, body)
  }
}

extension KeyTree {
  /// Unchecked: only ever changed while exactly one tree holds it.
  fileprivate final class Node: @unchecked Sendable {
    static let capacity = 64

    var keys: [Bytes] = []
    var histories: [KeyHistory] = []
    var children: [Node] = []

    var isLeaf: Bool { children.isEmpty }

    /// Entries of a leaf, children of an inner node.
    var width: Int { isLeaf ? keys.count : children.count }

    func copy() -> Node {
      let node = Node()
      node.keys = keys
      node.histories = histories
      node.children = children
      return node
    }

    /// The first key that is not below `key`, and whether it is that key.
    func find(_ key: Bytes) -> (index: Int, found: Bool) {
      var low = 0
      var high = keys.count
      while low < high {
        let middle = (low + high) / 2
        let order = keys[middle].compare(key)
        if order == 0 { return (middle, true) }
        if order < 0 { low = middle + 1 } else { high = middle }
      }
      return (low, false)
    }

    func childIndex(for key: Bytes) -> Int {
      let (index, found) = find(key)
      return found ? index + 1 : index
    }

    private func withUniqueChild<Result>(_ index: Int, _ body: (Node) -> Result) -> Result {
      if !isKnownUniquelyReferenced(&children[index]) { children[index] = children[index].copy() }
      return body(children[index])
    }

    func append(_ change: Change) -> (added: Bool, split: (separator: Bytes, right: Node)?) {
      if isLeaf {
        let (index, found) = find(change.key)
        if found {
          histories[index].append(change)
          return (false, nil)
        }
        keys.insert(change.key, at: index)
        histories.insert(KeyHistory(change), at: index)
        return (true, splitWhenFull(appended: index == keys.count - 1))
      }
      let index = childIndex(for: change.key)
      let (added, split) = withUniqueChild(index) { $0.append(change) }
      guard let split else { return (added, nil) }
      keys.insert(split.separator, at: index)
      children.insert(split.right, at: index + 1)
      return (added, splitWhenFull(appended: index + 2 == children.count))
    }

    /// Halves; where keys arrive in order, the left side stays nearly full instead.
    private func splitWhenFull(appended: Bool) -> (separator: Bytes, right: Node)? {
      guard width > Self.capacity else { return nil }
      let middle = appended ? width - 4 : width / 2
      let right = Node()
      if isLeaf {
        right.keys = Array(keys[middle...])
        right.histories = Array(histories[middle...])
        keys.removeSubrange(middle...)
        histories.removeSubrange(middle...)
        return (right.keys[0], right)
      }
      let separator = keys[middle - 1]
      right.keys = Array(keys[middle...])
      right.children = Array(children[middle...])
      keys.removeSubrange((middle - 1)...)
      children.removeSubrange(middle...)
      return (separator, right)
    }

    /// - Returns: whether a key was removed.
    func update(_ key: Bytes, _ body: (inout KeyHistory) -> Bool) -> Bool {
      if isLeaf {
        let (index, found) = find(key)
        guard found, !body(&histories[index]) else { return false }
        keys.remove(at: index)
        histories.remove(at: index)
        return true
      }
      let index = childIndex(for: key)
      guard withUniqueChild(index, { $0.update(key, body) }) else { return false }
      mergeWhenSmall(index)
      return true
    }

    /// Joins a child that has become small with a neighbour where one node holds both.
    private func mergeWhenSmall(_ index: Int) {
      guard children[index].width < Self.capacity / 4, children.count > 1 else { return }
      let left = index > 0 ? index - 1 : 0
      guard children[left].width + children[left + 1].width <= Self.capacity * 3 / 4 else { return }
      let right = children[left + 1]
      let separator = keys[left]
      withUniqueChild(left) { node in
        if !node.isLeaf { node.keys.append(separator) }
        node.keys.append(contentsOf: right.keys)
        node.histories.append(contentsOf: right.histories)
        node.children.append(contentsOf: right.children)
      }
      keys.remove(at: left)
      children.remove(at: left + 1)
    }

    /// - Returns: false when `body` ended it.
    func forEach(from start: Bytes, below end: Bytes?, _ body: (KeyHistory) -> Bool) -> Bool {
      if isLeaf {
        var index = find(start).index
        while index < keys.count {
          if let end, !keys[index].precedes(end) { return false }
          if !body(histories[index]) { return false }
          index += 1
        }
        return true
      }
      var index = childIndex(for: start)
      while index < children.count {
        if let end, index > 0, !keys[index - 1].precedes(end) { return false }
        if !children[index].forEach(from: start, below: end, body) { return false }
        index += 1
      }
      return true
    }
  }
}
