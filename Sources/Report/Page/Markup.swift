import Mustache

/// Text out of evidence, made harmless for a page: a transcript may hold anything.
///
/// It goes scalar by scalar. The library's own escaping goes by characters, so a quotation mark that bears a combining
/// accent would pass it and end an attribute.
struct Markup: MustacheContentType {
    /// The name under which templates ask for it.
    static let name = "EVIDENCE"

    func escapeText(_ text: String) -> String { Self.escape(text) }

    /// The text with markup spelled out, and with every character that has no picture replaced by one.
    static func escape(_ text: String) -> String {
        var safe = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            // A terminal ends its lines with both.
            if scalar == "\n", previous == "\r" { safe.removeLast() }
            if let entity = entity(of: scalar) {
                safe.append(contentsOf: entity.unicodeScalars)
            } else {
                safe.append(picture(of: scalar))
            }
            previous = scalar
        }
        return String(safe)
    }

    private static func entity(of scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        case "\"": "&quot;"
        case "'": "&#39;"
        default: nil
        }
    }

    /// A scalar that can be seen: control pictures for control characters (Unicode, block 2400), the replacement
    /// character for what redirects the text around it ("Trojan Source", CVE-2021-42574).
    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09, 0x0A: scalar
        case 0x00...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? replacement
        case 0x7F: "\u{2421}"
        case 0x80...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: replacement
        default: scalar
        }
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"
}

extension String {
    /// Without the sequences that colour a terminal (ECMA-48, SGR), which say nothing on a page.
    var withoutColours: String { replacing(#/\u{1B}\[[0-9;]*m/#, with: "") }
}
