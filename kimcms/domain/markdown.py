"""The body as Markdown, for the plain text field of a browser without JavaScript.

HTML in the Markdown is left standing: both ways end in `clean_html`, and what Markdown cannot
say (bold in the middle of a word) comes back as a tag. What people write by accident is no
markup here: indented lines, lines of dashes under a text, backticks, `[x]: y`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from html import escape

from bs4.element import NavigableString, PageElement, Tag
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markdownify import MarkdownConverter

from kimcms.domain.htmllimits import MAX_DEPTH, check_size, strip_controls

_NOT_MARKUP = ("code", "fence", "backticks", "reference", "lheading")
# A list and its item are two levels to markdown-it, a quotation or paragraph one.
_MAX_NESTING = 2 * MAX_DEPTH + 10


def from_markdown(source: str) -> str:
    """HTML of a Markdown text; not clean, so it goes to `clean_html` next.

    A line break in the text is one on the page. An image with a title becomes a figure with
    that as its caption. Raises `Refused` like `check_size`.
    """
    text = strip_controls(source)
    check_size(text)
    # Comments and declarations are never wanted, and looking for their ends is quadratic.
    text = _DECLARATION.sub(_escape_declaration, text)
    html: str = _MARKDOWN.render(text)
    return html


def to_markdown(html: str) -> str:
    """The Markdown of stored HTML, from which `from_markdown` and `clean_html` make it again."""
    markdown: str = _Markdown().convert(html)
    return markdown.strip()


def _figure(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[idx]
    alt = self.renderInlineAsText(token.children, options, env) if token.children else ""
    title = str(token.attrGet("title") or "")
    caption = f"<figcaption>{escape(title)}</figcaption>" if title else ""
    src = escape(str(token.attrGet("src") or ""))
    return f'<figure><img src="{src}" alt="{escape(alt)}">{caption}</figure>'


_MARKDOWN = MarkdownIt(
    "commonmark", {"html": True, "breaks": True, "maxNesting": _MAX_NESTING}
).disable(list(_NOT_MARKUP))
_MARKDOWN.add_render_rule("image", _figure)

# Each of these is markup anywhere in a line ...
_ANYWHERE = re.compile(
    r"[\\*\[\]]|(?<![^\W_])_|_(?![^\W_])|<(?=[a-zA-Z/!?])|&(?=#|[a-zA-Z])|!$|(?<=\s)#(?=#*$)",
)
# ... and each of these where a line begins.
_LINE_START = re.compile(r"^(?:[>#]|[-+](?=\s|-|$)|[0-9]{1,9}(?=[.)](?:\s|$)))")
# With the backslashes before it: after an even number of them the sign is not escaped yet.
_DECLARATION = re.compile(r"(?<!\\)(\\*)<(?=[!?])")
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9/:.?=#~_-]+")


class _Markdown(MarkdownConverter):
    def __init__(self) -> None:
        super().__init__(heading_style="atx")
        self._numbers: dict[int, int] = {}  # the number of the last item, by its list
        self._bullets: dict[int, str] = {}

    def process_text(self, el: NavigableString, parent_tags: set[str] | None = None) -> str:
        text = _ANYWHERE.sub(r"\\\g<0>", str(el))
        if el.previous_sibling is None or getattr(el.previous_sibling, "name", "") == "br":
            return _LINE_START.sub(_escape_start, text)
        return text

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n"

    def convert_hr(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return "\n\n***\n\n"  # three hyphens would melt with a list's own

    def convert_strong(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"**{text}**" if _marks_fit(el, text) else f"<strong>{text}</strong>"

    def convert_em(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"*{text}*" if _marks_fit(el, text) else f"<em>{text}</em>"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        href = str(el.get("href") or "")
        if el.get_text() == href and _PLAIN_ADDRESS.fullmatch(href):
            return f"<{href}>"
        return f"[{text}]({_escape_all(href, '()<>&')})"

    def convert_figure(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        image, caption = el.find("img"), el.find("figcaption")
        if not isinstance(image, Tag):
            return text
        alt = _escape_all(str(image.get("alt") or ""), "[]*_<>&!`")
        title = f' "{_escape_all(caption.get_text(), chr(34) + "&")}"' if caption else ""
        return f"\n\n![{alt}]({image.get('src')}{title})\n\n"

    def convert_ul(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        return f"\n\n{text.strip()}\n\n"

    convert_ol = convert_ul

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        marker = self._marker(el.parent) + " "
        indented = re.sub(r"\n(?=[^\n])", "\n" + " " * len(marker), text.strip())
        loose = "\n" if "\n\n" in indented else ""
        return f"{marker}{indented}\n{loose}"

    def _marker(self, of: Tag | None) -> str:
        """The bullet or number; a list right after one of its kind takes the other sign."""
        if of is None:
            return "-"
        before = of.previous_sibling
        if id(of) not in self._bullets:
            first, second = (".", ")") if of.name == "ol" else ("-", "+")
            alike = isinstance(before, Tag) and before.name == of.name
            self._bullets[id(of)] = (
                second if alike and self._bullets.get(id(before)) == first else first
            )
        if of.name == "ul":
            return self._bullets[id(of)]
        self._numbers[id(of)] = self._numbers.get(id(of), 0) + 1
        return f"{self._numbers[id(of)]}{self._bullets[id(of)]}"


def _escape_start(found: re.Match[str]) -> str:
    text = found[0]  # a number is escaped behind it: the point is what makes it a list
    return text + "\\" if text[-1].isdigit() else "\\" + text


def _escape_declaration(found: re.Match[str]) -> str:
    return found[1] + ("<" if len(found[1]) % 2 else "\\<")


def _escape_all(text: str, signs: str) -> str:
    return "".join("\\" + sign if sign in signs + "\\" else sign for sign in text)


def _marks_fit(el: Tag, text: str) -> bool:
    """Whether stars around this text are read as meant: by CommonMark's rule of flanks."""
    left, right = _beside(el.previous_sibling, -1), _beside(el.next_sibling, 0)
    if "*" in (text[0], text[-1], left, right):
        return False
    return (text[0].isalnum() or _parts(left)) and (text[-1].isalnum() or _parts(right))


def _parts(sign: str) -> bool:
    """Whether this sign beside the stars parts words, for certain."""
    return sign.isspace() or unicodedata.category(sign).startswith("P")


def _beside(sibling: PageElement | None, at: int) -> str:
    if isinstance(sibling, NavigableString):
        return str(sibling)[at]
    if isinstance(sibling, Tag) and sibling.name in {"strong", "em"}:
        return "*"
    return " "
