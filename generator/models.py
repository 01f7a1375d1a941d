"""What an entry of each collection holds: the one place that names fields and collections.

Every model is frozen and refuses unknown keys. ``Field(description=...)`` is written for contributors: messages, the
editor schemas and the field reference are made from it. Lengths are in characters, after the wording rules of the
content guide (sentences of at most 20 words); dates are ISO 8601 days.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from generator.marks import Defines, Names, Prose, Ref

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            if len(value) != len("2026-11-22") or "W" in value:
                raise ValueError
            return datetime.date.fromisoformat(value)
        except ValueError:
            raise PydanticCustomError("date_text", "a day written as 2026-11-22 is expected") from None
    return value


Slug = Annotated[str, StringConstraints(pattern=SLUG, max_length=60)]
Title = Annotated[str, StringConstraints(min_length=2, max_length=65)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=80)]
Name = Annotated[Words, Names()]
Line = Annotated[str, StringConstraints(min_length=3, max_length=200), Prose()]
Sentence = Annotated[str, StringConstraints(min_length=3, max_length=320), Prose()]
Passage = Annotated[str, StringConstraints(min_length=3, max_length=700), Prose()]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]
Doi = Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/\S+$", max_length=120)]
Day = Annotated[datetime.date, BeforeValidator(_day)]

Version = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]

Caption = Annotated[str, StringConstraints(min_length=3, max_length=320)]
"""Plain words with no links, for places where Markdown is not read."""
Account = Annotated[str, StringConstraints(min_length=3, max_length=900)]
CodeTitle = Annotated[str, StringConstraints(min_length=1, max_length=200)]
SvgPath = Annotated[str, StringConstraints(pattern=r"^[MLHVCSQZmlhvcsqz0-9 .-]+$", max_length=6000)]
Length = Annotated[float, Field(ge=0, le=2000)]
"""A place or a size in a drawing. Drawings are 328 units wide and are shown at least that many pixels wide on a phone."""

SourceIds = tuple[Annotated[str, Ref("sources")], ...]

Certainty = Literal["high", "moderate", "low", "very-low", "untested", "expert"]
"""How sure we are of a claim, after GRADE; ``untested`` and ``expert`` are advice that rests on no trial."""

Kind = Literal[
    "causes",
    "contributes-to",
    "eases",
    "protects-against",
    "no-effect-on",
    "mistaken-for",
    "explains",
    "answers",
    "contested",
]
"""What a relation says of its target, read as "this entry <kind> that entry"."""


class Record(BaseModel):
    """A frozen record that refuses keys it does not know and never converts a value from one type to another."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Claim(Record):
    """One thing we say, how sure we are of it, and where it comes from."""

    text: Sentence = Field(description="What we say, in one or two short sentences.")
    certainty: Certainty = Field(description="How sure we are: high, moderate, low, very-low, untested or expert.")
    sources: SourceIds = Field((), description="Ids of the sources it rests on. With none, the page says so.")


class Where(Claim):
    """Where people feel it."""

    areas: tuple[Annotated[str, Ref("body-areas")], ...] = Field((), description="Ids of body areas.")


class Onset(Claim):
    """When it starts."""

    onsets: tuple[Annotated[str, Ref("onsets")], ...] = Field((), description="Ids that say when it starts.")


class Feel(Claim):
    """How people describe it."""

    feels: tuple[Annotated[str, Ref("feels")], ...] = Field((), description="Ids that say how it feels.")


class SoundsLike(Record):
    """The five rows of "Does this sound like it?": the same on every page, so that pages can be compared."""

    where: Where = Field(description="Where people feel it.")
    starts: Onset = Field(description="When it starts.")
    feels: Feel = Field(description="How people describe it.")
    worse_or_better: Claim = Field(description="What makes it worse, and what makes it better.")
    lasts: Claim = Field(description="How long it lasts.")


class Hours(Record):
    """A span of time after the run, in hours: ``from`` at the earliest, ``to`` at the latest."""

    first: float = Field(ge=0, description="Hours after the run, at the earliest. 0 is during the run.")
    last: float = Field(ge=0, description="Hours after the run, at the latest.")

    @model_validator(mode="after")
    def _in_order(self) -> "Hours":
        if self.last < self.first:
            raise PydanticCustomError("span_backwards", "'last' is earlier than 'first'")
        return self


