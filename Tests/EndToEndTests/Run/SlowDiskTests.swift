#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    /// A disk that takes its time over what it is to keep for good.
    @Suite struct SlowDiskTests {
        /// Longer than a node that hangs should be given where nobody waits for it.
        private static let slowSync = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <unistd.h>
            int fsync(int descriptor) {
                usleep(2500000);
                int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
                return real(descriptor);
            }
            """

        @Test(.timeLimit(.patience(minutes: 5))) func aRunWaitsForTheDiskBeforeItEnds() async throws {
            let folder = try TemporaryFolder()
            let library = folder.path("slow-sync.so")
            try folder.write("slow-sync.c", Array(Self.slowSync.utf8))
            // The one that came with Swift.
            let compiled = try await Program.run(
                "/usr/bin/env", ["clang", "-shared", "-fPIC", "-o", library, folder.path("slow-sync.c")])
            try #require(compiled.code == 0, "\(compiled.errors)")

            let swarm = try SwarmFolder(Array("SLOWDISK".utf8), peerCount: 2)
            let ending = try await swarm.run("--cycle", "100ms", environment: ["LD_PRELOAD": library])
            #expect(ending.code == 0, "\(ending.errors)")
            for peer in swarm.peers {
                let left = try FileManager.default.contentsOfDirectory(atPath: "\(swarm.output)/data/\(peer)")
                #expect(left.count == 1, "\(left)")
            }
        }
    }
#endif
