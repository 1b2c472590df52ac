"""Runs a function of JavaScript in a page of the renderer, and notes what the page asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

# Addresses that lead out of this machine; nothing is sent to them while a page is watched.
OUTSIDE = ("http://*", "https://*", "ws://*", "wss://*")
_EVENT = "Network.requestWillBeSent"


class ScriptFailed(Exception):
    """The function has thrown; the message is its own."""


@dataclass(frozen=True)
class Measured:
    """What a function returned, and the outside addresses that the page asked for meanwhile."""

    result: Any
    asked: tuple[str, ...]


async def measured(tab: Any, function: str, arguments: Sequence[Any]) -> Measured:
    """Call a function (its text) in a tab of the browser. Raises ScriptFailed.

    `tab`: of choreographer, the driver of kaleido. The arguments are plain values and arrays.
    """
    asked: dict[str, None] = {}

    async def note(event: dict[str, Any]) -> None:
        address = event["params"]["request"]["url"]
        if address.startswith(tuple(pattern.rstrip("*") for pattern in OUTSIDE)):
            asked[address] = None

    tab.subscribe(_EVENT, note)
    try:
        await _command(tab, "Network.enable")
        await _command(tab, "Network.setBlockedURLs", urls=list(OUTSIDE))
        result = await _called(tab, function, arguments)
    finally:
        tab.unsubscribe(_EVENT)
        await _command(tab, "Network.setBlockedURLs", urls=[])
        await _command(tab, "Network.disable")
    return Measured(result, tuple(asked))


async def _called(tab: Any, function: str, arguments: Sequence[Any]) -> Any:
    page = await _command(tab, "Runtime.evaluate", expression="globalThis")
    answer = await _command(
        tab,
        "Runtime.callFunctionOn",
        functionDeclaration=function,
        objectId=page["result"]["objectId"],
        awaitPromise=True,
        returnByValue=True,
        arguments=[{"value": argument} for argument in arguments],
    )
    if "exceptionDetails" in answer:
        thrown = answer["exceptionDetails"]
        raise ScriptFailed(thrown.get("exception", {}).get("description") or thrown["text"])
    return answer["result"].get("value")


async def _command(tab: Any, name: str, **params: Any) -> dict[str, Any]:
    answer = await tab.send_command(name, params=params)
    if "error" in answer:
        raise ScriptFailed(answer["error"]["message"])
    return answer["result"]
