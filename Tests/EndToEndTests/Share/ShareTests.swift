import Foundation
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// `gotorrent share`, and the line that it prints, typed elsewhere.
@Suite struct ShareTests {
    @Test(.timeLimit(.patience(minutes: 5))) func thePrintedLineCopiesTheFile() async throws {
        let ending = try await SharedFile.with { share in
            #expect(share.arguments.prefix(4).dropFirst(2) == ["--output", "."])
            #expect(share.link.hasPrefix("tcp://127.0.0.1:"))
            try await withThrowingTaskGroup { group in
                for name in ["one", "two"] {
                    group.addTask {
                        let ending = try await share.get(in: name, ["--stay", "500ms"])
                        #expect(ending.code == 0, "\(ending.errors)")
                        #expect(ending.output == "./big.img\n")
                        #expect(ending.errors.contains("big.img: complete, 293 KiB in "), "\(ending.errors)")
                        #expect(try bytes(share.folder.path("\(name)/big.img")) == share.content)
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(ending.code == 130, "\(ending.errors)")
        // One line for the one file, and all else on standard error.
        #expect(ending.output.split(separator: "\n").count == 1)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func severalFilesAreSeveralTorrents() async throws {
        let folder = try TemporaryFolder()
        let other = try folder.write("other.txt", "GOTORRENT")
        let ending = try await SharedFile.with([other]) { share in
            let ending = try await share.get(in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
        }
        let lines = ending.output.split(separator: "\n").map { $0.split(separator: " ")[2] }
        #expect(Set(lines).count == 2)
    }

    @Test(.timeLimit(.patience(minutes: 5))) func aFolderIsSharedWhole() async throws {
        let folder = try TemporaryFolder()
        _ = try folder.makeFolder("tree/below")
        let files = ["empty": 0, "below/small": 9, "below/large": 400_000]
        for (name, size) in files {
            try folder.write("tree/\(name)", [UInt8](repeating: UInt8(size & 127), count: size))
        }
        try await SharedFile.with(of: folder.path("tree")) { share in
            let ending = try await share.get(in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
            for name in files.keys {
                #expect(
                    try bytes(share.folder.path("one/tree/\(name)")) == bytes(folder.path("tree/\(name)")), "\(name)")
            }
            let verify = ["get", share.link, "--output", ".", "--verify-only"]
            #expect(try await share.run(verify, in: "one").output == "./tree: whole; 3 of 3 chunks are valid\n")
            try FileManager.default.removeItem(atPath: share.folder.path("one/tree/below/small"))
            let ending2 = try await share.run(verify, in: "one")
            #expect(ending2.code == 1)
            #expect(
                ending2.output == """
                    ./tree: not whole; 2 of 3 chunks are valid, 0 damaged, 1 missing
                    missing: chunks 2
                      below/small: missing

                    """)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatWasFetchedByALinkNeedsTheTrackerNoLonger() async throws {
        let links = Links()
        try await SharedFile.with { share in
            let ending = try await share.get(in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
            await links.set(share)
        }
        // The tracker is gone. The metafile is there, and what was downloaded is found whole.
        let share = try #require(await links.share)
        let again = try await share.get(in: "one")
        #expect(again.code == 0 && again.errors.contains("chunks=2/2"), "\(again.errors)")
        let verified = try await share.run(["get", share.link, "--output", ".", "--verify-only"], in: "one")
        #expect(verified.code == 0 && verified.output == "./big.img: whole; 2 of 2 chunks are valid\n")
    }

    private actor Links {
        private(set) var share: SharedFile?

        func set(_ share: SharedFile) { self.share = share }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func anotherInfoHashIsRefused() async throws {
        try await SharedFile.with { share in
            let digit = share.link.hasSuffix("0") ? "1" : "0"
            let link = share.link.dropLast() + digit
            let ending = try await share.run(["get", String(link), "--output", "."], in: "one")
            #expect(ending.code == 1)
            #expect(ending.errors.contains("this tracker has no metafile of "), "\(ending.errors)")
            #expect(!share.folder.exists("one/big.img.part"))
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func magnetLinksAreReadToo() async throws {
        try await SharedFile.with { share in
            let parts = share.link.dropFirst("tcp://".count).split(separator: "/")
            let magnet =
                "magnet:?xt=urn:btmh:1220\(parts[1])&dn=x&tr=tcp%3A%2F%2F" + parts[0].replacing(":", with: "%3A")
            let ending = try await share.run(
                ["get", magnet] + share.arguments.dropFirst(2) + ["--stay", "0s", "--json"], in: "one")
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(try bytes(share.folder.path("one/big.img")) == share.content)
            let last = try #require(ending.output.split(separator: "\n").last)
            #expect(last.contains("\"state\": \"complete\"") && last.contains("\"path\": \"./big.img\""), "\(last)")
            #expect(last.contains("\"bytes\": 300000, \"total_bytes\": 300000"))
            for line in ending.output.split(separator: "\n") {
                #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
            }
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func verifyOnlyNamesWhatIsDamagedAndTouchesNothing() async throws {
        try await SharedFile.with { share in
            #expect(try await share.get(in: "one").code == 0)
            var damaged = share.content
            damaged[270_000] ^= 1
            let path = share.folder.path("one/big.img")
            try Data(damaged).write(to: URL(fileURLWithPath: path))
            let verify = ["get", share.link, "--output", ".", "--verify-only"]
            let ending = try await share.run(verify, in: "one")
            #expect(ending.code == 1)
            #expect(
                ending.output
                    == "./big.img: not whole; 1 of 2 chunks are valid, 1 damaged, 0 missing\ndamaged: chunks 1\n")
            #expect(try bytes(path) == damaged)
            // Of nothing at all.
            let nothing = try await share.run(verify, in: "two")
            #expect(nothing.code == 1)
            #expect(nothing.output == "./big.img: missing; none of 2 chunks is there\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: share.folder.path("two")).isEmpty)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func whatCannotBeSharedIsNamed() async throws {
        let folder = try TemporaryFolder()
        let bind = ["--bind", "tcp://127.0.0.1:*"]
        let gone = try await Program.run(Repository.program, ["share", folder.path("gone")] + bind)
        #expect(gone.code == 2 && gone.errors.contains("gone: cannot open it"), "\(gone.errors)")
        let file = try folder.write("x", "GOTORRENT")
        let twice = try await Program.run(Repository.program, ["share", file, file] + bind)
        #expect(twice.code == 2 && twice.errors.contains("are the same torrent"), "\(twice.errors)")
        for (options, complaint) in [
            (["--bind", "6969"], "--bind is 6969; it must be tcp://HOST:PORT"),
            (bind + ["--advertise", "no host"], "--advertise is no host: the tracker is"),
        ] {
            let ending = try await Program.run(Repository.program, ["share", file] + options)
            #expect(ending.code != 0 && ending.errors.contains(complaint), "\(ending.errors)")
            #expect(ending.output.isEmpty)
        }
    }

    @Test(.timeLimit(.patience(minutes: 5))) func badLinksAreWrongInput() async throws {
        let folder = try TemporaryFolder()
        for (link, complaint) in [
            ("tcp://127.0.0.1:6969", "the info hash is missing"),
            ("magnet:?xt=urn:btih:00", "(BitTorrent v2)"),
        ] {
            let ending = try await Program.gotorrent("get", link, "--output", folder.path("out"))
            #expect(ending.code == 2 && ending.errors.contains(complaint), "\(ending.errors)")
            #expect(!folder.exists("out"))
        }
    }
}
