"""Downtimes: planned, begun, ended, cancelled (Nagios' rules, in Nagios' order).

An object may be in several downtimes at once; it is *in downtime* while at least one is in effect, and people
are told of its beginning and end only when the first begins and the last ends.
"""

from datetime import datetime, tzinfo

import msgspec

from atalaia.core.agenda import Agenda, Appointment, Topic
from atalaia.core.comments import INTERNAL_AUTHOR, Comments, Deleted
from atalaia.core.downtime_book import DowntimeBook
from atalaia.core.effects import Effects
from atalaia.core.events import DowntimeEnded, DowntimeScheduled, DowntimeStarted
from atalaia.core.instants import Instant
from atalaia.core.objects import ObjectKey
from atalaia.core.records import CommentKind, Downtime
from atalaia.core.runtime import Runtime
from atalaia.core.step import Ids, NotificationKind
from atalaia.core.telling import Occasion, Teller
from atalaia.core.topology import Topology


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody wants: a downtime without a number yet. `duration` is in seconds."""

    start: Instant
    end: Instant
    fixed: bool = True
    triggered_by: int = 0
    duration: float = 0.0
    author: str
    comment: str
    entry_time: Instant


class Downtimes:
    """Keeps the downtime part of every Runtime."""

    def __init__(
        self,
        book: DowntimeBook,
        topology: Topology,
        states: dict[ObjectKey, Runtime],
        comments: Comments,
        agenda: Agenda,
        teller: Teller,
        *,
        tz: tzinfo,
        ids: Ids,
    ) -> None:
        self.book = book
        self._topology = topology
        self._states = states
        self._comments = comments
        self._agenda = agenda
        self._teller = teller
        self._tz = tz
        self._ids = ids

    # --- planning -----------------------------------------------------------------------------------------

    def schedule(self, key: ObjectKey, plan: Plan, now: Instant, effects: Effects) -> Downtime:
        """Plans a downtime; its times were found to make sense."""
        downtime = Downtime(
            id=self._ids.next_downtime(),
            host=key[0],
            service=key[1],
            entry_time=plan.entry_time,
            start=plan.start,
            end=plan.end,
            fixed=plan.fixed,
            duration=plan.end - plan.start if plan.fixed else plan.duration,
            triggered_by=plan.triggered_by,
            author=plan.author,
            text=plan.comment,
        )
        effects.events.append(
            DowntimeScheduled(
                time=now,
                host=key[0],
                service=key[1],
                downtime_id=downtime.id,
                author=plan.author,
                comment=plan.comment,
                start=plan.start,
                end=plan.end,
                fixed=plan.fixed,
                duration=downtime.duration,
                triggered_by=plan.triggered_by,
            )
        )
        return self._register(downtime, now, effects)

    def _register(self, downtime: Downtime, now: Instant, effects: Effects) -> Downtime:
        downtime = self._commented(downtime, now, effects)
        begins = self._begins_at(downtime, now)
        if begins is not None and not downtime.fixed:
            downtime = msgspec.structs.replace(downtime, flexible_start=begins)
        self._put(downtime, effects)
        self._appoint(downtime, begins, now)
        return downtime

    def _commented(self, downtime: Downtime, now: Instant, effects: Effects) -> Downtime:
        """With the comment that tells of it on the object's page; one that has it keeps it."""
        if self._comments.get(downtime.comment_id) is not None:
            return downtime
        comment = self._comments.add(
            downtime.key,
            CommentKind.DOWNTIME,
            author=downtime.author or INTERNAL_AUTHOR,
            text=self._comment_text(downtime),
            now=now,
            effects=effects,
            entry_time=downtime.entry_time,
        )
        return msgspec.structs.replace(downtime, comment_id=comment.id)

    def _begins_at(self, downtime: Downtime, now: Instant) -> Instant | None:
        """When it begins, as far as that is known now."""
        master = self.book.get(downtime.triggered_by) if downtime.triggered_by else None
        if master is not None and master.in_effect:
            return downtime.start if downtime.fixed else now
        if downtime.fixed:
            return None if downtime.triggered_by else downtime.start
        has_problem = self._states[downtime.key].state != 0
        return now if has_problem and downtime.start <= now <= downtime.end else None

    def _appoint(self, downtime: Downtime, begins: Instant | None, now: Instant) -> None:
        if not downtime.fixed or downtime.triggered_by:
            self._agenda.put(Appointment(Instant(downtime.end + 1), Topic.DOWNTIME_EXPIRY, downtime.id))
        if begins is not None:
            self._agenda.put(Appointment(max(begins, now), Topic.DOWNTIME_START, downtime.id))

    def restore(self, remembered: list[Downtime], now: Instant, effects: Effects) -> None:
        """Takes over what was stored: what was in effect still is, what passed meanwhile is gone.

        A downtime that was in effect and whose end has passed ends with the first appointment, and people hear
        of it.
        """
        for downtime in remembered:
            self._ids.downtime = max(self._ids.downtime, downtime.id + 1)
            gone = downtime.key not in self._topology.checkables
            missed = not downtime.in_effect and downtime.end <= now
            if missed and not gone:
                self._ended(downtime, "missed", now, effects, left=False)
            if missed or gone:
                effects.downtimes[downtime.id] = None
                self._comments.delete(downtime.comment_id, now, effects, Deleted.REASON_ENDED)
                continue
            if downtime.in_effect:
                self._resume(self._commented(downtime, now, effects), effects)
            else:
                self._register(downtime, now, effects)

    def _resume(self, downtime: Downtime, effects: Effects) -> None:
        """In effect again without a word: nothing happened that people have to hear of."""
        self._put(downtime, effects)
        self._deepen(downtime.key, 1, effects)
        self._agenda.put(Appointment(self._ends_at(downtime), Topic.DOWNTIME_END, downtime.id))

    # --- beginning ----------------------------------------------------------------------------------------

    def start(self, number: int, now: Instant, effects: Effects) -> None:
        """Begins a downtime, and those that it triggers; nothing if it runs already or is gone."""
        downtime = self.book.get(number)
        if downtime is None or downtime.in_effect:
            return
        enters = self._states[downtime.key].downtime_depth == 0
        if not downtime.fixed and not downtime.flexible_start:
            downtime = msgspec.structs.replace(downtime, flexible_start=now)
        effects.events.append(
            DowntimeStarted(
                time=now,
                host=downtime.host,
                service=downtime.service,
                downtime_id=number,
                author=downtime.author,
                comment=downtime.text,
                until=self._ends_at(downtime),
                entered=enters,
            )
        )
        if enters and not downtime.start_told:
            self._tell(downtime, NotificationKind.DOWNTIMESTART, now, effects)
            downtime = msgspec.structs.replace(downtime, start_told=True)
        self._deepen(downtime.key, 1, effects)
        self._put(msgspec.structs.replace(downtime, in_effect=True), effects)
        self._agenda.put(Appointment(self._ends_at(downtime), Topic.DOWNTIME_END, number))
        for follower in self.book.triggered_by(number):
            self.start(follower.id, now, effects)

    def start_flexible(self, key: ObjectKey, now: Instant, effects: Effects) -> None:
        """The object has a problem: every flexible downtime whose window is open begins."""
        for one in self.book.of(key):
            if not (one.fixed or one.in_effect) and one.start <= now <= one.end:
                self._put(msgspec.structs.replace(one, flexible_start=now), effects)
                self.start(one.id, now, effects)

    # --- ending -------------------------------------------------------------------------------------------

    def end(self, number: int, now: Instant, effects: Effects) -> None:
        """Ends a downtime, and those that it triggered; it is gone afterwards."""
        downtime = self.book.get(number)
        if downtime is None:
            return
        if downtime.in_effect:
            self._deepen(downtime.key, -1, effects)
            left = self._states[downtime.key].downtime_depth == 0
            self._ended(downtime, "ended", now, effects, left=left)
            if left:
                self._tell(downtime, NotificationKind.DOWNTIMEEND, now, effects)
        self._delete(downtime, now, effects)
        for follower in self.book.triggered_by(number):
            self.end(follower.id, now, effects)

    def expire(self, number: int, now: Instant, effects: Effects) -> None:
        """The window of a flexible downtime is over. One that never began goes, and people hear of its end."""
        downtime = self.book.get(number)
        if downtime is None or downtime.in_effect or downtime.end > now:
            return
        self._ended(downtime, "expired", now, effects, left=False)
        self._tell(downtime, NotificationKind.DOWNTIMEEND, now, effects)
        self._delete(downtime, now, effects)

    def cancel(self, number: int, now: Instant, effects: Effects) -> bool:
        """Takes a downtime back, and those that it triggers; False when there is none with this number."""
        downtime = self.book.get(number)
        if downtime is None:
            return False
        left = False
        if downtime.in_effect:
            self._deepen(downtime.key, -1, effects)
            left = self._states[downtime.key].downtime_depth == 0
        self._ended(downtime, "cancelled", now, effects, left=left)
        if left:
            self._tell(downtime, NotificationKind.DOWNTIMECANCELLED, now, effects, signed=False)
        self._delete(downtime, now, effects)
        for follower in self.book.triggered_by(number):
            self.cancel(follower.id, now, effects)
        return True

    def forget(self, key: ObjectKey, effects: Effects) -> None:
        """Drops the downtimes of an object that exists no longer, without a word."""
        for one in self.book.of(key):
            self.book.remove(one.id)
            effects.downtimes[one.id] = None

    # --- the books ----------------------------------------------------------------------------------------

    def _ends_at(self, downtime: Downtime) -> Instant:
        if downtime.fixed:
            return downtime.end
        return Instant(downtime.flexible_start + downtime.duration)

    def _deepen(self, key: ObjectKey, by: int, effects: Effects) -> None:
        known = effects.own(self._states, key)
        known.downtime_depth = max(0, known.downtime_depth + by)

    def _put(self, downtime: Downtime, effects: Effects) -> None:
        self.book.put(downtime)
        effects.downtimes[downtime.id] = downtime

    def _delete(self, downtime: Downtime, now: Instant, effects: Effects) -> None:
        self.book.remove(downtime.id)
        effects.downtimes[downtime.id] = None
        self._comments.delete(downtime.comment_id, now, effects, Deleted.REASON_ENDED)

    def _ended(self, downtime: Downtime, reason: str, now: Instant, effects: Effects, *, left: bool) -> None:
        effects.events.append(
            DowntimeEnded(
                time=now,
                host=downtime.host,
                service=downtime.service,
                downtime_id=downtime.id,
                reason=reason,
                left=left,
            )
        )

    def _tell(
        self,
        downtime: Downtime,
        kind: NotificationKind,
        now: Instant,
        effects: Effects,
        *,
        signed: bool = True,
    ) -> None:
        author, comment = (downtime.author, downtime.text) if signed else ("", "")
        effects.own(self._states, downtime.key)
        obj = self._topology.checkables[downtime.key]
        self._teller.tell(obj, Occasion(kind=kind, author=author, comment=comment), now, effects)

    def _comment_text(self, downtime: Downtime) -> str:
        """Nagios' own sentence: tools show it."""
        what = "service" if downtime.service else "host"
        start, end = (
            datetime.fromtimestamp(at, self._tz).strftime("%m-%d-%Y %H:%M:%S")
            for at in (downtime.start, downtime.end)
        )
        quiet = f"Notifications for the {what} will not be sent out during that time period."
        if downtime.fixed:
            return f"This {what} has been scheduled for fixed downtime from {start} to {end}.  {quiet}"
        hours, seconds = divmod(int(downtime.duration), 3600)
        return (
            f"This {what} has been scheduled for flexible downtime starting between {start} and {end} and "
            f"lasting for a period of {hours} hours and {seconds // 60} minutes.  {quiet}"
        )
