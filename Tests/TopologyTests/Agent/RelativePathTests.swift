import Testing

@testable import Topology

@Suite struct RelativePathTests {
    @Test(arguments: ["a", "data/peer1/text.txt", "a b/c", "..a/b..", ".hidden"])
    func aPathBelowIsTaken(path: String) throws {
        #expect(try RelativePath.check(path) == path)
    }

    @Test(arguments: ["", "/", "/etc/passwd", "..", "../x", "a/../b", "a/..", ".", "a/./b", "a//b", "a/", "a\0b"])
    func aPathThatMayLeadOutIsRefused(path: String) {
        #expect(throws: LaunchError.self) { try RelativePath.check(path) }
    }
}