class TimeCourse(Record):
    """When it starts, is worst and settles, for the time line."""

    starts: Hours = Field(description="When it starts.")
    peaks: Hours | None = Field(None, description="When it is worst, where it has a peak.")
    settles: Hours = Field(description="When it is gone for most people.")
    certainty: Certainty = Field(description="How sure we are of these times.")
    sources: SourceIds = Field((), description="Ids of the sources of these times.")


class Contrast(Record):
    """One row that sets this page's problem beside its look-alike."""

    feature: Words = Field(description="What is compared, such as 'Where'.")
    this: Line = Field(description="What people notice with this page's problem.")
    other: Line = Field(description="What people notice with the look-alike.")


class LookAlike(Record):
    """Something that is often mixed up with this, and what differs."""

    name: Words = Field(description="Plain name of the look-alike.")
    entry: Annotated[str, Ref()] | None = Field(None, description="Id of its page or warning sign, if it has one.")
    difference: Claim = Field(description="What differs, in one or two sentences.")
    rows: tuple[Contrast, ...] = Field((), max_length=7, description="Up to 7 rows, side by side.")


class Action(Record):
    """Something to do or not to do, with the reason."""

    text: Line = Field(description="One action. Under do_not it starts with 'Do not'.")
    why: Sentence = Field(description="The reason, in one sentence.")
    certainty: Certainty = Field(description="How sure we are that this is good advice.")
    sources: SourceIds = Field((), description="Ids of the sources it rests on.")


class Help(Record):
    """One thing that may help: what it does for you, what it costs you, how sure we are."""

    name: Words = Field(description="What it is, such as 'Massage'.")
    tip: Annotated[str, Ref("tips")] | None = Field(None, description="Id of the tip that tells how.")
    benefit: Sentence = Field(description="What it does for you, and how much.")
    downside: Sentence = Field(description="What it costs: effort, money, harm.")
    certainty: Certainty = Field(description="How sure we are of the benefit.")
    sources: SourceIds = Field((), description="Ids of the sources it rests on.")


class View(Record):
    """One side of a disagreement."""

    who: Words = Field(description="Who says so: a named guideline, review or group.")
    says: Sentence = Field(description="What they say, and because of what.")
    weight: Literal["most", "mixed", "few"] = Field(description="How many of those who study it hold this view.")
    sources: SourceIds = Field((), description="Ids of the sources of this view.")


class Disagreement(Record):
    """Where those who study it differ, in fixed slots."""

    about: Words = Field(description="What the disagreement is about.")
    agreed: Sentence = Field(description="What most agree on.")
    views: tuple[View, ...] = Field(min_length=2, max_length=4, description="Who says what.")
    would_settle: Sentence = Field(description="What kind of study would settle it.")
    meanwhile: Sentence = Field(description="What you can safely do meanwhile.")
    checked: Day = Field(description="The day somebody last looked for new studies.")


class Myth(Record):
    """Something often read that the evidence does not support, and what it says instead."""

    heard: Sentence = Field(description="The claim as people read it. Shown after 'You may have read that'.")
    instead: Claim = Field(description="What the evidence says.")


class Relation(Record):
    """A link from this entry to another, with its kind, its certainty and its sources."""

    kind: Kind = Field(description="What this entry does to the other: causes, eases, explains and so on.")
    to: Annotated[str, Ref()] = Field(description="Id of the other entry.")
    certainty: Certainty | None = Field(None, description="How sure we are of the link. Not needed for 'answers'.")
    sources: SourceIds = Field((), description="Ids of the sources of the link.")
    note: Line | None = Field(None, description="What limits the link, such as 'only in long, hot runs'.")

    @model_validator(mode="after")
    def _certain(self) -> "Relation":
        if self.certainty is None and self.kind != "answers":
            raise PydanticCustomError("missing_certainty", "a relation needs 'certainty'")
        return self


