extension Duration {
    /// How long to leave a guest's service alone between two questions.
    ///
    /// Each question is a TLS handshake or a process there, tens of milliseconds of an emulated processor: asked as
    /// often as it answers, a guest does little else, and what is waited for comes later.
    static let guestPace = Duration.milliseconds(500)
}
