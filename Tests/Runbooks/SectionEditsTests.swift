import Testing

@testable import Runbooks

/// Changed copies keep the lines of what stays, and never the digest.
@Suite struct SectionEditsTests {
    let section: Section

    init() throws {
        section = try Runbook(
            text: """
                # A

                - [AGENT] one
                  ```sh
                  first
                  ```

                ## Nested

                - [HUMAN] two
                - [AGENT] three
                  ```sh
                  second
                  third
                  ```
                """, name: "R.md"
        ).sections[0]
    }

    @Test func aStepIsTakenOutOfNestedSectionsToo() {
        let changed = section.steps.filter { $0.block != nil }.map { section.removing(step: $0) }
        #expect(changed.map { $0.steps.map(\.position) } == [[10, 13], [5, 10]])
        #expect(changed[1].subsections.map { $0.steps.count } == [1])
        #expect(Set(changed.map(\.sha256) + [section.sha256]).count == 3)
    }

    @Test func aReplacedScriptStandsOnTheSameLines() throws {
        let changed = section.replacing(step: section.steps[2], script: "exit 1")
        #expect(changed.steps.map(\.position) == [5, 10, 13])
        #expect(changed.steps[2].block?.script == "exit 1\n")
        #expect(changed.steps[2].item == "[AGENT] three")
        #expect(changed.subsections[0].steps[1].block?.script == "exit 1\n")
        let again = changed.removing(step: section.steps[0]).replacing(step: changed.steps[2], script: "")
        #expect(again.steps.map(\.position) == [10, 13])
        #expect(Set([section, changed, again].map(\.sha256)).count == 3)
    }

    @Test func whatIsNotThereChangesNothing() {
        let other = section.removing(step: section.steps[1])
        #expect(other.removing(step: section.steps[1]) == other)
        #expect(section.replacing(step: section.steps[1], script: "x") == section)
    }

    @Test func twoStepsChangePlaces() {
        let (one, three) = (section.steps[0], section.steps[2])
        let swapped = section.swapping(one, three)
        #expect(swapped.steps.map(\.position) == [13, 10, 5])
        #expect(swapped.sha256 != section.sha256)
        #expect(swapped.removing(step: one).steps.map(\.position) == [13, 10])
        #expect(section.swapping(one, swapped.steps[0]) == swapped)
    }

    @Test func aStepComesBeforeAnother() {
        let (one, two, three) = (section.steps[0], section.steps[1], section.steps[2])
        let moved = section.moving(three, before: one)
        #expect(moved.steps.map(\.position) == [13, 5, 10])
        #expect(moved.sha256 != section.sha256)
        #expect(moved.moving(one, before: three).steps.map(\.position) == [5, 13, 10])
        #expect(section.moving(two, before: two) == section)
        #expect(section.removing(step: two).moving(two, before: one).steps.map(\.position) == [5, 13])
    }

    @Test func aSectionCanEndAfterAStep() {
        #expect(section.ending(after: "two")?.steps.map(\.position) == [5, 10])
        #expect(section.ending(after: "three")?.steps == section.steps)
        #expect(section.ending(after: "no such step") == nil)
    }

    @Test func anEmptiedSectionDoesNothing() {
        #expect(section.emptied.steps.isEmpty)
        #expect(section.emptied.sha256 != section.sha256)
        #expect(section.emptied.title == section.title)
    }
}
