"""One page of each template: what every reader's browser must be able to show."""

TEMPLATES = {
    "home": "",
    "cause": "causes/doms/",
    "mechanism": "mechanisms/eccentric-overload/",
    "question": "faqs/what-eases-soreness/",
    "tip": "tips/recover-well/",
    "warning signs": "warning-signs/",
    "section": "causes/",
    "glossary": "glossary/",
    "sources": "sources/",
    "body area": "body-areas/calf/",
    "find": "find/",
    "map": "map/",
    "handouts": "handouts/",
    "composer": "print/",
    "written page": "about/",
    "not found": "404.html",
}
OPEN_ALL = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"
