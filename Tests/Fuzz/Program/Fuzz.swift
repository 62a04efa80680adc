import FuzzTargets

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// libFuzzer's loop, with a function of ours in it instead of the symbol that it looks for: SwiftPM gives a program's
/// `main` another name, and libFuzzer has a `main` of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Runs the target that `GOTORRENT_FUZZ_TARGET` names, with libFuzzer's own options; see `scripts/fuzz.sh`.
///
/// The name comes from the environment, for libFuzzer starts itself again with its own arguments alone.
@main
struct Fuzz {
    private static let target: FuzzTarget? = getenv("GOTORRENT_FUZZ_TARGET").flatMap { .named(String(cString: $0)) }

    static func main() {
        if CommandLine.arguments == [CommandLine.arguments[0], "--list"] {
            for target in FuzzTarget.all { print(target.name) }
            return
        }
        guard target != nil else {
            let names = FuzzTarget.all.map(\.name).joined(separator: ", ")
            var text = "GOTORRENT_FUZZ_TARGET must name one of these: \(names)\n"
            text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
            exit(64)
        }
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        exit(
            runDriver(&count, &arguments) { bytes, size in
                do throws(FuzzFinding) {
                    try Fuzz.target?.run(Array(UnsafeBufferPointer(start: bytes, count: size)))
                } catch {
                    // A trap, which is what libFuzzer keeps an input for.
                    fatalError("\(error)")
                }
                return 0
            })
    }
}
