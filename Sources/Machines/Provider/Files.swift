import Boundary
import Foundation

/// Whether anything stands at a path, a socket included.
func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// The same place by a path without links.
func withoutLinks(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else { throw MachineError.system("cannot look at \(path)") }
    defer { free(real) }
    return String(cString: real)
}

#if os(Linux)
    // lseek(2); Glibc shows them to C only where _GNU_SOURCE is defined.
    private let seekData: Int32 = 3
    private let seekHole: Int32 = 4
#else
    private let seekData = SEEK_DATA
    private let seekHole = SEEK_HOLE
#endif

/// Shortens a file to the end of its last data, rounded up to a cluster of qcow2; what it reads as stays the same.
func dropTrailingHole(_ path: SharedPath) throws {
    let cluster: off_t = 64 << 10
    let file = try path.handle(.readWrite)
    defer { try? file.close() }
    let descriptor = file.fileDescriptor
    var end: off_t = 0
    var data = lseek(descriptor, 0, seekData)
    while data >= 0 {
        end = lseek(descriptor, data, seekHole)
        guard end >= 0 else { throw MachineError.system("cannot find the holes of \(path)") }
        data = lseek(descriptor, end, seekData)
    }
    // ENXIO: no data after the last hole. Anything else, and the file stays as it is.
    guard errno == ENXIO else { return }
    let length = lseek(descriptor, 0, SEEK_END)
    guard ftruncate(descriptor, min(length, (end + cluster - 1) / cluster * cluster)) == 0 else {
        throw MachineError.system("cannot shorten \(path)")
    }
}
