import GossipCore
import GossipNode
import GossipTrace
import Reporting
import SwarmPage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The frames of a run directory.
actor ReplaySource: PageSource {
    /// A table that is larger is not read into memory.
    private static let tableLimit = 256 << 20
    /// Bytes that all sets of chunks of all traces may take.
    private static let holdingsLimit = 256 << 20

    nonisolated let hub: FrameHub? = nil
    private var replay: RunReplay

    /// Reads a run directory.
    /// - Throws: `RunFault` that names the file and what is wrong.
    init(directory path: String) throws(RunFault) {
        let directory = RunDirectory(path: path)
        guard let nodes = try Self.read(directory.nodes) else {
            throw RunFault("\(path) is no run directory: there is no nodes.csv in it")
        }
        do throws(RunFault) {
            let summary = try Self.read(directory.summary)
            let links = try Self.read(directory.links)
            let events = try Self.read(directory.events)
            let traces = try Self.traces(directory)
            replay = RunReplay(
                try RecordedRun(summary: summary, nodes: nodes, links: links, events: events, traces: traces))
        } catch {
            throw RunFault("\(path): \(error)")
        }
    }

    func frame(after cycle: UInt64?) -> [UInt8] { replay.frame(after: cycle ?? replay.run.lastCycle).json }

    /// What is over is not held.
    func tell(_ command: ClockCommand) -> Bool { false }

    private static func read(_ path: String) throws(RunFault) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = WholeFile.read(path, atMost: tableLimit) else {
            throw RunFault("cannot read \(path); a table of \(tableLimit) bytes at most is read")
        }
        return bytes
    }

    private static func traces(_ directory: RunDirectory) throws(RunFault) -> [TraceHoldings] {
        var room = holdingsLimit
        var traces: [TraceHoldings] = []
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory.traces)) ?? []
        for name in names.sorted() where name.hasSuffix(".trace") {
            let path = "\(directory.traces)/\(name)"
            do {
                var reader = try TraceReader(path)
                let trace = try TraceHoldings(limit: room) { () throws(TraceError) in try reader.next() }
                room -= trace.held.count * (Int(trace.chunkCount) + 7) / 8
                traces.append(trace)
            } catch let error as TraceError {
                throw RunFault("\(path):\(error.line): \(error.text)")
            } catch {
                throw RunFault("\(error)")
            }
        }
        return traces
    }
}