class WebLink(Record):
    """A page elsewhere where a reader finds more help."""

    name: Words = Field(description="What the reader finds there.")
    url: Url = Field(description="Its address, beginning with https://.")


class Person(Record):
    """A real, named person or group. Never invented."""

    name: Words = Field(description="Name as the person wants it printed.")
    role: Words = Field(description="Role, such as 'physiotherapist'.")
    credentials: Words | None = Field(None, description="Qualification, such as 'MSc'.")


class Reviewer(Person):
    """A named clinician who has read the whole page."""

    date: Day = Field(description="The day of the review.")
    scope: Words = Field(description="What was reviewed, such as 'whole page'.")


class Change(Record):
    """One change that readers notice."""

    date: Day = Field(description="The day of the change.")
    what: Line = Field(description="What changed.")
    version: Version | None = Field(None, description="The version that it led to, such as '1.1'.")


class Code(Record):
    """A code of a medical classification."""

    system: Literal["ICD-10", "ICD-10-CM", "MeSH"] = Field(description="The classification.")
    code: Words = Field(description="The code, such as 'M84.3'.")
    title: CodeTitle = Field(description="The classification's own title of that code.")


class Label(Record):
    """Words in a drawing, in 1 or 2 lines."""

    lines: tuple[Words, ...] = Field(min_length=1, max_length=2, description="The words, line by line.")
    x: Length = Field(description="Where they stand, from the left.")
    y: Length = Field(description="The foot of the first line, from the top.")
    align: Literal["start", "middle", "end"] = Field("start", description="Which part of the words stands at x.")


class AreaShape(Record):
    """Where a word's place is on a figure."""

    figure: Annotated[str, Ref("figures")] = Field(description="Id of the figure.")
    path: SvgPath = Field(description="Outline of the area: path data as in SVG, in all views at once.")
    labels: tuple[Label, ...] = Field(min_length=1, description="Its name on the figure, at each place it is shown.")
    leaders: SvgPath | None = Field(None, description="Lines from the labels to the area, as path data.")


class Shape(Record):
    """One piece of a drawing: a path, or words."""

    path: SvgPath | None = Field(None, description="Path data as in SVG.")
    look: Literal["outline", "body", "thin", "strong", "dashed", "soft", "solid", "hatched"] = Field(
        "outline", description="How the path is drawn. No two things that differ may differ by colour alone."
    )
    label: Label | None = Field(None, description="Words.")

    @model_validator(mode="after")
    def _one(self) -> "Shape":
        if (self.path is None) == (self.label is None):
            raise PydanticCustomError("shape_of_two_kinds", "a shape is either a 'path' or a 'label'")
        return self


class Entry(Record):
    """What every entry of every collection has."""

    id: Slug = Field(description="File name without '.yaml', and the page's address. Small letters, digits, hyphens.")
    title: Title = Field(description="Name of the entry as readers see it, plain words first.")
    order: int = Field(100, description="Place in lists: lower comes first; equals are sorted by title.")
    formerly: tuple[Slug, ...] = Field((), description="Ids that this entry had before. They stay reserved.")


