import ArgumentParser
import Crypto
import NIOCore
import NIOPosix
import Subprocess
import Yams
import Logging
@main struct Main { static func main() {} }
