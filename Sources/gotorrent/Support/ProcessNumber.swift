#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

enum ProcessNumber {
    static var current: Int32 { getpid() }
}
