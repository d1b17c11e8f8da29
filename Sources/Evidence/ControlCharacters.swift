extension String {
    /// The text on one line and without control characters, which could redraw the reader's terminal.
    package var withoutControls: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