class PageEntry(Entry):
    """The frame that causes, mechanisms, questions and tips share."""

    WRITTEN_FIRST: ClassVar[tuple[str, ...]] = (
        "id", "title", "short", "order", "formerly", "also_called", "searched_as",
        "medical_name", "forms", "main_message", "key_points",
    )  # fmt: skip
    """The keys that open the file of a page; those of its own collection follow."""
    WRITTEN_LAST: ClassVar[tuple[str, ...]] = (
        "myths", "unknowns", "get_help", "disagreements", "relations", "questions_to_ask", "evidence", "more_help",
        "codes", "authors", "reviewers", "published", "updated", "checked", "review_due", "version", "changes",
    )  # fmt: skip
    """The keys that close it."""

    short: Annotated[str, StringConstraints(min_length=2, max_length=28)] | None = Field(
        None, description="A name of at most 28 characters, for pictures. With none, the title."
    )
    also_called: tuple[Name, ...] = Field((), description="Other names for it. Shown under the title.")
    searched_as: tuple[Name, ...] = Field(
        (), description="What people type when they look for it: whole phrases, slang, misspellings. Search only."
    )
    main_message: Claim = Field(description="The one thing to take away, in 1 to 3 short sentences.")
    key_points: tuple[Claim, ...] = Field(min_length=3, max_length=5, description="3 to 5 points: 'In short'.")
    get_help: tuple[Annotated[str, Ref("warning-signs")], ...] = Field(
        min_length=1, description="Ids of the warning signs that belong here. Their words are never typed again."
    )
    relations: tuple[Relation, ...] = Field((), description="Links from this entry to others.")
    myths: tuple[Myth, ...] = Field((), description="What is often read and not supported.")
    unknowns: tuple[Sentence, ...] = Field(min_length=1, description="What we are not sure about.")
    disagreements: tuple[Disagreement, ...] = Field((), description="Where those who study it differ.")
    questions_to_ask: tuple[Line, ...] = Field((), description="Questions to ask a doctor or physio.")
    evidence: tuple[Claim, ...] = Field((), description="What the studies found, with numbers.")
    more_help: tuple[WebLink, ...] = Field((), description="Pages elsewhere.")
    codes: tuple[Code, ...] = Field((), description="Codes of medical classifications, where one fits.")
    authors: tuple[Person, ...] = Field((), description="Who wrote it. With none, the book's authors.")
    reviewers: tuple[Reviewer, ...] = Field((), description="Named clinicians who have reviewed it.")
    published: Day = Field(description="The day it first appeared.")
    updated: Day = Field(description="The day of the last change.")
    checked: Day = Field(description="The day its evidence was last checked as a whole.")
    review_due: Day = Field(description="The day by which it has to be checked again.")
    version: Version = Field(description="Such as '1.0', in quotes.")
    changes: tuple[Change, ...] = Field((), description="Changes that readers notice, newest first.")


class OnPaper(Record):
    """How many items of each list go on the handout, counted from the top. The page always has them all."""

    also_called: int | None = Field(None, ge=0, le=8, description="How many of the other names.")
    key_points: int | None = Field(None, ge=0, le=3, description="How many key points, at most 3.")
    do: int | None = Field(None, ge=1, le=5, description="How many things to do, at most 5.")
    do_not: int | None = Field(None, ge=0, le=3, description="How many things not to do, at most 3.")
    back_to_activity: int | None = Field(None, ge=1, le=3, description="How many signs that you can start again.")


class Cause(PageEntry):
    """Something that can be behind the ache."""

    medical_name: Name | None = Field(None, description="The name a doctor uses.")
    sounds_like: SoundsLike = Field(description="The five rows of 'Does this sound like it?'.")
    time_course: TimeCourse | None = Field(None, description="Hours, for the time line.")
    look_alikes: tuple[LookAlike, ...] = Field((), max_length=3, description="1 to 3 things it is mixed up with.")
    do: tuple[Action, ...] = Field(min_length=1, max_length=6, description="What to do, with the reason.")
    do_not: tuple[Action, ...] = Field((), max_length=4, description="What not to do, with the reason.")
    back_to_activity: tuple[Claim, ...] = Field(min_length=1, description="Signs that you can start again.")
    why_it_happens: tuple[Claim, ...] = Field(min_length=2, max_length=6, description="3 to 6 short sentences.")
    who_gets_it: tuple[Claim, ...] = Field((), description="Who gets it more.")
    what_helps: tuple[Help, ...] = Field(min_length=1, description="What may help: benefit, downside, certainty.")
    if_you_do_nothing: Claim = Field(description="What happens with no treatment.")
    on_paper: OnPaper | None = Field(None, description="What goes on the handout. With none, as much as fits.")


class Condition(Cause):
    """A problem with a name of its own, as a doctor or physio would call it."""

    medical_name: Name = Field(description="The name a doctor uses.")
    forms: tuple[Annotated[Words, Defines()], ...] = Field(
        (), description="How our texts name it: the first use on a page leads here."
    )
    course: tuple[Claim, ...] = Field(
        min_length=1, max_length=4, description="How it usually goes, from the first sign to running as before."
    )


