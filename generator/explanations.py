"""The id of a rule in; what it says, why it is there, a good and a bad example out.

Editorial rules explain themselves (`checks.RULES`). The table here holds those about the form of the files: what can be read,
what fits, what leads somewhere. A test proves that no rule of the program is left out and none stands here in vain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.checks import RULES


@dataclass(frozen=True, slots=True)
class Explanation:
    """One rule for people: ``says`` it, gives its ``reason``, shows a ``good`` and a ``bad`` example."""

    id: str
    says: str
    reason: str
    good: str
    bad: str


_FORM = (
    Explanation(
        "still-to-fill",
        "Every ??? of a new file is replaced by words of your own, or its line is deleted.",
        "'causebook new' leaves a ??? wherever only you can know what belongs there. Readers must never meet one.",
        "title: Sore heels",
        "title: ???",
    ),
    Explanation(
        "handout-too-long",
        "A handout fits on one side of paper.",
        "People keep one sheet. Nothing may be cut off without a word, so the build stops instead.",
        "on_paper: {do: 3, key_points: 2}",
        "Five long things to do, three long things not to do, and nothing left out",
    ),
    Explanation(
        "no-room-for-notes",
        "A handout leaves at least 20 mm for what somebody writes on it.",
        "Sheets are used together: a plan, and when to come back, are written on them.",
        "on_paper: {back_to_activity: 1}",
        "A sheet full of print",
    ),
    Explanation(
        "letter-without-shape",
        "Every letter and sign of a handout is in the fonts that we bring along.",
        "A letter that a font lacks is printed as an empty box.",
        "About 5 km",
        "A snowman sign in a text",
    ),
    Explanation(
        "picture-without-words",
        "Every picture of a handout has a text for those who do not see it.",
        "Screen readers read PDFs too.",
        "A figure with a description",
        "A figure with an empty description",
    ),
    Explanation(
        "not-the-form",
        "'causebook draft' reads the text of an issue made with the form for a new page.",
        "The form says which answer goes where. From any other text a program could only guess.",
        "A file with the text of such an issue, from its first heading on",
        "A file with a letter in it",
    ),
    Explanation(
        "missing-field",
        "Every key that a page cannot do without is there, and something is written after it.",
        "Pages of one kind all have the same parts, so that readers find what they look for. A part that is missing is a hole.",
        "certainty: low",
        "certainty:",
    ),
    Explanation(
        "unknown-key",
        "A key is one of those that this kind of entry has.",
        "A key with a slip in it would be left out without a word, and what you wrote would never appear.",
        "title: Sore heels",
        "titel: Sore heels",
    ),
    Explanation(
        "duplicate-key",
        "A key stands once in its place.",
        "Of two values only one can be shown, and nobody can tell which one you meant.",
        "order: 3",
        "order: 3 in one line, order: 5 in another",
    ),
    Explanation(
        "wrong-type",
        "A value is of the kind that its key asks for: text, a number, a day, true or false, a list, or keys of its own.",
        "A list is shown as a list and a day is reckoned with. Something else there could not be shown.",
        "forms:\n  - tendons",
        "forms: tendons",
    ),
    Explanation(
        "wrong-value",
        "A value is one of those that make sense there.",
        "Some keys take only certain words, numbers or days, because the page shows something else for each of them.",
        "certainty: high",
        "certainty: hgih",
    ),
    Explanation(
        "wrong-form",
        "An id, an address or a code is written in its own form.",
        "Ids become addresses of pages. An address in another form would lead nowhere.",
        "id: calf-strain",
        "id: Calf Strain",
    ),
    Explanation(
        "too-long",
        "A text or a list has at most so much as a page has room for.",
        "People on a phone read the first lines. What is long hides what matters.",
        "plain: A strong cord that joins a muscle to a bone.",
        "plain: a text of 400 characters, where 320 fit",
    ),
    Explanation(
        "too-short",
        "A text or a list has at least as much as its part of the page needs.",
        "A list of key points with one point, or a title of one letter, looks like a mistake, and mostly is one.",
        "key_points: with 3 points",
        "key_points: with 1 point",
    ),
    Explanation(
        "unsure-value",
        "A word that some programs read as a number or as true or false stands in quotes.",
        "YAML is read by many programs. To some of them 'no' means false and '1:30' means 90, and your text would change.",
        'title: "no"',
        "title: no",
    ),
    Explanation(
        "unknown-id",
        "Where an id stands, an entry has that id.",
        "An id makes a link. With a slip in it readers click and find nothing.",
        "sources: [smith2020], and there is data/sources/smith2020.yaml",
        "sources: [smth2020]",
    ),
    Explanation(
        "wrong-kind",
        "The id is that of an entry in the right collection.",
        "Under 'sources' readers expect a study. The id of a tip there would look like proof.",
        "sources: [smith2020]",
        "sources: [recover-well]",
    ),
    Explanation(
        "no-page",
        "A link leads to an entry that readers can open.",
        "Some entries, such as pictures and lists of codes, have no page. A link to one would lead nowhere.",
        "See [soreness](doms).",
        "See [soreness](soreness-curve).",
    ),
    Explanation(
        "self-reference",
        "An entry does not name itself.",
        "A link to the page you are on looks like a mistake of the site.",
        "relations to another entry",
        "in doms.yaml: relations: to: doms",
    ),
    Explanation(
        "duplicate-id",
        "An id is that of one entry in the whole book.",
        "Links name only the id. With two entries of one id, half of the links would lead to the wrong page.",
        "data/tips/warm-up-before-running.yaml",
        "data/tips/doms.yaml, although data/causes/doms.yaml is there",
    ),
    Explanation(
        "retired-id",
        "An id that an entry once had is never used for another.",
        "Old links and printed handouts still lead to that address. They must not end at something else.",
        "a new id for a new entry",
        "the id of an entry that was renamed or deleted",
    ),
    Explanation(
        "id-file-name",
        "The id is the name of the file, without .yaml.",
        "So everybody finds the file of a page by its address, and the page of a file by its name.",
        "id: calf-strain, in calf-strain.yaml",
        "id: calf-strain, in calf.yaml",
    ),
    Explanation(
        "duplicate-term",
        "A word is explained by one entry.",
        "The first use of a word leads to its meaning. With two meanings, the program cannot tell which one.",
        "'tendon' in tendon.yaml alone",
        "'tendon' in tendon.yaml and in cord.yaml",
    ),
    Explanation(
        "one-paragraph",
        "A text is one paragraph, without lists and headings.",
        "Texts also stand in lists, tables and handouts, where a second paragraph or a list has no room.",
        "two items, each with one paragraph",
        "one text with a blank line in it",
    ),
    Explanation(
        "bad-link",
        "A link is written as [words](id), or with an https:, mailto: or tel: address.",
        "Links by id are checked and follow when a page moves. Other spellings break without anybody noticing.",
        "[build up slowly](build-up-gradually)",
        "[build up slowly](../tips/build-up-gradually.md)",
    ),
    Explanation(
        "raw-html",
        "A text holds no HTML.",
        "The same text stands on the web page, in search results and in handouts. HTML would show as signs there.",
        "Stop *now*.",
        "Stop <b>now</b>.",
    ),
    Explanation(
        "picture-in-prose",
        "A picture is an entry of its own, and not part of a text.",
        "A picture needs a description for people who do not see it. A text has no room for that.",
        "a file in data/pictures/",
        "![A sore leg](leg.png)",
    ),
    Explanation(
        "page-collision",
        "No page written by hand has the address of a page made from data.",
        "One would silently take the place of the other.",
        "content/soreness.md",
        "content/causes/doms.md, where data/causes/doms.yaml makes that page",
    ),
    Explanation(
        "unknown-part",
        "A marker in a page written by hand names a part that the program can fill in.",
        "Nothing would appear in its place.",
        "<!-- causebook:list causes -->",
        "<!-- causebook:lits causes -->",
    ),
    Explanation(
        "waiver-not-needed",
        "A waiver is there for a rule that is broken now, and until a day to come.",
        "Old waivers would hide new mistakes.",
        "a waiver that is deleted once its entry is mended",
        "a waiver whose last day has passed",
    ),
)

_READING = (
    Explanation(
        "yaml-syntax",
        "The file is written so that it can be read as YAML: 'key: text', lists with '- ', the same indent for neighbours.",
        "One missing quote or space and nothing after it can be understood, so the whole file is left out.",
        'plain: "One thing: it hurts."',
        "plain: One thing: it hurts.",
    ),
    Explanation(
        "yaml-tab",
        "Lines are indented by spaces, never by tabs.",
        "A tab is as wide as each editor likes, so nobody can say what it lines up with.",
        "two spaces before '- text:'",
        "a tab before '- text:'",
    ),
    Explanation(
        "yaml-alias",
        "A text that begins with * or & stands in quotes.",
        "Without quotes these signs tell YAML to copy another part of the file, which is not what you want here.",
        'plain: "*Never* run through it."',
        "plain: *Never* run through it.",
    ),
    Explanation(
        "yaml-tag",
        "A text that begins with ! stands in quotes.",
        "Without quotes the sign gives an order to the program that reads the file.",
        'title: "!Stop"',
        "title: !Stop",
    ),
    Explanation(
        "odd-character",
        "A file holds no characters that nobody can see.",
        "They come in with text copied from elsewhere. A word with one inside is not found by search, and a key is not understood.",
        "title: sore heels, with a space that you typed",
        "title: sore heels, with a no-break space before 'title'",
    ),
    Explanation(
        "not-utf8",
        "A file is stored as UTF-8.",
        "In another encoding, letters such as é turn into something else.",
        "'Save with encoding: UTF-8' in your editor",
        "'Unicode' (UTF-16) in an old editor",
    ),
    Explanation(
        "empty-file",
        "A file holds an entry.",
        "An empty file is mostly one that was not saved.",
        "id, title and the other keys",
        "a file with comments alone",
    ),
    Explanation(
        "too-deep",
        "Nothing stands more than 20 levels deep.",
        "No entry needs so many: it is a slip with brackets or indents.",
        "sources: [smith2020]",
        "sources: [[[[[[[[[[[[[[[[[[[[[smith2020]]]]]]]]]]]]]]]]]]]]]",
    ),
    Explanation(
        "too-large",
        "A file has at most 250,000 bytes.",
        "One file holds one entry. A larger one is something else, such as a picture.",
        "one file for each source",
        "all sources in one file",
    ),
    Explanation(
        "many-problems",
        "One file tells of at most 50 problems.",
        "More than that are mostly one mistake again and again.",
        "mend the first ones, and check again",
        "read 1,000 lines about one file",
    ),
)

_FILES = (
    Explanation(
        "no-data",
        "The folder of the data is there, and holds what every book has.",
        "Without it there is nothing to make pages of.",
        "causebook check, where the folder data/ is",
        "causebook check, in another folder",
    ),
    Explanation(
        "unknown-folder",
        "Each folder in data/ is a collection.",
        "The folder says what kind of entry a file is. In an unknown one, it would be left out without a word.",
        "data/glossary/tendon.yaml",
        "data/glosary/tendon.yaml",
    ),
    Explanation(
        "stray-file",
        "Everything in data/ is an entry.",
        "A file that is none was mostly meant to be one, and would be left out without a word.",
        "data/glossary/tendon.yaml",
        "data/glossary/tendon.txt",
    ),
    Explanation(
        "wrong-ending",
        "Files of entries end in .yaml.",
        "With one ending, everybody finds every file.",
        "tendon.yaml",
        "tendon.yml",
    ),
    Explanation(
        "unreadable",
        "Every file in data/ can be opened.",
        "What cannot be read would be missing from the site.",
        "a file that you may read",
        "a link to a file that was deleted",
    ),
    Explanation(
        "outside-data",
        "No link leads out of the data folder.",
        "On another computer, or on the server, the file it leads to is not there, or is somebody's private one.",
        "the file itself",
        "a link to a file in your home folder",
    ),
    Explanation(
        "output-folder",
        "Pages are never written into a folder where people write.",
        "They would cover somebody's work.",
        "causebook render ../book",
        "causebook render content",
    ),
    Explanation(
        "not-ours",
        "A file that the program did not write, or that was changed since, is never replaced.",
        "It may be somebody's work.",
        "causebook render into a new folder",
        "causebook render over pages changed by hand",
    ),
)

EXPLANATIONS: Mapping[str, Explanation] = {
    one.id: one
    for one in (
        *(Explanation(rule.id, rule.says, rule.reason, rule.good, rule.bad) for rule in RULES),
        *_FORM,
        *_READING,
        *_FILES,
    )
}
"""Every rule that the program can report: id → what there is to say about it, editorial rules first."""


def explained(one: Explanation) -> str:
    """Return a rule as a text for a terminal."""
    parts = (("Why", one.reason), ("Good", one.good), ("Bad", one.bad))
    lines = [one.id, "", f"  {one.says}"]
    for name, text in parts:
        first, *rest = text.splitlines()
        lines += ["", f"  {name + ':':<6}{first}", *(f"        {line}" for line in rest)]
    return "\n".join(lines) + "\n"


def listed() -> str:
    """Return every rule in a line of its own."""
    width = max(map(len, EXPLANATIONS))
    return "".join(f"{one.id:<{width}}  {one.says}\n" for one in EXPLANATIONS.values())
