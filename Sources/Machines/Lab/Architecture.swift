/// The processor of the guests.
///
/// x86-64 is what the drills run on here; arm64 is what prod has, and boots here under emulation.
public enum Architecture: String, Sendable, CaseIterable {
    /// x86-64, named as Debian names it.
    case amd64
    /// 64-bit ARM, named as Debian names it.
    case arm64

    /// The QEMU program for this processor.
    public var program: String {
        switch self {
        case .amd64: "qemu-system-x86_64"
        case .arm64: "qemu-system-aarch64"
        }
    }

    /// The serial console's name in the guest's kernel.
    var console: String {
        switch self {
        case .amd64: "ttyS0"
        case .arm64: "ttyAMA0"
        }
    }

    /// The machine model given to QEMU: one with PCI, so that both share the virtio devices below.
    var machineModel: String {
        switch self {
        case .amd64: "q35"
        case .arm64: "virt"
        }
    }

    /// The processor model for an accelerator.
    ///
    /// Emulated x86 guests get no AVX: QEMU's emulation of it is slower than the code that programs choose
    /// without it.
    func processor(under accelerator: Accelerator) -> String {
        guard accelerator == .emulation else { return "host" }
        return switch self {
        case .amd64: "Westmere"
        case .arm64: "cortex-a72"
        }
    }

    /// The processor of this host.
    public static var host: Architecture {
        #if arch(arm64)
            .arm64
        #else
            .amd64
        #endif
    }
}