class Mechanism(PageEntry):
    """Something that goes on in the body."""

    what_happens: tuple[Claim, ...] = Field(min_length=3, max_length=6, description="4 to 6 numbered steps.")
    means_for_you: tuple[Claim, ...] = Field(min_length=1, max_length=3, description="What it means for the reader.")


class Question(PageEntry):
    """A question people ask. Its main message is the answer, in at most 40 words."""

    because: tuple[Claim, ...] = Field(min_length=2, description="The reasons for the answer.")


class Step(Record):
    """One step of a tip."""

    text: Line = Field(description="One action that starts with a verb, with the amount and how often.")
    why: Line | None = Field(None, description="The reason, where it helps.")


class Tip(PageEntry):
    """Something to do, step by step."""

    for_whom: Sentence = Field(description="Who it is for.")
    not_for: tuple[Line, ...] = Field(min_length=1, description="Who leaves it out, or asks first.")
    steps: tuple[Step, ...] = Field(min_length=2, max_length=8, description="One action each.")
    working_if: tuple[Line, ...] = Field(min_length=1, description="How you know that it works.")
    stop_if: tuple[Line, ...] = Field(min_length=1, description="When to stop.")
    benefit: Claim = Field(description="What it does for you, and how much.")
    downside: Claim = Field(description="What it costs: effort, money, harm.")
    measure: Sentence = Field(description="How to keep track, such as a diary.")
    evidence_by_part: tuple[Help, ...] = Field((), description="Parts of the tip that differ in certainty.")


class CountryCall(Record):
    """The heading of a level's box where one country's number is enough."""

    country: Words = Field(description="The country or countries, such as 'US or Canada'.")
    call: Line = Field(description="The heading with that number alone, such as 'Call 911 now if:'.")


class HelpLevel(Entry):
    """How fast to act. Shown by word, border and icon shape, never by colour alone."""

    call: Line = Field(description="The heading of its box: one action, such as 'Call 999, 112 or 911 now if:'.")
    short: Words = Field(description="The level as one or two words, such as 'Emergency'.")
    note: Sentence | None = Field(None, description="One sentence under the heading.")
    none_here: Line | None = Field(None, description="What stands where a page names no sign of this level.")
    calls: tuple[CountryCall, ...] = Field((), description="The heading for those who chose their country.")


class WarningSign(Entry):
    """A sign that needs help, and how fast. Other pages name it by id."""

    level: Annotated[str, Ref("help-levels")] = Field(description="Id of the help level.")
    group: Words = Field(description="Heading under which it stands within its level.")
    notice: Line = Field(description="One thing you can see or feel; makes sense alone. Completes 'Get help if'.")
    also_notice: tuple[Line, ...] = Field((), description="More things you may see or feel.")
    why: Claim = Field(description="Why it cannot wait.")
    do: tuple[Line, ...] = Field((), description="What to do meanwhile.")
    do_not: tuple[Line, ...] = Field((), description="What not to do meanwhile. Starts with 'Do not'.")


class Source(Entry):
    """Something we cite."""

    title: Annotated[str, StringConstraints(min_length=2, max_length=320)] = Field(description="Title as printed.")
    type: Words = Field(description="Kind of study or document, such as 'randomised trial'.")
    authors: tuple[Words, ...] = Field(min_length=1, description="Authors as 'Herbert RD', or the organisation.")
    year: int | None = Field(None, ge=1900, le=2100, description="Year, or nothing where the page bears none.")
    journal: Words = Field(description="Journal, or publisher of the page.")
    volume: Words | None = Field(None, description="Volume, in quotes.")
    issue: Words | None = Field(None, description="Issue, in quotes.")
    pages: Words | None = Field(None, description="Pages or article number, in quotes.")
    doi: Doi | None = Field(None, description="DOI without the address, such as 10.1002/1465.")
    url: Url | None = Field(None, description="Address, for a source without a DOI.")
    finding: Annotated[str, StringConstraints(min_length=3, max_length=400), Prose()] = Field(
        description="What it found, in one or two plain sentences."
    )
    finding_read: bool = Field(description="true if somebody read the finding in the abstract or the text.")
    unconfirmed: Words | None = Field(None, description="A part of the citation still to be confirmed.")
    note: Line | None = Field(None, description="A correction, or what is left out and why.")
    check_by: Day = Field(description="The day by which somebody looks whether it still holds.")


