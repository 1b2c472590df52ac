"""The rules for numbers in words (docs/method.md): one place, so that they hold everywhere.

Counts are never abbreviated, a share stands beside its n and N, no percentage below N = 10, whole
per cents, thousands separators, dates as "31 January 2018".
"""

import math
from collections.abc import Sequence
from datetime import date

# Below this population a percentage says more than is known.
SMALLEST_FOR_PER_CENT = 10
_SHOWN = 40  # characters of what is wrong, in a message
_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def count(number: int) -> str:
    """A count in figures with thousands separators, for example "6,521"."""
    return f"{int(number):,}"


def quantity(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun, in words below ten, for example "two countries", "12 countries"."""
    noun = one if number == 1 else (many or f"{one}s")
    return f"{count_in_words(number)} {noun}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun in figures even below ten, where it stands beside larger ones."""
    return f"{count(number)} {one if number == 1 else (many or f'{one}s')}"


def count_in_words(number: int) -> str:
    """A count for running text: words below ten ("no", "one", ...), figures from ten on."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else count(number)


def whole_per_cent(n: int, total: int) -> str:
    """The bare share in whole per cents, without "per cent".

    A share that is neither none nor all is never rounded to 0 or 100: it becomes "less than 1" or
    "more than 99". Raises ValueError below N = 10: there is no percentage to be had.
    """
    if total < SMALLEST_FOR_PER_CENT:
        raise ValueError(f"no percentage of {total}")
    rounded = math.floor(100 * n / total + 0.5)
    if rounded == 0 and n > 0:
        return "less than 1"
    if rounded == 100 and n < total:
        return "more than 99"
    return str(rounded)


def proportion(n: int, total: int) -> str:
    """A share whose n and N stand near by: "7 per cent", or "3 of 7" below N = 10."""
    if total < SMALLEST_FOR_PER_CENT:
        return f"{count(n)} of {count(total)}"
    return f"{whole_per_cent(n, total)} per cent"


def share(n: int, total: int) -> str:
    """A share with its n and N: "7 per cent (6,521 of 92,511)", or "3 of 7" below N = 10."""
    if total < SMALLEST_FOR_PER_CENT:
        return f"{count(n)} of {count(total)}"
    return f"{proportion(n, total)} ({count(n)} of {count(total)})"


def share_in_table(n: int, total: int) -> str:
    """`share` where a column is tight: "7% (6,521 of 92,511)", or "3 of 7" below N = 10."""
    return share(n, total).replace(" per cent", "%")


def span(low: int, high: int, total: int) -> str:
    """Two bounds: "between 7 and 85 per cent", or "between 3 and 5 of 7" below N = 10."""
    if total < SMALLEST_FOR_PER_CENT:
        return f"between {count(low)} and {count(high)} of {count(total)}"
    return f"between {whole_per_cent(low, total)} and {whole_per_cent(high, total)} per cent"


def long_date(iso: str) -> str:
    """An ISO date as people read it, for example "31 January 2018"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"


def listing(names: Sequence[str], most: int = 3, last: str = "and") -> str:
    """Names in a sentence: "Pakistan and Egypt", "India, Nepal and five others"."""
    names = list(names)
    if len(names) > most:
        names = [*names[:most], quantity(len(names) - most, "other")]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def capitalised(text: str) -> str:
    """`text` with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]


def shortened(text: str) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
