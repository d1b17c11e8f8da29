import ArgumentParser
import DrillKit

/// `--profile`, for every command that needs a lab of one.
struct ProfileChoice: ParsableArguments {
    @Option(help: ArgumentHelp("The profile: a folder under Fixtures/.", valueName: "name"))
    var profile = ProfileFolder.chosen
}

/// `--sandbox`, for every command that goes into one.
struct SandboxChoice: ParsableArguments {
    @Option(help: ArgumentHelp("Which sandbox, where several are open.", valueName: "id"))
    var sandbox: String?
}
