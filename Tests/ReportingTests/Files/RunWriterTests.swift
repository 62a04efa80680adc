import Foundation
import GossipCore
import TestSupport
import Testing

@testable import Reporting

@Suite struct RunWriterTests {
    @Test func theFilesHaveARowACycleOneANodeAndCycleAndOneALink() throws {
        let folder = try TemporaryFolder()
        let directory = try RunDirectory.create(at: folder.path + "/run")
        let swarm = SampleSwarm(peers: 2, chunks: 3)
        var recorder = RunRecorder(nodes: swarm.nodes, chunkCount: 3)
        let writer = try RunWriter(directory)
        for cycle: Cycle in 0...3 {
            for report in swarm.reports(cycle) { try writer.append(recorder.record(report)) }
        }
        #expect(
            try String(contentsOfFile: directory.cycles, encoding: .utf8) == """
                cycle,average_fraction,complete_peers,sent,useful,redundant,missed,late
                0,0.000000,0,0,0,0,0,0
                1,0.000000,0,6,0,1,0,0
                2,0.166667,0,6,1,1,0,0
                3,0.500000,0,6,2,1,0,0

                """)
        #expect(
            try String(contentsOfFile: directory.nodes, encoding: .utf8) == """
                cycle,node,role,chunks_held,fraction,sent,useful,redundant,missed,late
                0,seed,seed,3,1.000000,0,0,0,0,0
                0,peer1,peer,0,0.000000,0,0,0,0,0
                0,peer2,peer,0,0.000000,0,0,0,0,0
                1,seed,seed,3,1.000000,2,0,0,0,0
                1,peer1,peer,0,0.000000,2,0,0,0,0
                1,peer2,peer,0,0.000000,2,0,1,0,0
                2,seed,seed,3,1.000000,2,0,0,0,0
                2,peer1,peer,1,0.333333,2,1,1,0,0
                2,peer2,peer,0,0.000000,2,0,0,0,0
                3,seed,seed,3,1.000000,2,0,1,0,0
                3,peer1,peer,2,0.666667,2,1,0,0,0
                3,peer2,peer,1,0.333333,2,1,0,0,0

                """)
        #expect(
            try String(contentsOfFile: directory.links, encoding: .utf8) == """
                cycle,from,to,messages
                1,seed,peer1,2
                1,peer1,peer2,2
                1,peer2,seed,2
                2,seed,peer1,2
                2,peer1,peer2,2
                2,peer2,seed,2
                3,seed,peer1,2
                3,peer1,peer2,2
                3,peer2,seed,2

                """)
    }
}
