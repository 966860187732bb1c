/// What will happen, in virtual time (microseconds); events of the same time in the order in which they were added.
struct EventQueue<Event> {
  private struct Key {
    var time: Int
    var order: Int
    /// Where the event is: only keys move in the heap.
    var slot: Int

    static func < (left: Key, right: Key) -> Bool {
      left.time != right.time ? left.time < right.time : left.order < right.order
    }
  }

  private var heap: [Key] = []
  private var slots: [Event?] = []
  private var free: [Int] = []
  private var added = 0

  mutating func add(_ event: Event, at time: Int) {
    added += 1
    let slot: Int
    if let reused = free.popLast() {
      slots[reused] = event
      slot = reused
    } else {
      slots.append(event)
      slot = slots.count - 1
    }
    heap.append(Key(time: time, order: added, slot: slot))
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard heap[child] < heap[parent] else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func next() -> (time: Int, event: Event)? {
    guard let first = heap.first, let event = slots[first.slot] else { return nil }
    slots[first.slot] = nil
    free.append(first.slot)
    let last = heap.removeLast()
    if !heap.isEmpty { sink(last) }
    return (first.time, event)
  }

  private mutating func sink(_ key: Key) {
    heap[0] = key
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child] < heap[least] {
        least = child
      }
      if least == parent { return }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