class Term(Entry):
    """A word readers may not know."""

    title: Annotated[str, StringConstraints(min_length=2, max_length=65), Defines()] = Field(
        description="The term as it stands in a sentence."
    )
    plain: Sentence = Field(description="What it means, in one or two plain sentences.")
    forms: tuple[Annotated[Words, Defines()], ...] = Field(
        (), description="Other forms of the word in our text, such as its plural."
    )
    see: Annotated[str, Ref()] | None = Field(None, description="Id of the page that tells more.")


class Word(Entry):
    """One word of a vocabulary: a body area, an onset, a feel."""

    also_called: tuple[Name, ...] = Field((), description="Other words people use for it.")
    meaning: Line = Field(description="What we mean by it.")


class BodyArea(Word):
    """A place on the body, with its shape on the figures that show it."""

    shapes: tuple[AreaShape, ...] = Field((), description="Its place on each figure.")


class Figure(Entry):
    """A figure whose areas are entries: its outlines. The areas themselves stand in those entries."""

    description: Account = Field(description="What the figure shows, for those who do not see it.")
    caption: Caption = Field(description="What to notice, where the areas are links.")
    caption_marked: Caption = Field(description="What to notice, where some areas are marked. Their names follow.")
    width: Length = Field(328, description="Width of the drawing.")
    height: Length = Field(description="Height of the drawing.")
    outline: SvgPath = Field(description="The outlines of all views, as path data.")
    lines: SvgPath | None = Field(None, description="Fine lines inside the outlines, as path data.")
    labels: tuple[Label, ...] = Field((), description="Names of the views.")


class Picture(Entry):
    """An explaining drawing: shapes, or a curve drawn from an entry's time course."""

    description: Account = Field(description="The same facts in words, for those who do not see it.")
    caption: Caption = Field(description="What to notice.")
    certainty: Certainty | None = Field(
        None, description="How sure we are of what it shows, as the pages that show it say. With none, nothing is said."
    )
    sources: SourceIds = Field((), description="Ids of the sources it rests on.")
    shown_on: tuple[Annotated[str, Ref()], ...] = Field(min_length=1, description="Ids of the entries that show it.")
    width: Length = Field(328, description="Width of the drawing.")
    height: Length = Field(200, description="Height of the drawing.")
    shapes: tuple[Shape, ...] = Field((), max_length=36, description="What is drawn, from the back to the front.")
    curve_of: Annotated[str, Ref()] | None = Field(None, description="Id of an entry whose time course is drawn.")

    @model_validator(mode="after")
    def _drawn(self) -> "Picture":
        if bool(self.shapes) == bool(self.curve_of):
            raise PydanticCustomError("picture_of_two_kinds", "a picture has either 'shapes' or 'curve_of'")
        if self.sources and self.certainty is None:
            raise PydanticCustomError("missing_certainty", "a picture with 'sources' needs 'certainty'")
        return self


class Section(Entry):
    """The words of a collection's own index page. Its id is the collection's name."""

    intro: tuple[Passage, ...] = Field(min_length=1, description="Paragraphs above the list.")
    outro: tuple[Passage, ...] = Field((), description="Paragraphs below the list.")
    compare: Annotated[str, Ref()] | None = Field(None, description="Id of a page whose look-alikes are shown here.")


class Lead(Record):
    """What people type when they look for one entry or one section."""

    to: Annotated[str, Ref()] = Field(description="Id of the entry, or the name of the collection.")
    words: tuple[Words, ...] = Field(min_length=1, description="Whole phrases, as people type them.")


