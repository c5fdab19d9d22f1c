"""Circles in what leads from one object to another: parents, dependencies, exclusions."""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def find_cycles(edges: Mapping[Node, Iterable[Node]]) -> list[list[Node]]:
    """Return circles such that each node is in at most one of them, found in the order of `edges`.

    A graph has a circle exactly when this returns one. Nothing is recursive: chains may be long.
    """
    done: set[Node] = set()
    found: list[list[Node]] = []
    for start in edges:
        path: list[Node] = []
        position: dict[Node, int] = {}
        waiting = [] if start in done else [(start, iter(edges.get(start, ())))]
        if waiting:
            path.append(start)
            position[start] = 0
        while waiting:
            node, following = waiting[-1]
            after = next(following, None)
            if after is None:
                waiting.pop()
                path.pop()
                del position[node]
                done.add(node)
            elif after in position:
                circle = path[position[after] :]
                if not any(member in other for other in found for member in circle):
                    found.append(circle)
            elif after not in done:
                position[after] = len(path)
                path.append(after)
                waiting.append((after, iter(edges.get(after, ()))))
    return found
