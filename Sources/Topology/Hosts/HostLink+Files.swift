import Metainfo

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension HostLink {
    /// Hands a file over, of mode 0600 in a folder of mode 0700: keys may go this way.
    /// - Parameters:
    ///   - source: its path here.
    ///   - path: its path below the run's folder there.
    ///   - digest: its SHA-256 in hexadecimal where it may be there already, or stay.
    func put(_ source: String, as path: String, digest: String? = nil) async throws {
        if let digest, case .known(true) = try await ask(.known(digest: digest, path: path)) { return }
        let (stream, continuation) = AsyncStream.makeStream(of: AgentReport.self)
        answer = continuation
        let portions = try FilePortions(source)
        var missing = FileProbe.size(source)
        try await send(.message(.file(path: path, size: missing, digest: digest)))
        while missing > 0 {
            // A host whose disk is full says so before all is sent.
            guard answer != nil, let bytes = try portions.next() else { break }
            let part = bytes.prefix(Int(min(missing, UInt64(bytes.count))))
            missing -= UInt64(part.count)
            try await send(.data(Array(part)))
        }
        if answer != nil, missing > 0 { throw LaunchError("\(source) became shorter while it was copied") }
        _ = try await answer(from: stream)
    }

    /// Brings home every file below a path of the run's folder.
    /// - Parameter folder: where what lies below that path goes; made with all above it.
    func collect(_ path: String, into folder: String) async throws {
        destination = { relative in
            let rest = relative.dropFirst(path.count)
            let file = folder + (relative.hasPrefix(path + "/") ? rest : "/stray")
            let parent = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            try? FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            return file
        }
        defer { destination = nil }
        _ = try await ask(.collect(path: path))
    }

    /// The SHA-256 of a file there, in hexadecimal; nil where there is none.
    func digest(of path: String) async throws -> String? {
        guard case .digest(let digest) = try await ask(.digest(path: path)) else { return nil }
        return digest
    }

    /// Those of the ports that something listens on there.
    func taken(of ports: [UInt16]) async throws -> [UInt16] {
        guard !ports.isEmpty, case .taken(let taken) = try await ask(.ports(ports)) else { return [] }
        return taken
    }

    /// The nodes of a run that was detached.
    func states() async throws -> [AgentReport.NodeState] {
        guard case .states(let states) = try await ask(.states) else { return [] }
        return states
    }
}