class SearchWords(Entry):
    """The language of people who search. Several files add up; none of it is shown."""

    same: tuple[tuple[Words, ...], ...] = Field(
        (), description="Lists of words that mean the same. The first stands for all: best the one that pages use."
    )
    ignore: tuple[Words, ...] = Field((), description="Words that say nothing about a subject, such as 'why'.")
    whole: tuple[Words, ...] = Field((), description="Words whose ending is never cut, such as 'reds'.")
    faint: tuple[Words, ...] = Field(
        (), description="Words that say little about a subject, such as 'week'. They count less; so do numbers."
    )
    telling: tuple[Words, ...] = Field((), description="Words that are the subject, such as 'knee'. They count more.")
    urgent: tuple[Words, ...] = Field(
        (), description="Words that, all typed in any order, put the page 'when_urgent' first, such as 'chest pain'."
    )
    careful: tuple[Words, ...] = Field((), description="The same, for the second place instead of the first.")
    when_urgent: Annotated[str, Ref("sections")] | None = Field(None, description="That page: the name of a section.")
    otherwise: tuple[Annotated[str, Ref()], ...] = Field(
        (), description="Ids shown where no page has any of the words."
    )
    leads: tuple[Lead, ...] = Field((), description="Phrases that lead to an entry with no 'searched_as' of its own.")


class PinnedCode(Record):
    """One code of a classification, with the title the classification gives it."""

    code: Words = Field(description="The code, such as 'M84.3', in quotes where it is a number.")
    title: CodeTitle = Field(description="The classification's own title of that code.")


class CodeList(Entry):
    """The codes of one classification that pages may name, pinned with their titles."""

    release: Words = Field(description="Which release the titles were taken from.")
    licence: Line = Field(description="On what terms the codes may be used.")
    codes: tuple[PinnedCode, ...] = Field(min_length=1, description="The codes, in their own order.")


class Correction(Entry):
    """A mistake that stood on a page, and when it was mended. Its title says where it stood."""

    of: Annotated[str, Ref()] | None = Field(None, description="Id of the entry, if it still exists.")
    wrong: Sentence = Field(description="What was wrong, as it stood there.")
    right: Sentence = Field(description="What it says now, and why.")
    since: Day = Field(description="The day the mistake appeared.")
    mended: Day = Field(description="The day it was mended.")


class Rating(Entry):
    """A rating of one page by one named person. It counts only for the text that was rated."""

    of: Annotated[str, Ref()] = Field(description="Id of the entry that was rated.")
    instrument: Literal["PEMAT understandability", "PEMAT actionability", "CDC index", "DISCERN", "EQIP"] = Field(
        description="The instrument."
    )
    points: int = Field(ge=0, description="Points given.")
    possible: int = Field(ge=1, description="Points that could be given: items that do not apply are left out.")
    rater: Person = Field(description="Who rated it: a real, named person.")
    date: Day = Field(description="The day of the rating.")
    fingerprint: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{12}$")] = Field(
        description="Fingerprint of the text that was rated, as 'causebook report' gives it, in quotes."
    )

    @model_validator(mode="after")
    def _within(self) -> "Rating":
        if self.points > self.possible:
            raise PydanticCustomError("points_beyond", "'points' is more than 'possible'")
        return self


class Waiver(Record):
    """One rule that one entry may break for a time, and why."""

    entry: Annotated[str, Ref()] = Field(description="Id of the entry.")
    rule: Slug = Field(description="Id of the rule, as it stands in square brackets after a problem.")
    reason: Line = Field(description="Why the rule is broken here on purpose.")
    until: Day = Field(description="The last day of the waiver. After it the problem is back.")


class Waivers(Entry):
    """Every waiver of the book, in one file."""

    waivers: tuple[Waiver, ...] = Field((), description="The waivers. One that is not needed is an error.")


class RetiredId(Record):
    """One id whose entry was deleted: it stays reserved, and its address leads on."""

    id: Slug = Field(description="The id that nobody uses again.")
    was_in: Slug = Field(description="The collection in which its entry stood.")
    to: Annotated[str, Ref()] | None = Field(
        None, description="Id of the entry that its address leads to. With none, the page of that collection."
    )
    since: Day = Field(description="The day on which it was retired.")


class Retired(Entry):
    """Every id whose entry was deleted, in one file. 'causebook retire' writes it."""

    ids: tuple[RetiredId, ...] = Field((), description="The ids, oldest first.")


