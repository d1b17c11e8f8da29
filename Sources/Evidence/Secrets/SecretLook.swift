import Foundation

/// Something that looks like a secret, whoever's it is.
struct SecretLook: Sendable {
    /// What it looks like, in words.
    let what: String
    private let expression: NSRegularExpression

    private init(_ what: String, _ pattern: String) {
        self.what = what
        // The patterns are this file's own, and a test matches each.
        // swift-format-ignore: NeverUseForceTry
        expression = try! NSRegularExpression(pattern: pattern)
    }

    /// Where such things begin in the text, in UTF-16.
    func places(in text: String) -> [Int] {
        expression.matches(in: text, range: NSRange(location: 0, length: text.utf16.count)).map(
            \.range.location)
    }

    /// Between a name and its value, as shells, headers, YAML and JSON (also within JSON) write it.
    private static let says = #"[\\"']*\s*[:=]\s*[\\"']*"#
    /// A value, and neither what was redacted nor a reference to one.
    private static let value = #"(?!\[redacted:|[$<{*])[^\s\\"']{4,}"#

    /// All that is looked for.
    static let all = [
        SecretLook("a private key", "-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----"),
        SecretLook(
            "a Vault token",
            #"(?<![A-Za-z0-9._-])(?:hv[sbr]\.[A-Za-z0-9_-]{20,}|[sbr]\.[A-Za-z0-9]{24}(?![A-Za-z0-9]))"#),
        // 33 bytes in base64, as Vault gives shares out; a path of that length has no digit, capital and small letter.
        SecretLook(
            "an unseal share",
            #"(?<![A-Za-z0-9+/=_.-])(?=[a-z0-9+/]{0,43}[A-Z])(?=[A-Z0-9+/]{0,43}[a-z])(?=[A-Za-z+/]{0,43}[0-9])"#
                + #"[A-Za-z0-9+/]{44}(?![A-Za-z0-9+/=_.-])"#),
        SecretLook("an unseal share", #"(?i)unseal key(?: \d+)?(?: \(hex\))?"# + says + value),
        SecretLook("a database password", "PGPASSWORD" + says + value),
        SecretLook(
            "an Authorization header", "(?i)authorization" + says + #"(?:bearer|basic|token)\s+"# + value),
        SecretLook("a Vault token's header", "(?i)x-vault-token" + says + value),
        SecretLook("a password in a URL", #"://[^/\s:@"\\]+:(?!\[redacted:|[$<{*])[^/\s@"\\]+@"#),
    ]
}
