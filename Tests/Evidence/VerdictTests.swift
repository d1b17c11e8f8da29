import Foundation
import Testing

@testable import Evidence

@Suite struct VerdictTests {
    @Test func `is written as it always was`() throws {
        let golden = """
            {
              "budgetSeconds" : 300,
              "case" : "operator seal",
              "commit" : "0b55018",
              "dirty" : false,
              "drill" : "VaultSeal",
              "drillSHA256" : null,
              "fault" : {
                "confirmed" : true,
                "kind" : "vault operator seal",
                "seen" : "503 from https://pi2:8200",
                "target" : "pi2"
              },
              "finished" : "2026-06-23T04:05:26.001Z",
              "ledger" : {
                "acknowledged" : 120,
                "conceded" : 3,
                "concededSeconds" : {
                  "postgres" : 45
                },
                "lost" : 3,
                "recoveryPointSeconds" : {
                  "postgres" : 12.5
                },
                "refused" : 4,
                "unknown" : 1
              },
              "mapRowSHA256" : null,
              "outageSeconds" : {
                "postgres" : null,
                "vault" : 4.2
              },
              "reason" : "whole again in 12.3 s",
              "recoverySeconds" : 12.3,
              "result" : "passed",
              "sandbox" : {
                "accelerator" : "tcg",
                "observed" : {
                  "vault" : "OpenBao 2.7.2"
                },
                "profile" : "lab",
                "provider" : "qemu",
                "substitutions" : [
                  {
                    "cannotShow" : [
                      "enterprise replication"
                    ],
                    "component" : "Vault",
                    "reason" : "not to be had",
                    "standIn" : "OpenBao 2.7.2"
                  }
                ]
              },
              "schema" : "drill-verdict/1",
              "section" : {
                "line" : 41,
                "sha256" : "e3b0c442",
                "title" : "Vault is sealed"
              },
              "started" : "2026-06-23T04:05:06.789Z",
              "steps" : [
                {
                  "command" : "vault status",
                  "exit" : 2,
                  "line" : 52,
                  "role" : "agent",
                  "seconds" : 0.4
                },
                {
                  "command" : "types share-1",
                  "exit" : null,
                  "line" : 60,
                  "role" : "human",
                  "seconds" : 1.25
                }
              ]
            }
            """
        let written = try EvidenceJSON.pretty.encode(Verdict.sample())
        #expect(String(decoding: written, as: UTF8.self) == golden)
        #expect(try EvidenceJSON.decoder.decode(Verdict.self, from: written) == .sample())
    }

    @Test func `reads a ledger from before machines were destroyed`() throws {
        let old = Data(#"{"acknowledged": 7, "refused": 0, "unknown": 1, "lost": 0}"#.utf8)
        #expect(
            try EvidenceJSON.decoder.decode(Verdict.Ledger.self, from: old)
                == Verdict.Ledger(acknowledged: 7, unknown: 1, lost: 0))
    }

    @Test func `begins unproven, with null and not zero for what is not known`() throws {
        let verdict = Verdict(drill: "VaultSeal", case: "a")
        #expect(verdict.result == .unproven)
        #expect(verdict.reason == "the run was cut off before a verdict")
        guard case .object(let fields) = try EvidenceJSON.tree(verdict) else {
            Issue.record("a verdict is an object")
            return
        }
        for unknown in [
            "section", "fault", "recoverySeconds", "budgetSeconds", "finished", "drillSHA256", "mapRowSHA256",
        ] {
            #expect(fields[unknown] == .null, "\(unknown)")
        }
        guard case .object(let ledger) = fields["ledger"] else {
            Issue.record("a ledger is an object")
            return
        }
        #expect(ledger["lost"] == .null)
    }

    @Test func `survives an encoder that knows nothing of its dates`() throws {
        let written = try JSONEncoder().encode(Verdict.sample())
        #expect(String(decoding: written, as: UTF8.self).contains("2026-06-23T04:05:06.789Z"))
    }
}
