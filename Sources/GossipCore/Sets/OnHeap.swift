/// A value that lies on the heap and is copied when it is changed: a part of a state that few nodes have.
///
/// An `OnHeap<Part>?` takes one word where there is none, so that a million simulated nodes do not pay for it.
struct OnHeap<Value: Equatable & Sendable>: Equatable, Sendable {
    // Sendable: shared storage is never written, `value` copies it first.
    private final class Storage: @unchecked Sendable {
        var value: Value

        init(_ value: Value) {
            self.value = value
        }
    }

    private var storage: Storage

    init(_ value: Value) {
        storage = Storage(value)
    }

    var value: Value {
        get { storage.value }
        _modify {
            if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.value) }
            yield &storage.value
        }
    }

    static func == (left: OnHeap, right: OnHeap) -> Bool {
        left.storage === right.storage || left.value == right.value
    }
}

extension Optional {
    /// Changes the boxed value in place, where there is one.
    mutating func mutateIfPresent<Value>(_ body: (inout Value) -> Void) where Wrapped == OnHeap<Value> {
        if self != nil { body(&self!.value) }
    }
}
