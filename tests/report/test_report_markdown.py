"""An author's Markdown as blocks: what is named, what is set, what stays plain words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from p3c_qual.report.blocks import Bullets, Origin, Paragraph, Quote, Run, Table
from p3c_qual.report.markdown import Mention, author_blocks
from p3c_qual.report.stories import untraced

SPAN = Origin("span", "IP01_1", "", 3, 9)


@dataclass
class Names:
    """Finds everything that a text names; what is asked for is noted."""

    asked: list[str] = field(default_factory=list)

    def quote(self, token) -> Quote:
        self.asked.append(token.name)
        return Quote("they came", f"({token.label})", SPAN, key=token.name)

    def mention(self, token) -> Mention:
        kind = {"quote": "person", "source": "document"}.get(token.kind, "")
        return Mention(token.label or token.name, SPAN, kind)

    def block(self, _token) -> None:
        return None


def blocks(text: str) -> tuple:
    return author_blocks(text, Names(), key="workforce", title="Workforce")


def words(text: str) -> list[str]:
    return [block.text for block in blocks(text) if isinstance(block, Paragraph)]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Both [IP01_2](quote:a), [IP03_2](quote:b).", "Both (IP01_2, IP03_2)."),
        ("Both [IP01_2](quote:a)[IP03_2](quote:b).", "Both (IP01_2, IP03_2)."),
        ("Twice [IP01_2](quote:a) [IP01_2](quote:a).", "Twice (IP01_2)."),
        ("Each [IP01_2](quote:a) and [IP03_2](quote:b).", "Each (IP01_2) and (IP03_2)."),
        ("It ([IP01_2](quote:a)) says.", "It (IP01_2) says."),
        ("It (so they say; [IP02_2](quote:a)) is.", "It (so they say; IP02_2) is."),
        (
            "It ([IP02_2](quote:a); [3](source:plan)) is.",
            "It (IP02_2; [3]) is.",
        ),
        ("It ([3](source:plan)) is; ([4](source:log)).", "It [3] is; [4]."),
        ("So a) (is it [IP02_2](quote:a).", "So a) (is it (IP02_2)."),
        ("Of [1](source:plan) [2](source:log) [IP01_2](quote:a).", "Of [1, 2] (IP01_2)."),
        ("Some [18 of 20](fact:77ab01cd) join.", "Some 18 of 20 join."),
        (
            "He said ![IP01_2](quote:a), then left.",
            "He said “they came” (IP01_2), then left.",
        ),
    ],
)
def test_what_is_named_in_a_line_is_printed_as_it_is_published(text, printed) -> None:
    assert words(text) == [printed]


def test_a_reference_keeps_its_span_and_its_brackets_claim_nothing() -> None:
    (paragraph,) = blocks("So it is [IP01_2](quote:a).")
    assert [(run.text, run.origin) for run in paragraph.runs] == [
        ("So it is (", None),
        ("IP01_2", SPAN),
        (").", None),
    ]


def test_a_quotation_alone_on_its_line_is_a_block_between_paragraphs() -> None:
    made = blocks("Before.\n![IP01_2](quote:a)\nAfter.\n\n![IP02_2](quote:b)")
    kinds = [type(block) for block in made]
    assert kinds == [Paragraph, Quote, Paragraph, Quote]
    assert [block.key for block in made if isinstance(block, Quote)] == ["a", "b"]


def test_lists_headings_and_stress_are_kept_and_numbered_sections_are_not_made() -> None:
    heading, said, listed = blocks(
        "## In *one* word\n\nvery **good *team* work**\n\n1. a\n   - b\n2. c"
    )
    assert {run.style for run in heading.runs} == {"strong"}
    assert [(run.text, run.style) for run in said.runs] == [
        ("very ", ""),
        ("good team work", "strong"),
    ]
    assert isinstance(listed, Bullets)
    assert listed.ordered
    assert [item.text for item in listed.items] == ["a", "b", "c"]
    assert [(item.text, [each.text for each, _ in below]) for item, below in listed.tree] == [
        ("a", ["b"]),
        ("c", []),
    ]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("an <b onclick='x'>old</b> way", "an <b onclick='x'>old</b> way"),
        ("see [here](https://a.b/c)", "see here (https://a.b/c)"),
        ("see <https://a.b/c>", "see https://a.b/c"),
        ("![dot](https://a.b/c.png)", "![dot](https://a.b/c.png)"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("`[A1](quote:a)`", "[A1](quote:a)"),
    ],
)
def test_html_code_and_addresses_elsewhere_stay_plain_words(text, printed) -> None:
    made = blocks(text)
    assert [block.text for block in made] == [printed]
    assert not [run for run in made[0].runs if run.origin]


def test_a_table_of_the_authors_own_takes_the_sections_title() -> None:
    (table,) = blocks("| Who | What |\n|-|-|\n| nurse | [visits](quote:a) |")
    assert isinstance(table, Table)
    assert (table.caption, [c.label for c in table.columns]) == ("Workforce", ["Who", "What"])
    assert table.rows[0][1].value == "(visits)"
    assert table.rows[0][1].origin == SPAN


def test_sentences_that_lead_nowhere_are_found() -> None:
    told = "She waits [A](quote:a). Nobody comes. He rang. [B](quote:b) On Friday all is well.\n\n"
    made = blocks(told + "She said so:\n\n![A](quote:a)\n\n- a day\n- a week [A](quote:a)")
    assert untraced(made) == ["Nobody comes.", "On Friday all is well.", "a day"]


def test_a_reference_after_the_last_stop_belongs_to_the_last_sentence() -> None:
    said = Paragraph((Run("He rang. Nobody came. ("), Run("A", SPAN), Run(")")), "author")
    assert untraced([said]) == ["He rang."]