class BookInfo(Entry):
    """What holds for the whole book. There is one, in ``book.yaml``."""

    description: Sentence = Field(description="One sentence for search engines and shared links.")
    activity: Words = Field(description="What readers do, as in 'when you can start running again'.")
    hour_zero: Words = Field("at once", description="What hour 0 of a time line is, such as 'during the run'.")
    publisher: Words = Field(description="Who publishes it.")
    authors: tuple[Person, ...] = Field(min_length=1, description="Who writes it.")
    funding: Sentence = Field(description="Who pays for it.")
    conflicts: Sentence = Field(description="Interests that could bias it.")
    licence: Words = Field(description="Licence of the content.")
    disclaimer: Sentence = Field(description="What these pages are and are not.")


def written_order(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model in the order in which they stand in a file."""
    first, last = getattr(model, "WRITTEN_FIRST", ()), getattr(model, "WRITTEN_LAST", ())
    own = [name for name in model.model_fields if name not in first and name not in last]
    return tuple(name for name in (*first, *own, *last) if name in model.model_fields)


@dataclass(frozen=True, slots=True)
class Collection:
    """A kind of entry: its folder in ``data/``, its model, and how it is shown.

    ``pages`` is "each" (a page an entry), "shared" (all on the collection's own page), "front" (an entry holds the words
    of the own page of the collection that it is named after) or "none". ``heading`` stands over
    entries of this collection where another page lists them; ``noun`` is used in messages. A collection with
    ``single`` is one file ``data/<name>.yaml``, which every book has if it is ``needed``. ``sought`` is the weight of its
    entries in search, from 0 to 1. ``length`` is how many words a page has before the evidence, at least and at most.
    ``handout`` says what goes on paper: "each" (a sheet an entry), "all" (one sheet of all entries) or "none". With
    ``composed``, readers can put its entries on a sheet of their own.
    """

    name: str
    model: type[Entry]
    noun: str
    heading: str
    pages: Literal["each", "shared", "front", "none"] = "each"
    single: bool = False
    needed: bool = True
    sought: float = 1.0
    length: tuple[int, int] | None = None
    handout: Literal["each", "all", "none"] = "none"
    composed: bool = False


COLLECTIONS: tuple[Collection, ...] = (
    Collection("causes", Cause, "cause", "Causes", length=(600, 900), handout="each", composed=True),
    Collection(
        "conditions", Condition, "condition", "Conditions with a name", length=(600, 900), handout="each", composed=True
    ),
    Collection("mechanisms", Mechanism, "mechanism", "Mechanisms behind this", length=(250, 400)),
    Collection("tips", Tip, "tip", "Tips that help", length=(250, 550), composed=True),
    Collection("faqs", Question, "question", "Questions about this", length=(100, 300), composed=True),
    Collection(
        "warning-signs", WarningSign, "warning sign", "Warning signs", pages="shared", sought=0.9, handout="all"
    ),
    Collection("sources", Source, "source", "Sources", pages="shared", sought=0.3),
    Collection("glossary", Term, "glossary term", "Words explained", pages="shared", sought=0.8),
    Collection("body-areas", BodyArea, "body area", "Where it hurts", sought=0.8),
    Collection("onsets", Word, "onset", "When it starts", sought=0.8),
    Collection("feels", Word, "feel", "How it feels", sought=0.8),
    Collection("figures", Figure, "figure", "Figures", pages="none"),
    Collection("pictures", Picture, "picture", "Pictures", pages="none"),
    Collection("help-levels", HelpLevel, "help level", "How fast to act", pages="none"),
    Collection("sections", Section, "section", "Sections", pages="front", sought=0.8),
    Collection("search-words", SearchWords, "search word list", "Words of search", pages="none"),
    Collection("codes", CodeList, "code list", "Codes", pages="none"),
    Collection("corrections", Correction, "correction", "Corrections", pages="none"),
    Collection("reviews", Rating, "rating", "Ratings by people", pages="none"),
    Collection("waivers", Waivers, "list of waivers", "Waivers", pages="none", single=True, needed=False),
    Collection("retired", Retired, "list of retired ids", "Retired ids", pages="none", single=True, needed=False),
    Collection("book", BookInfo, "book", "This book", pages="none", single=True),
)
