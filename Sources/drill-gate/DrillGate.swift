import ArgumentParser
import Gate

/// `drillctl gate` by itself, for CI: it links neither libcurl nor anything that makes machines.
@main
enum DrillGate {
    static func main() { GateCommand.main() }
}
