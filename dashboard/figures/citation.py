"""How to cite an edition or a figure: as text, BibTeX and RIS, each with the date of access."""

import re
from dataclasses import dataclass
from datetime import date

from dashboard.edition.tables import Package
from dashboard.edition.wording import long_date

# What BibTeX and LaTeX act on; the backslash first, because the others bring their own.
_LATEX = (
    ("\\", r"\textbackslash{}"),
    ("{", r"\{"),
    ("}", r"\}"),
    ("&", r"\&"),
    ("%", r"\%"),
    ("#", r"\#"),
    ("_", r"\_"),
    ("$", r"\$"),
    ("~", r"\textasciitilde{}"),
    ("^", r"\textasciicircum{}"),
)
_LINES = re.compile(r"\s*[\r\n]+\s*")


@dataclass(frozen=True)
class Citation:
    """The same citation for a text, for BibTeX and for reference managers (RIS)."""

    text: str
    bibtex: str
    ris: str


def cite(package: Package, edition: str, accessed: date, url: str = "") -> Citation:
    """The citation of an edition (its code is the key) as it was on the day `accessed`.

    `url`: where it was seen; without it the address of the edition, which may be empty.
    """
    return _citation(_facts(package, edition, url), accessed)


def cite_figure(
    package: Package, edition: str, accessed: date, figure: tuple[str, str, str], url: str = ""
) -> Citation:
    """The citation of a figure in an edition. `figure`: id, title, and population with filters."""
    id, title, subtitle = figure
    facts = _facts(package, edition, url)
    facts |= {
        "figure": _line(title).rstrip("."),
        "subtitle": _line(subtitle).rstrip("."),
        "key": f"{edition}-{id}",
    }
    return _citation(facts, accessed)


def _facts(package: Package, edition: str, url: str) -> dict[str, str]:
    about = package.edition
    return {
        "title": _line(package.title),
        "producer": _line(about["producer"]).rstrip("."),
        "reviewed": about["as_of"],
        "licence": _line(about["licence"]),
        "statement": _line(about["statement"]),
        "url": _line(url or about.get("url", "")),
        "edition": edition,
        "key": edition,
        "figure": "",
        "subtitle": "",
    }


def _citation(facts: dict[str, str], accessed: date) -> Citation:
    return Citation(_text(facts, accessed), _bibtex(facts, accessed), _ris(facts, accessed))


def _line(text: str) -> str:
    """One line: a line break would end a field of RIS."""
    return _LINES.sub(" ", text).strip()


def _text(facts: dict[str, str], accessed: date) -> str:
    year = facts["reviewed"][:4]
    where = f" {facts['url']}" if facts["url"] else ""
    within = f"“{facts['figure']}”. Figure in: " if facts["figure"] else ""
    return (
        f"{within}{facts['title']} ({year}) [data set]. {facts['producer']}. Review as of "
        f"{long_date(facts['reviewed'])}. CMCoord Training Atlas, edition {facts['edition']}."
        f"{where} Accessed {long_date(accessed.isoformat())}."
    )


def _bibtex(facts: dict[str, str], accessed: date) -> str:
    within = f"Figure in: {facts['title']}. " if facts["figure"] else ""
    what = f"Figure. {facts['subtitle']}." if facts["figure"] else "Data set."
    fields = {
        "title": f"{{{_latex(facts['figure'] or facts['title'])}}}",
        # Doubled braces: an organisation, not a person with a family name.
        "author": f"{{{_latex(facts['producer'])}}}",
        "year": facts["reviewed"][:4],
        "month": str(int(facts["reviewed"][5:7])),
        "howpublished": _latex(f"{within}CMCoord Training Atlas, edition {facts['edition']}"),
        "note": _latex(
            f"{what} {facts['statement']} Licence: {facts['licence']}. "
            f"Accessed {long_date(accessed.isoformat())}"
        ),
        "url": facts["url"].replace("{", "%7B").replace("}", "%7D"),
        "urldate": accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(facts['key'])},", *lines, "}"]) + "\n"


def _key(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.:-]+", "-", code) or "edition"


def _latex(text: str) -> str:
    signs = dict(_LATEX)
    return "".join(signs.get(sign, sign) for sign in text)


def _ris(facts: dict[str, str], accessed: date) -> str:
    lines = [
        ("TY", "FIGURE" if facts["figure"] else "DATA"),
        ("TI", facts["figure"] or facts["title"]),
        ("T2", facts["title"] if facts["figure"] else ""),
        ("AU", facts["producer"]),
        ("PY", facts["reviewed"][:4]),
        ("DA", facts["reviewed"].replace("-", "/")),
        ("PB", "CMCoord Training Atlas"),
        ("ET", facts["edition"]),
        ("AB", ". ".join(filter(None, (facts["subtitle"], facts["statement"])))),
        ("C1", f"Licence: {facts['licence']}"),
        ("UR", facts["url"]),
        ("Y2", accessed.isoformat().replace("-", "/")),
        ("ER", ""),
    ]
    kept = [(tag, value) for tag, value in lines if value or tag == "ER"]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in kept)
