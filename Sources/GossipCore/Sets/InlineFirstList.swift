/// A list that keeps its first element in the value itself.
///
/// What a node has under way is mostly nothing or one thing: a million simulated nodes then need no heap object for it.
struct InlineFirstList<Element: Equatable & Sendable>: Equatable, Sendable, Sequence {
    private var first: Element?
    private var rest: [Element] = []

    var count: Int { first == nil ? 0 : rest.count + 1 }

    var isEmpty: Bool { first == nil }

    mutating func append(_ element: Element) {
        if first == nil {
            first = element
        } else {
            rest.append(element)
        }
    }

    /// Takes out the first element that matches, if any; the others keep their order.
    mutating func remove(where matches: (Element) -> Bool) -> Element? {
        guard let head = first else { return nil }
        if matches(head) {
            first = rest.isEmpty ? nil : rest.removeFirst()
            return head
        }
        guard let position = rest.firstIndex(where: matches) else { return nil }
        return rest.remove(at: position)
    }

    /// Takes out every element that matches.
    /// - Returns: how many there were.
    mutating func removeAll(where matches: (Element) -> Bool) -> Int {
        guard let head = first else { return 0 }
        let before = count
        if !rest.isEmpty { rest.removeAll(where: matches) }
        if matches(head) { first = rest.isEmpty ? nil : rest.removeFirst() }
        return before - count
    }

    mutating func removeAll() {
        first = nil
        if !rest.isEmpty { rest.removeAll(keepingCapacity: true) }
    }

    func makeIterator() -> Iterator { Iterator(list: self) }

    struct Iterator: IteratorProtocol {
        fileprivate let list: InlineFirstList
        private var position = 0

        fileprivate init(list: InlineFirstList) {
            self.list = list
        }

        mutating func next() -> Element? {
            defer { position += 1 }
            if position == 0 { return list.first }
            return position <= list.rest.count ? list.rest[position - 1] : nil
        }
    }
}
