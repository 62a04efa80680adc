#if os(Linux)
    import Foundation

    /// The processes of this machine, as far as tests ask.
    enum ProcessTable {
        /// The living children of a process; not the one by which a sanitizer looks up names.
        static func children(of parent: Int32) -> [Int32] {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return names.compactMap { Int32($0) }.filter { child in
                status(of: child)?.parent == parent && isAlive(child)
                    && arguments(of: child).first?.hasSuffix("llvm-symbolizer") != true
            }
        }

        /// The child that was started as this node; nil where there is none.
        static func child(of parent: Int32, named node: String) -> Int32? {
            children(of: parent).first { child in
                let arguments = arguments(of: child)
                return zip(arguments, arguments.dropFirst()).contains { $0 == ("--name", node) }
            }
        }

        /// Whether a process runs: one that ended and that its parent has not asked about yet does not.
        static func isAlive(_ process: Int32) -> Bool {
            status(of: process).map { $0.state != "Z" && $0.state != "X" } ?? false
        }

        /// Waits until none of the processes runs.
        ///
        /// The end of a process that is not our child is an event to nobody here, so this looks again and again.
        /// - Returns: those that still run when the time is over.
        static func survivors(of processes: [Int32], after patience: Duration) async throws -> [Int32] {
            let deadline = ContinuousClock.now + patience
            var living = processes.filter(isAlive)
            while !living.isEmpty, ContinuousClock.now < deadline {
                try await Task.sleep(for: .milliseconds(10))
                living = living.filter(isAlive)
            }
            return living
        }

        private static func arguments(of process: Int32) -> [String] {
            let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
            return line.split(separator: 0, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
        }

        private static func status(of process: Int32) -> (state: Substring, parent: Int32)? {
            guard let data = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
            // The name before the state stands in parentheses and may hold spaces.
            let text = String(decoding: data, as: UTF8.self)
            guard let end = text.lastIndex(of: ")") else { return nil }
            let fields = text[text.index(after: end)...].split(separator: " ")
            guard fields.count > 1, let parent = Int32(fields[1]) else { return nil }
            return (fields[0], parent)
        }
    }
#endif
