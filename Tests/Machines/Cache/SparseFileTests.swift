import Boundary
import Foundation
import Testing

@testable import Machines

/// A disk that was made long for its growth is frozen as long as its data.
@Suite struct SparseFileTests {
    @Test func aTrailingHoleGoesAndTheDataStays() throws {
        let scratch = try Scratch()
        let path = scratch("disk")
        try Data(repeating: 7, count: 100_000).write(to: URL(filePath: path))
        let file = try #require(FileHandle(forUpdatingAtPath: path))
        try file.seek(toOffset: 1 << 20)
        try file.write(contentsOf: Data(repeating: 9, count: 5000))
        try file.truncate(atOffset: 1 << 30)
        try file.close()

        try dropTrailingHole(SharedPath(path))

        let kept = try Data(contentsOf: URL(filePath: path))
        #expect(kept.count == (1 << 20) + (64 << 10))
        #expect(kept[0] == 7 && kept[99_999] == 7 && kept[500_000] == 0)
        #expect(kept[1 << 20] == 9 && kept[(1 << 20) + 4999] == 9)
    }

    @Test func aFileWithoutDataBecomesEmptyAndAFullOneStays() throws {
        let scratch = try Scratch()
        let (hole, full) = (scratch("hole"), scratch("full"))
        try Data().write(to: URL(filePath: hole))
        #expect(truncate(hole, 1 << 24) == 0)
        try Data(repeating: 1, count: 1234).write(to: URL(filePath: full))

        try dropTrailingHole(SharedPath(hole))
        try dropTrailingHole(SharedPath(full))

        #expect(try Data(contentsOf: URL(filePath: hole)).isEmpty)
        #expect(try Data(contentsOf: URL(filePath: full)).count == 1234)
    }
}
