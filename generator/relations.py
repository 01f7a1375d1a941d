"""The kinds of relation, how certain we are, and the words for both: a relation in, a short phrase out.

The verb says how sure we are (after the plain-language wording of GRADE): strong evidence states it, good evidence says
"probably", limited evidence "may". A relation that says "no effect" or "contested" is never worded as a plain link.
"""

from dataclasses import dataclass
from typing import Literal

from generator.models import Certainty, Kind

Stance = Literal["link", "no-effect", "contested"]


@dataclass(frozen=True, slots=True)
class KindWords:
    """How a kind of relation reads: ``base`` after "may", ``verb`` on its own; ``stance`` is the list it belongs in."""

    base: str
    verb: str
    stance: Stance = "link"


KINDS: dict[Kind, KindWords] = {
    "causes": KindWords("cause", "causes"),
    "contributes-to": KindWords("add to", "adds to"),
    "eases": KindWords("ease", "eases"),
    "protects-against": KindWords("help protect against", "helps protect against"),
    "no-effect-on": KindWords("make no difference to", "makes no difference to", "no-effect"),
    "mistaken-for": KindWords("be mixed up with", "is often mixed up with"),
    "explains": KindWords("explain", "explains"),
    "answers": KindWords("answer a question about", "answers a question about"),
    "contested": KindWords("play a part in", "plays a part in", "contested"),
}


@dataclass(frozen=True, slots=True)
class CertaintyWords:
    """How a grade of certainty reads: ``badge`` beside the claim, ``meaning`` on the page that explains the grades."""

    badge: str
    meaning: str


CERTAINTIES: dict[Certainty, CertaintyWords] = {
    "high": CertaintyWords("Strong evidence", "Good studies agree. New ones are unlikely to change it."),
    "moderate": CertaintyWords("Good evidence, could change", "Probably true. A new study could change it."),
    "low": CertaintyWords("Limited evidence", "It may be true. The studies are few, small or disagree."),
    "very-low": CertaintyWords("We do not know", "The studies are too few or too weak to tell."),
    "untested": CertaintyWords("Common advice, not tested", "People often say it. Nobody has tested it well."),
    "expert": CertaintyWords(
        "Expert advice", "Doctors and physios advise or describe it. It has not been tested in trials."
    ),
}


def phrase(kind: Kind, certainty: Certainty | None) -> str:
    """Return the verb phrase of a relation, with the verb that fits its certainty: "probably eases", "may cause"."""
    words = KINDS[kind]
    if words.stance == "contested":
        return f"may or may not {words.base}"
    if kind == "mistaken-for":
        return words.verb
    match certainty:
        case "moderate":
            return f"probably {words.verb}"
        case "low":
            return f"may {words.base}"
        case "very-low":
            return f"may or may not {words.base}"
        case "untested":
            return f"is often said to {words.base}"
        case "expert":
            return f"is thought to {words.base}"
        case _:
            return words.verb
