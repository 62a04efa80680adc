import Testing

@testable import Metainfo

/// Choosing files of a folder.
@Suite struct FileSelectionTests {
    private static let names = ["README", "src/a.c", "src/a.o", "src/deep/b.o", "z"]

    private func metafile() throws -> Metafile {
        let folder = TemporaryFolder(
            Dictionary(uniqueKeysWithValues: Self.names.map { ($0, Array($0.utf8)) }), name: "set")
        return try Metafile.describing(folder.path, chunkSize: 16_384, tracker: Samples.tracker())
    }

    /// The names of what is chosen; nil for all.
    private func chosen(_ only: [String], _ excluded: [String] = []) throws -> [String]? {
        let metafile = try metafile()
        return try FileSelection(only: only, excluded: excluded).files(of: metafile).map { files in
            files.sorted().map { metafile.files[$0].path.joined(separator: "/") }
        }
    }

    @Test func filesAreChosen() throws {
        #expect(try chosen(["src/**", "README"], ["*.o"]) == ["README", "src/a.c"])
        #expect(try chosen([], ["src"]) == ["README", "z"])
        #expect(try chosen(["deep"]) == ["src/deep/b.o"])
    }

    @Test func allIsNoChoice() throws {
        #expect(try chosen([]) == nil)
        #expect(try chosen(["**"]) == nil)
    }

    @Test(arguments: [
        (["src", "lib/*"], [], "--only \"lib/*\" matches none of the 5 files of set, such as README"),
        ([], ["*.obj"], "--exclude \"*.obj\" matches none of the 5 files of set, such as README"),
        (["src"], ["src"], "--exclude leaves none of the files of set to fetch"),
    ])
    func whatMeansNothingIsNamed(only: [String], excluded: [String], message: String) {
        let error = #expect(throws: FileSelectionError.self) { try chosen(only, excluded) }
        #expect(error?.description == message)
    }

    @Test func oneFileIsNoFolder() throws {
        let metafile = try Samples.gotorrent()
        let error = #expect(throws: FileSelectionError.self) {
            try FileSelection(only: ["*"], excluded: []).files(of: metafile)
        }
        #expect(
            error?.description
                == "GOTORRENT.txt is one file; --only and --exclude choose among the files of a folder")
        #expect(try FileSelection(only: [], excluded: []).files(of: metafile) == nil)
    }
}
