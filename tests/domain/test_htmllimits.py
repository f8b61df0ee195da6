"""Size, depth and cost: what is refused, and what nothing hostile may exceed."""

from __future__ import annotations

import time

import pytest

from kimcms.domain.html import (
    MAX_BYTES,
    MAX_DEPTH,
    Refused,
    check_size,
    from_markdown,
    image_ids,
    plain_text,
    to_markdown,
)
from tests.domain.articles import clean, fill, refusal
from tests.lengths import later


def test_the_size_is_counted_in_bytes():
    check_size("x" * MAX_BYTES)
    assert refusal(check_size, "x" * (MAX_BYTES + 1)) == "too_long"
    assert refusal(check_size, "é" * (MAX_BYTES // 2 + 1)) == "too_long"
    html = "<p>" + "x" * (MAX_BYTES - 7) + "</p>"
    assert clean(html) == html


@pytest.mark.parametrize("tag", ["blockquote", "div", "b", "span", "x-y"])
def test_a_hundred_levels_pass_and_one_more_does_not(tag):
    def nested(levels: int) -> str:
        return f"<{tag}>" * levels + "x" + f"</{tag}>" * levels

    check_size(nested(MAX_DEPTH))
    html = clean(nested(MAX_DEPTH))
    assert clean(html) == html
    assert refusal(check_size, nested(MAX_DEPTH + 1)) == "too_deep"
    assert refusal(clean, nested(MAX_DEPTH + 1)) == "too_deep"


def test_markdown_nests_as_deep_and_no_deeper():
    html = "<blockquote>" * MAX_DEPTH + "<p>x</p>" + "</blockquote>" * MAX_DEPTH
    assert to_markdown(html) == "> " * MAX_DEPTH + "x"
    assert clean(from_markdown(to_markdown(html))) == html
    lists = "<ul><li>" * (MAX_DEPTH // 2) + "x" + "</li></ul>" * (MAX_DEPTH // 2)
    assert clean(from_markdown(to_markdown(lists))) == lists
    for source in (">" * 101, "> " * 101 + "a", "- " * 101 + "a", "[" * 101, " " * 500 + "- a"):
        assert refusal(from_markdown, source) == "too_deep", source


def test_ordinary_sloppy_html_is_not_mistaken_for_depth():
    check_size("<p>a" * 500 + "<ul>" + "<li>a" * 500 + "</ul><table>" + "<tr><td>a<td>b" * 500)
    check_size("<p><b>a</p>" * 200 + "<p><i>a</b></i>" * 5 + "<br>" * 500 + "<img src=x>" * 500)
    check_size("<https://x.id/a> " * 500 + "[x](y) " * 500 + "\n\n[ ]" * 500)
    check_size("<table>" + "<tr><td><b>a</b></td><td><object><b>b</b></object></td></tr>" * 200)


@pytest.mark.parametrize(
    "source",
    [
        "".join(f"<p><b {n}></p>" for n in range(3000)),
        "".join(f"<p><b {n}><object></b></object></p>" for n in range(1500)),
        "".join(f"<b {n}>" for n in range(90)) + "<p>x" * 10_000,
    ],
    ids=["formatting", "behind a barrier", "reopened"],
)
def test_small_sources_of_huge_trees_are_refused_before_the_parser(source):
    assert refusal(check_size, source) in {"too_deep", "too_tangled"}


@pytest.mark.parametrize("piece", ["<td><table></td>", "<b><blockquote></b>"])
def test_depth_that_the_scan_does_not_see_is_refused_after_the_parser(piece):
    assert refusal(clean, piece * 3000) == "too_deep"


def test_a_result_that_could_not_be_saved_again_is_refused():
    assert refusal(clean, "<img src=/media/7/1.jpg>" * 2000) == "too_long"


HOSTILE = [fill(piece) for piece in (
    "<", "&", "<!--", "<![CDATA[", "<?", "<p>", "<br>", "<b>x</b>", "<blockquote>", "<font>a<p>",
    "<a href=http://x.id>a</a>", "<h1>a</h1>", "<svg><p>", "<table><td>", "&#x26;", '"', "\\",
    "[", "![", "[a](", "[]()", "[a](http://a.id) ", "*", "*a ", "*a **b ", "***a** b ", "_a ", "`",
    ">", "> ", "- ", ">" * 100 + " a\n", "> " * 50 + "a\n", "- " * 99 + "a\n", "1. > " * 49 + "a\n",
    "- a\n", "- a\n\n", "1. a\n", "# a\n", "a\n", "[a]: b\n", "<a ", "<a b=\"", "<http://a.id>",
    "http://a.id ", "http://a.id/&amp;", "www.", "http://", "(http://a.id", "\n", " ", "\t",
    "---\n", "*[a](b)*", "<b>", "</b>", "<ul><li>a</ul>", "a<br>", "~~~\n", "\\<!--",
    "<img src=/media/7/1.jpg>",
)] + [
    fill("<", 15_000) + " www.x.id", fill("&", 12_000) + " www.x.id",
    fill("(", 60_000) + "www.a", "http://a.id/" + fill(".", 60_000), fill("- a\n", 16_000),
    "http://a.id/" + fill(")", 60_000), "".join(" " * (2 * n) + "- a\n" for n in range(99)),
    "<a " + " ".join(f"{n:04x}" for n in range(12_000)) + ">x", "<ol>" + fill("<li>a", 25_000),
    fill("[", 99) + "a" + fill("](b)", 400), "[a](" + fill("(", 60_000),
]  # fmt: skip


@pytest.mark.parametrize(
    "source", [*HOSTILE[::2], *later(*HOSTILE[1::2])], ids=lambda source: repr(source[:12])
)
def test_hostile_input_costs_little(source):
    """Meant to stay under 0.5 s; the limit leaves room for a slow machine."""
    for read in (clean, lambda text: clean(from_markdown(text))):
        started = time.process_time()
        try:
            html = read(source)
            to_markdown(html)
            plain_text(html)
            image_ids(source)
        except Refused:
            pass
        assert time.process_time() - started < 2
