#if canImport(Glibc)
    import CAllocator
#endif

/// How the process uses the C library's allocator.
package enum MemoryPolicy {
    /// Lets freed blocks of a chunk's size be used again, in place of giving each back to the system and asking for a
    /// new one: every page of it would have to be cleared and mapped anew, which costs more than receiving it.
    ///
    /// Call before other threads start. What is kept is bounded: free memory beyond `keptBytes` is given back.
    package static func reuseLargeBlocks() {
        #if canImport(Glibc)
            _ = mallopt(M_MMAP_THRESHOLD, Int32(largestBlock))
            _ = mallopt(M_TRIM_THRESHOLD, Int32(keptBytes))
            // Blocks are allocated on one thread and freed on another; with an arena a thread each would keep its own.
            _ = mallopt(M_ARENA_MAX, 1)
        #endif
    }

    /// Chunks and all that is smaller.
    private static let largestBlock = 32 << 20
    private static let keptBytes = 16 << 20
}
