"""Comments on hosts and services: what people, downtimes, flapping and acknowledgements leave behind.

A comment that is not persistent goes with its reason (an acknowledgement's end, the end of flapping) and, as in
Nagios, when the server is started anew. Numbers grow and are never used twice.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum

from atalaia.core.effects import Effects
from atalaia.core.events import CommentAdded, CommentDeleted
from atalaia.core.instants import NEVER, Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.records import Comment, CommentKind
from atalaia.core.step import Ids

INTERNAL_AUTHOR = "(Nagios Process)"
"""Who signs comments that nobody wrote; tools know the name, so it is kept."""


class Deleted(IntEnum):
    """Why a comment goes."""

    BY_PERSON = 0
    REASON_ENDED = 1
    EXPIRED = 2
    RESTARTED = 3
    """It was not meant to outlive a restart."""


class Comments:
    """All comments, by number and by object."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._by_id: dict[int, Comment] = {}
        self._by_key: dict[ObjectKey, dict[int, Comment]] = {}

    def __iter__(self) -> Iterator[Comment]:
        return iter(self._by_id.values())

    def get(self, number: int) -> Comment | None:
        """The comment with this number."""
        return self._by_id.get(number)

    def of(self, key: ObjectKey) -> list[Comment]:
        """An object's comments, oldest first."""
        return list(self._by_key.get(key, {}).values())

    def restore(self, remembered: Iterable[Comment]) -> None:
        """Takes over what was stored; nothing is told about it."""
        for comment in remembered:
            self._put(comment)
            self._ids.comment = max(self._ids.comment, comment.id + 1)

    def add(
        self,
        key: ObjectKey,
        kind: CommentKind,
        *,
        author: str,
        text: str,
        now: Instant,
        effects: Effects,
        persistent: bool = False,
        external: bool = False,
        entry_time: Instant | None = None,
        expires: Instant = NEVER,
    ) -> Comment:
        """Writes a comment down and returns it with its number."""
        comment = Comment(
            id=self._ids.next_comment(),
            host=key[0],
            service=key[1],
            kind=kind,
            entry_time=now if entry_time is None else entry_time,
            author=author,
            text=text,
            persistent=persistent,
            external=external,
            expires=expires,
        )
        self._put(comment)
        effects.comments[comment.id] = comment
        effects.events.append(
            CommentAdded(
                time=now,
                host=key[0],
                service=key[1],
                comment_id=comment.id,
                kind=kind.name.lower(),
                author=author,
                text=text,
            )
        )
        return comment

    def delete(self, number: int, now: Instant, effects: Effects, why: Deleted = Deleted.BY_PERSON) -> bool:
        """Deletes one comment; False when there is none with this number."""
        comment = self._by_id.pop(number, None)
        if comment is None:
            return False
        key = comment.key
        of_object = self._by_key[key]
        del of_object[number]
        if not of_object:
            del self._by_key[key]
        effects.comments[number] = None
        effects.events.append(
            CommentDeleted(
                time=now,
                host=comment.host,
                service=comment.service,
                comment_id=number,
                kind=comment.kind.name.lower(),
                reason=why.name.lower(),
            )
        )
        return True

    def delete_all(self, key: ObjectKey, now: Instant, effects: Effects) -> None:
        """Deletes all comments of an object."""
        for comment in self.of(key):
            self.delete(comment.id, now, effects)

    def delete_acknowledgement(self, key: ObjectKey, now: Instant, effects: Effects) -> None:
        """Deletes the comments that an acknowledgement left, unless they are persistent."""
        for comment in self.of(key):
            if comment.kind is CommentKind.ACKNOWLEDGEMENT and not comment.persistent:
                self.delete(comment.id, now, effects, Deleted.REASON_ENDED)

    def forget(self, key: ObjectKey, effects: Effects) -> None:
        """Drops the comments of an object that exists no longer, without a word."""
        for number in self._by_key.pop(key, {}):
            del self._by_id[number]
            effects.comments[number] = None

    def _put(self, comment: Comment) -> None:
        self._by_id[comment.id] = comment
        self._by_key.setdefault(comment.key, {})[comment.id] = comment
