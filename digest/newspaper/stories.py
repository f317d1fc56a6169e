"""Stories: which elements of a page make one article, from its head or its opening to its signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from digest.newspaper.bylines import has_lead, lead_authors
from digest.newspaper.elements import Caption, Element, HeadRun, Jump, Signature
from digest.newspaper.furniture import is_continued
from digest.newspaper.heads import Head, HeadLine
from digest.newspaper.lines import Piece
from digest.newspaper.paragraphs import Paragraph
from digest.newspaper.subheads import PHOTO_PARAGRAPHS, Case, Habits, habits_of, is_subhead


@dataclass(frozen=True, slots=True)
class Subhead:
    """A head inside a story, over one line or two."""

    pieces: tuple[Piece, ...]


Content = Paragraph | Subhead | Caption


@dataclass(frozen=True)
class Story:
    """One article's elements below its head: its content, and how it was signed."""

    content: tuple[Content, ...] = ()
    signatures: tuple[Signature, ...] = ()
    jumps: tuple[Jump, ...] = ()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The story's text without heads and captions."""
        return tuple(piece for piece in self.content if isinstance(piece, Paragraph))

    @cached_property
    def text(self) -> str:
        """The story's words, to compare with a head's; a picture's are its caption's."""
        told = [piece.text for piece in self.paragraphs]
        return "".join(told or [piece.paragraph.text for piece in self.content if isinstance(piece, Caption)])


@dataclass(frozen=True, slots=True)
class Placed:
    """A run of head lines on its page: `place` is the number of stories above it, `stands` tells that one begins below.

    The run may hold the head of one story, or of several.
    """

    lines: tuple[HeadLine, ...]
    place: int
    stands: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """What a page falls into: its stories, and the runs of head lines above, between and below them."""

    stories: tuple[Story, ...]
    heads: tuple[Placed, ...] = ()


@dataclass(slots=True)
class _Draft:
    """A story while it is being read."""

    head: tuple[HeadLine, ...] = ()
    content: list[Content] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    paragraphs: int = 0
    closed: bool = False

    def add(self, content: Content) -> None:
        self.content.append(content)
        self.paragraphs += isinstance(content, Paragraph)

    def story(self) -> Story:
        return Story(tuple(self.content), tuple(self.signatures), tuple(self.jumps))


@dataclass(slots=True)
class _Page:
    """What has been read of a page so far, while its elements are walked through."""

    habits: Habits
    drafts: list[_Draft] = field(default_factory=list)
    loose: list[tuple[int, tuple[HeadLine, ...]]] = field(default_factory=list)
    waiting: list[Caption] = field(default_factory=list)

    @property
    def open(self) -> _Draft | None:
        return self.drafts[-1] if self.drafts and not self.drafts[-1].closed else None

    @property
    def last(self) -> _Draft:
        """The story read last, open or closed; begun here where the page has none yet."""
        return self.drafts[-1] if self.drafts else self.begin()

    def begin(self, head: tuple[HeadLine, ...] = ()) -> _Draft:
        """Begin a story; captions that stood above the page's first head are its first content."""
        self.close()
        self.drafts.append(_Draft(head, list(self.waiting)))
        self.waiting.clear()
        return self.drafts[-1]

    def close(self) -> None:
        if self.drafts:
            self.drafts[-1].closed = True


def layout_of(elements: Sequence[Element]) -> Layout:
    """Part a page's elements into stories: a head begins one, a signature ends one, and so does a jump line."""
    page = _Page(habits_of(elements))
    for at, element in enumerate(elements):
        match element:
            case HeadRun():
                _take_heads(page, element, elements[at + 1 : at + 3 + PHOTO_PARAGRAPHS])
            case Caption():
                _take_caption(page, element)
            case Signature():
                _take_signature(page, element)
            case Jump():
                _take_jump(page, element)
            case Paragraph():
                _take_paragraph(page, element)
    if page.waiting:
        page.begin()
    return _layout(page)


def _layout(page: _Page) -> Layout:
    """Give what was read; head lines with nothing below them, because others follow, stand on no story."""
    kept: list[_Draft] = []
    heads: list[Placed] = []
    loose = dict(page.loose)
    for at, draft in enumerate([*page.drafts, _Draft()]):
        empty = not (draft.content or draft.signatures or draft.jumps)
        if at in loose:
            heads.append(Placed(loose[at], len(kept), stands=False))
        if draft.head:
            heads.append(Placed(draft.head, len(kept), stands=not empty))
        if not empty:
            kept.append(draft)
    return Layout(tuple(draft.story() for draft in kept), tuple(heads))


def _take_heads(page: _Page, run: HeadRun, below: Sequence[Element]) -> None:
    story = page.open
    if story and story.paragraphs and is_subhead(_case(page, story, run, below)):
        story.add(Subhead(tuple(Piece(line.line.number, line.text) for line in run.lines)))
        return
    page.close()
    if below:
        page.begin(run.lines)
    else:
        page.loose.append((len(page.drafts), run.lines))


def _take_paragraph(page: _Page, paragraph: Paragraph) -> None:
    """A lead opens a story, also where no head stands on it."""
    story = page.open
    if story is None or paragraph.begins or (story.paragraphs and has_lead(paragraph.text)):
        story = page.begin()
    story.add(paragraph)


def _case(page: _Page, story: _Draft, run: HeadRun, below: Sequence[Element]) -> Case:
    first = next((content.text for content in story.content if isinstance(content, Paragraph)), "")
    return Case(Head(story.head), bool(lead_authors(first)), Head(run.lines), below, page.habits)


def _take_caption(page: _Page, caption: Caption) -> None:
    """A caption right below a head is that picture's story; any other belongs to the story it stands in or below."""
    story = page.open
    if story and story.head and not story.content and caption.touches_above:
        story.add(caption)
        page.close()
    elif page.drafts:
        page.last.add(caption)
    else:
        page.waiting.append(caption)


def _take_signature(page: _Page, signature: Signature) -> None:
    """A signature ends the story above it; a credit below a story's last paragraph may be that of a caption."""
    story = page.last
    if signature.is_credit and story.paragraphs > PHOTO_PARAGRAPHS and isinstance(story.content[-1], Paragraph):
        story.content[-1] = Caption(story.content[-1], signature.piece)
        story.paragraphs -= 1
        return
    story.signatures.append(signature)
    page.close()


def _take_jump(page: _Page, jump: Jump) -> None:
    """A story continued from another page begins here, below the head on it; one that is continued ends here."""
    continued = is_continued(jump.piece.text)
    if continued and (page.open is None or page.open.content):
        page.begin()
    page.last.jumps.append(jump)
    page.last.closed = not continued


def all_pieces(story: Story) -> Iterator[Piece]:
    """Every piece of a story, signatures and jump lines included."""
    for content in story.content:
        match content:
            case Caption():
                yield from content.paragraph.pieces
                if content.credit:
                    yield content.credit
            case _:
                yield from content.pieces
    yield from (signature.piece for signature in story.signatures)
    yield from (jump.piece for jump in story.jumps)
