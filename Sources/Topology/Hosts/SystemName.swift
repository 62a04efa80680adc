#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What `uname -s` and `uname -m` say on this machine.
enum SystemName {
    static let current: (name: String, processor: String) = {
        var system = utsname()
        uname(&system)
        return (text(system.sysname), text(system.machine))
    }()

    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
