import Foundation
import Testing

@testable import Evidence

@Suite struct RedactorTests {
    /// Something that needs escaping in every encoding.
    let secret = "s3cr\"t/+ ü\\🔑%25"

    @Test func `finds the secret as it is, however often`() throws {
        let redactor = try Redactor(["share-1": "abcd1234"])
        #expect(
            redactor.redact("abcd1234 xabcd1234abcd1234")
                == "[redacted:share-1] x[redacted:share-1][redacted:share-1]")
        #expect(redactor.redact("abcd123 bcd1234") == "abcd123 bcd1234")
    }

    @Test func `finds the secret in base64, alone and inside a longer text`() throws {
        let redactor = try Redactor(["token": secret])
        for before in ["", "u", "us", "user:"] {
            for after in ["", "\n", "ab", "abc"] {
                let whole = Data((before + secret + after).utf8).base64EncodedString()
                let urlSafe = whole.replacing("+", with: "-").replacing("/", with: "_")
                for text in [whole, urlSafe] {
                    let redacted = redactor.redact("Authorization: Basic \(text)")
                    #expect(redacted.contains("[redacted:token]"), "\(before) \(after)")
                    // Of the bytes at the edges a few bits may stay, of the secret's inside nothing.
                    #expect(redacted.count <= "Authorization: Basic [redacted:token]".count + 14)
                }
            }
        }
    }

    @Test func `finds the secret percent-encoded, by any rule`() throws {
        let redactor = try Redactor(["token": secret])
        let sets: [CharacterSet] = [.urlQueryAllowed, .alphanumerics, .urlPathAllowed, .urlUserAllowed]
        for set in sets {
            let encoded = try #require(secret.addingPercentEncoding(withAllowedCharacters: set))
            for text in [encoded, encoded.replacing("%20", with: "+"), encoded.lowercasedEscapes] {
                #expect(redactor.redact("?t=\(text)&x") == "?t=[redacted:token]&x", "\(text)")
            }
        }
    }

    @Test func `finds the secret in JSON, and in JSON within JSON`() throws {
        let redactor = try Redactor(["token": secret])
        let plain = try JSONEncoder().encode([secret])
        let slashes = try EvidenceJSON.line.encode([secret])
        let nested = try JSONEncoder().encode([String(decoding: plain, as: UTF8.self)])
        let ascii = #"["s3cr\"t/+ \u00fc\\\uD83D\uDD11%25"]"#
        for text in [plain, slashes, nested].map({ String(decoding: $0, as: UTF8.self) }) + [ascii] {
            let redacted = redactor.redact(text)
            #expect(redacted.contains("[redacted:token]") && !redacted.contains("s3cr"), "\(text)")
        }
    }

    @Test func `finds a share in hexadecimal too`() throws {
        let bytes = Data((0..<33).map { UInt8($0 * 7) })
        let redactor = try Redactor(["share-1": bytes.base64EncodedString()])
        let hex = bytes.map { String(format: "%02x", Int($0)) }.joined()
        #expect(redactor.redact("Key 1: \(hex)") == "Key 1: [redacted:share-1]")
        #expect(redactor.redact(hex.uppercased()) == "[redacted:share-1]")
    }

    @Test func `finds each line of a private key`() throws {
        let key = """
            -----BEGIN KEY-----
            AAAAB3NzaC1yc2EAAAADAQAB
            QUJDREVGR0hJSktMTU5PUA==
            -----END KEY-----

            """
        let redactor = try Redactor(["ca.key": key])
        #expect(redactor.redact("at AAAAB3NzaC1yc2EAAAADAQAB") == "at [redacted:ca.key]")
        #expect(redactor.redact(key) == "[redacted:ca.key]\n")
        #expect(redactor.redact("-----BEGIN KEY-----") == "-----BEGIN KEY-----")
    }

    @Test func `takes the longest first, and leaves nothing of those that overlap`() throws {
        let redactor = try Redactor(["short": "abcd", "long": "abcdefgh", "other": "ghijkl"])
        #expect(redactor.redact("abcdefgh abcdef") == "[redacted:long] [redacted:short]ef")
        #expect(redactor.redact("abcdefghijkl") == "[redacted:long]")
    }

    @Test func `ignores the line end that files have`() throws {
        #expect(try Redactor(["token": "abcd1234\n"]).redact("abcd1234.") == "[redacted:token].")
    }

    @Test(arguments: ["", "abc", " abc \n"])
    func `refuses a short secret without showing it`(value: String) {
        let error = #expect(throws: EvidenceError.self) { try Redactor(["share-9": value]) }
        #expect(error?.code == .badSecret)
        #expect(error?.description.contains("'share-9'") == true)
        #expect(value.isEmpty || error?.description.contains(value) == false)
    }

    @Test(arguments: ["", "a]b", "a\nb"])
    func `refuses a name that would break the mark`(name: String) {
        #expect(throws: EvidenceError.self) { try Redactor([name: "abcd1234"]) }
    }

    @Test func `leaves text alone when there is nothing to hide`() throws {
        #expect(Redactor.none.redact("abcd1234") == "abcd1234")
        #expect(try Redactor(["token": "abcd1234"]).redact("Käse %2 \\u00 \\") == "Käse %2 \\u00 \\")
    }

    @Test func `stays quick on long output`() throws {
        let secrets = Dictionary(
            uniqueKeysWithValues: (0..<8).map {
                ("share-\($0)", Data(repeating: UInt8($0 * 31 + 7), count: 33).base64EncodedString())
            })
        let redactor = try Redactor(secrets)
        let long = String(repeating: "nothing to see here %41 \\n / ", count: 30_000)
        let duration = ContinuousClock().measure { #expect(redactor.redact(long) == long) }
        #expect(duration < .seconds(20), "1 MB took \(duration)")

    }
}

extension String {
    /// The same with the hexadecimal digits of percent escapes in lower case.
    fileprivate var lowercasedEscapes: String {
        replacing(/%[0-9A-F]{2}/) { $0.output.lowercased() }
    }
}
