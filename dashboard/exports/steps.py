"""What a job is going to do and what it has made, and which of its steps begins."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.exports.parts import Part


@dataclass(frozen=True)
class Step:
    """One step of a job: its kind, whose mean time is remembered, and what it makes, for people."""

    kind: str
    what: str


@dataclass(frozen=True)
class Made:
    """What a job has made: file name -> bytes, and what could not be made, for people."""

    files: Mapping[str, bytes]
    notes: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))


# The work calls its argument with the place of each step when it begins it.
Work = Callable[[Callable[[int], None]], Made]


class Progress:
    """Says which step begins. Steps that turn out to be needless are passed over."""

    def __init__(self, planned: Sequence[Step], begin: Callable[[int], None]) -> None:
        self._planned, self._begin, self._at = planned, begin, -1

    def next_of(self, kind: str, name: str = "") -> None:
        """The next step of this kind begins; with a name, the one of this name."""
        for at in range(self._at + 1, len(self._planned)):
            step = self._planned[at]
            if step.kind == kind and (not name or step.what.endswith(f": {name}")):
                self._at = at
                self._begin(at)
                return


class Taken(list[Part]):
    """Parts with their names; whoever goes through them first tells which one is begun."""

    def __init__(
        self, kind: str, parts: Iterable[Part], names: Iterable[str], progress: Progress
    ) -> None:
        super().__init__(parts)
        self._kind, self._names, self._progress = kind, tuple(names), progress
        self._first = True

    def __iter__(self) -> Iterator[Part]:
        first, self._first = self._first, False
        return self._told() if first else super().__iter__()

    def _told(self) -> Iterator[Part]:
        for part, name in zip(super().__iter__(), self._names, strict=True):
            self._progress.next_of(self._kind, name)
            yield part
        self._progress.next_of(f"{self._kind}, end")
