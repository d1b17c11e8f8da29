import Evidence

/// A decision as a JUnit file: a test for each case of each drill, and one for the change itself.
enum JUnit {
    static func text(of decision: DecisionJSON) -> String {
        let isError = decision.decision == "cannot tell"
        var tests = [test("gate", "the change", decision.reasons, as: isError ? "error" : "failure")]
        var failures = decision.reasons.isEmpty || isError ? 0 : 1
        for drill in decision.drills {
            for one in drill.cases {
                tests.append(
                    test("gate.\(drill.profile).\(drill.drill)", one.name, one.missing, as: "failure"))
                failures += one.missing.isEmpty ? 0 : 1
            }
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="gate" tests="\(tests.count)" failures="\(failures)" errors="\(isError ? 1 : 0)">
            \(tests.joined(separator: "\n"))
            </testsuite>

            """
    }

    private static func test(_ suite: String, _ name: String, _ troubles: [String], as kind: String) -> String
    {
        let head = "  <testcase classname=\"\(escaped(suite))\" name=\"\(escaped(name))\""
        guard let first = troubles.first else { return head + "/>" }
        let all = escaped(troubles.joined(separator: "\n"))
        return head + "><\(kind) message=\"\(escaped(first))\">\(all)</\(kind)></testcase>"
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: "\n").map { String($0).withoutControls }.joined(separator: "\n")
            .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
