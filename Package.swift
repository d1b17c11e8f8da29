// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The ledger's client runs where there is no Swift toolchain: inside the sandbox only `/usr` is seen.
///
/// No target may depend on it, or the flag would be that target's too; a test bundle does not link with it.
let selfContained = SwiftSetting.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))
let selfContainedLink = LinkerSetting.unsafeFlags(["-static-stdlib"], .when(platforms: [.linux]))

/// A room of the design: a library target that imports only the rooms named.
func room(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one room, in its folder under `Tests/`.
func tests(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: room + "Tests",
        dependencies: [.target(name: room)] + dependencies,
        path: "Tests/" + room,
        swiftSettings: strict)
}

let package = Package(
    name: "recovery-drills",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "drillctl", targets: ["drillctl"]),
        .executable(name: "drill-gate", targets: ["drill-gate"]),
        .executable(name: "ledger-client", targets: ["ledger-client"]),
        .library(name: "DrillTesting", targets: ["DrillTesting", "DrillKit"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]),
        .systemLibrary(
            name: "CCMark", pkgConfig: "libcmark-gfm",
            providers: [
                .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"]),
            ]),
        .systemLibrary(
            name: "CPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"]), .brew(["libpq"])]),
        room("Runbooks", ["CCMark", crypto]),
        room("Ledger", []),
        room("Evidence", ["Ledger", crypto]),
        room("Gate", ["Runbooks", "Evidence", argumentParser, yams]),
        .target(
            name: "Report", dependencies: ["Evidence", "Ledger", mustache],
            // In the program itself, which is copied about without a folder of resources beside it.
            resources: ["page", "run", "case", "timeline", "transcript", "trend"].map {
                .embedInCode("Templates/\($0).mustache")
            } + [.embedInCode("Templates/style.css")],
            swiftSettings: strict),
        room("Boundary", ["CCurl", subprocess]),
        room("Machines", ["Boundary", crypto, logging, nio, nioPosix, subprocess, yams]),
        room("Operator", ["Runbooks", "Boundary", nio, nioPosix, subprocess, yams]),
        room(
            "DrillKit",
            ["Runbooks", "Evidence", "Ledger", "Boundary", "Machines", "Operator", crypto, logging, yams]),
        room(
            "GameDay",
            ["Runbooks", "Evidence", "Report", "Boundary", "Machines", "DrillKit", subprocess]),
        room("DrillTesting", ["DrillKit", "Evidence"]),
        .executableTarget(
            name: "ledger-client", dependencies: ["Ledger", "CCurl", "CPQ"],
            swiftSettings: strict + [selfContained], linkerSettings: [selfContainedLink]),
        .executableTarget(name: "drill-gate", dependencies: ["Gate", argumentParser], swiftSettings: strict),
        .executableTarget(
            name: "drillctl",
            dependencies: [
                "Runbooks", "Evidence", "Gate", "Ledger", "Report", "Boundary", "Machines", "Operator",
                "DrillKit",
                "GameDay", argumentParser,
                logging, subprocess,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "Drills", dependencies: ["DrillKit", "DrillTesting"], path: "Drills",
            swiftSettings: strict),
        .testTarget(
            name: "Controls", dependencies: ["DrillKit", "DrillTesting", "Evidence", "Runbooks"],
            path: "Tests/Controls", swiftSettings: strict),
        tests("Runbooks"),
        tests("Evidence", ["Ledger"]),
        tests("Ledger"),
        .testTarget(
            name: "ReportTests", dependencies: ["Report", "Evidence", "Ledger", subprocess],
            path: "Tests/Report", exclude: ["Fixtures"], swiftSettings: strict),
        .testTarget(
            name: "LedgerClientTests", dependencies: ["Ledger", "Boundary"],
            path: "Tests/ledger-client", exclude: ["stores.py", "gits.py", "database.py"],
            swiftSettings: strict),
        .testTarget(
            name: "GateTests", dependencies: ["Gate", "Evidence", "Ledger", "Runbooks"], path: "Tests/Gate",
            exclude: ["Corpus", "Law"], swiftSettings: strict),
        // Makes the hostile suite's attempts inside an arena, where a stand-in for prod can be reached.
        .executableTarget(
            name: "wall-trial", dependencies: ["Boundary", "Operator", "Runbooks"], path: "Tests/wall-trial",
            swiftSettings: strict),
        .testTarget(
            name: "BoundaryTests", dependencies: ["Boundary", "wall-trial", "Runbooks", subprocess],
            path: "Tests/Boundary", exclude: ["Traces"], swiftSettings: strict),
        tests("Machines", ["Boundary", subprocess, nio, nioPosix]),
        tests("Operator", ["Runbooks", "Boundary"]),
        tests("GameDay", ["Evidence", "Runbooks", "Machines"]),
        .testTarget(
            name: "drillctlTests",
            dependencies: ["drillctl", "drill-gate", "Evidence", "Ledger", "Runbooks", subprocess],
            path: "Tests/drillctl",
            exclude: ["Golden", "Support/drills-stand-in.py"], swiftSettings: strict),
        tests("DrillKit", ["Runbooks", "Evidence", "Ledger", "Operator", "Machines", "Boundary"]),
    ],
    swiftLanguageModes: [.v6]
)
