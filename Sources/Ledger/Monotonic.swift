#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The clock that a case's harness and its clients share: that of `ContinuousClock`, which goes on while the host sleeps.
public enum Monotonic {
    /// The time now, in nanoseconds.
    public static var nanoseconds: UInt64 {
        #if canImport(Glibc)
            let clock = CLOCK_BOOTTIME
        #else
            let clock = CLOCK_MONOTONIC
        #endif
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
