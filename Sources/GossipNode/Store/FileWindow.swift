import CMapping

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A stretch of a file, mapped for reading; unmapped when the value goes.
///
/// Hashing what lies in the system's cache where it lies saves a copy, a tenth of the time. It is for one thread.
final class FileWindow {
    /// The bytes of the file that can be read here.
    let range: Range<UInt64>
    private let pages: UnsafeRawBufferPointer
    private let firstPage: UInt64

    /// Maps from the page of `offset` on.
    ///
    /// Nil where the file is not that long, or the system will not map it: then it is to be read, which tells why.
    init?(_ file: borrowing StoredFile, from offset: UInt64, to end: UInt64) {
        let pageSize = UInt64(sysconf(Int32(_SC_PAGESIZE)))
        let firstPage = offset / pageSize * pageSize
        guard end > offset, let pages = file.map(from: firstPage, byteCount: Int(end - firstPage)) else { return nil }
        self.firstPage = firstPage
        self.pages = pages
        range = offset..<end
    }

    deinit { munmap(UnsafeMutableRawPointer(mutating: pages.baseAddress!), pages.count) }

    /// Gives some of the bytes to `body`.
    ///
    /// - Parameter part: within `range`.
    /// - Returns: what `body` returns; nil where the file was cut meanwhile or could not be read.
    func read<Result>(_ part: Range<UInt64>, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
        precondition(range.lowerBound <= part.lowerBound && part.upperBound <= range.upperBound, "outside the window")
        let bytes = pages[Int(part.lowerBound - firstPage)..<Int(part.upperBound - firstPage)]
        mapping_guard_begin(pages.baseAddress!, pages.count)
        let result = body(UnsafeRawBufferPointer(rebasing: bytes))
        return mapping_guard_end() ? nil : result
    }
}
