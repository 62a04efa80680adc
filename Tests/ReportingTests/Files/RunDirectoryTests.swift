import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite struct RunDirectoryTests {
    let folder: TemporaryFolder
    private let time = UTCTime(seconds: 1_795_262_733)

    init() throws {
        folder = try TemporaryFolder()
    }

    @Test func twoRunsInOneSecondGetFoldersOfTheirOwn() throws {
        let parent = folder.path + "/deep/runs"
        let paths = try (1...3).map { _ in try RunDirectory.create(in: parent, name: "n", style: "push", at: time).path
        }
        #expect(
            paths == ["", "-2", "-3"].map { "\(parent)/n-push-20261121T120533Z\($0)" })
        let entries = try FileManager.default.contentsOfDirectory(atPath: paths[2]).sorted()
        #expect(entries == ["data", "logs"])
    }

    @Test func aGivenFolderMayBeAbsentOrEmpty() throws {
        #expect(try RunDirectory.create(at: folder.path + "/a/b/c//").path == folder.path + "/a/b/c")
        try FileManager.default.createDirectory(atPath: folder.path + "/empty", withIntermediateDirectories: true)
        let directory = try RunDirectory.create(at: folder.path + "/empty")
        #expect(directory.data(of: "peer1") == folder.path + "/empty/data/peer1")
        #expect(directory.log(of: "peer1") == folder.path + "/empty/logs/peer1.log")
        #expect(directory.figure(.progress, "svg") == folder.path + "/empty/progress.svg")
    }

    @Test func aFolderWithSomethingInItIsLeftAlone() throws {
        try folder.write("precious", "x")
        let error = #expect(throws: ReportingError.self) { try RunDirectory.create(at: folder.path) }
        #expect(
            error?.message
                == "\(folder.path) is not empty; give --output a folder that is not there yet, or an empty one")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["precious"])
    }

    @Test(arguments: ["file", "file/below", "/dev/null/x"])
    func whatCannotBeAFolderIsNamed(path: String) throws {
        try folder.write("file", "x")
        let path = path.hasPrefix("/") ? path : folder.path + "/" + path
        let error = #expect(throws: ReportingError.self) { try RunDirectory.create(at: path) }
        #expect(error?.code == .file)
        #expect(error?.message.contains(path) == true)
    }

    @Test func aFullDiskIsSaidWithTheFilesName() throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/full", withDestinationPath: "/dev/full")
        let fault = folder.path + "/full"
        let descriptor = FileHandle(forWritingAtPath: fault)
        #expect(
            SystemFault.write("x", to: descriptor?.fileDescriptor ?? -1)?.error("cannot write", fault).message
                == "cannot write \(fault): No space left on device")
    }

    @Test func nothingIsOverwritten() throws {
        try folder.write("summary.json", "mine")
        let error = #expect(throws: ReportingError.self) {
            try OutputFile.write("theirs", to: folder.path + "/summary.json")
        }
        #expect(error?.message == "cannot create \(folder.path)/summary.json: File exists")
    }
}
