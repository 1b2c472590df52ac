"""What each class asks for: how many countries and persons, who, and what to do next."""

from dataclasses import dataclass

from dashboard.measures.coverage import LARGEST_NAMED, Coverage, coverage
from dashboard.measures.states import CLASSES
from dashboard.measures.wording import counted, listing, share
from dashboard.selection import Selection
from dashboard.tables import Tables


@dataclass(frozen=True)
class Ask:
    """One class as a call to act. Texts are plain; `parts` splits class unknown into its states."""

    country_class: str
    label: str
    definition: str
    action: str
    countries: str
    persons: str
    largest: str
    parts: tuple[str, ...]


def asks(tables: Tables, selection: Selection) -> tuple[Ask, ...]:
    """The four classes in the order of the method, with what each asks for."""
    result = coverage(tables, selection)
    groups = result.classes.set_index("country_class")
    terms = {term["code"]: term for term in tables.package.terms("classes")}
    return tuple(
        Ask(
            country_class=code,
            label=terms[code]["label"],
            definition=terms[code]["definition"],
            action=terms[code]["ask"],
            countries=_countries(int(groups.at[code, "countries"])),
            persons=share(int(groups.at[code, "persons"]), result.N) if result.N else "",
            largest=_largest(groups.at[code, "largest"], int(groups.at[code, "countries"])),
            parts=_parts(result) if code == "unknown" else (),
        )
        for code in CLASSES
    )


def _largest(names: tuple[str, ...], countries: int) -> str:
    """The largest contributors by name, the others as a number."""
    others = [""] * (countries - len(names))
    return listing([*names, *others], most=LARGEST_NAMED)


def _parts(result: Coverage) -> tuple[str, ...]:
    return tuple(
        f"{row.state_letter}  {row.state_label}: {_countries(row.countries)}, "
        f"{counted(row.persons, 'person')}"
        for row in result.segments.itertuples() if row.state
    )  # fmt: skip


def _countries(number: int) -> str:
    """A figure even below ten: it stands in a column with larger ones."""
    return counted(number, "country", "countries")
