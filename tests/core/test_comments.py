"""Comments: numbers, what goes with its reason, and what a restart keeps."""

import pytest

from atalaia.core.comments import Comments, Deleted
from atalaia.core.effects import Effects
from atalaia.core.events import CommentAdded, CommentDeleted
from atalaia.core.instants import Instant
from atalaia.core.records import Comment, CommentKind
from atalaia.core.step import Ids
from atalaia.core.world import Remembered, World
from support.builders import START, Story, a_host, a_model, a_service

HTTP, WEB = ("web", "http"), ("web", "")


def a_comment(number: int, **fields: object) -> Comment:
    given = {"host": "web", "entry_time": START, "author": "ana", "text": "hm"} | fields
    return Comment(id=number, **given)  # type: ignore[arg-type]


def texts(story: Story, key: tuple[str, str] = HTTP) -> list[str]:
    return [one.text for one in story.world.comments.of(key)]


def commented(text: str = "ADD_SVC_COMMENT;web;http;0;ana;hm") -> Story:
    story = Story(a_model(a_service())).at(1)
    story.order(text)
    assert story.refusal is None
    return story


def test_a_comment_is_on_its_object_with_a_number_and_an_event() -> None:
    story = commented("ADD_SVC_COMMENT;web;http;1;ana;look; here")

    (comment,) = story.world.comments.of(HTTP)
    assert comment == a_comment(
        1, service="http", text="look; here", entry_time=START + 1, persistent=True, external=True
    )
    (event,) = story.happened(CommentAdded)
    assert (event.service, event.comment_id, event.kind, event.author, event.text) == (
        "http",
        1,
        "user",
        "ana",
        "look; here",
    )


def test_comments_are_found_by_number_and_by_object_oldest_first() -> None:
    story = commented()
    story.order("ADD_HOST_COMMENT;web;0;ana;of the host")
    story.order("ADD_SVC_COMMENT;web;http;0;bia;second")

    comments = story.world.comments
    assert texts(story) == ["hm", "second"]
    assert texts(story, WEB) == ["of the host"]
    assert [one.id for one in comments] == [1, 2, 3]
    second = comments.get(2)
    assert second is not None
    assert second.text == "of the host"


def test_a_number_is_never_used_twice() -> None:
    story = commented()
    story.order("DEL_SVC_COMMENT;1")

    story.order("ADD_SVC_COMMENT;web;http;0;ana;again")

    assert [one.id for one in story.world.comments] == [2]


def test_deleting_one_leaves_the_others() -> None:
    story = commented()
    story.order("ADD_SVC_COMMENT;web;http;0;ana;second")

    story.order("DEL_SVC_COMMENT;1")

    assert texts(story) == ["second"]
    (event,) = story.happened(CommentDeleted)
    assert (event.comment_id, event.kind, event.reason) == (1, "user", "by_person")


def test_what_is_not_there_cannot_be_deleted() -> None:
    comments, effects = Comments(Ids()), Effects()

    assert not comments.delete(7, START, effects)
    assert effects.events == []


def test_all_comments_of_an_object_can_be_deleted_at_once() -> None:
    story = commented()
    story.order("ADD_SVC_COMMENT;web;http;1;ana;second")
    story.order("ADD_HOST_COMMENT;web;0;ana;of the host")

    story.order("DEL_ALL_SVC_COMMENTS;web;http")

    assert texts(story) == []
    assert texts(story, WEB) == ["of the host"]


def test_the_comment_of_an_ended_acknowledgement_goes_and_those_of_people_stay() -> None:
    story = Story(a_model(a_service(max_check_attempts=1)))
    story.service(HTTP, 2)
    story.order("ADD_SVC_COMMENT;web;http;0;ana;hm")
    story.order("ACKNOWLEDGE_SVC_PROBLEM;web;http;2;0;0;ana;mine")

    story.at(10).service(HTTP, 0)

    assert texts(story) == ["hm"]


def test_the_comments_of_an_object_that_is_gone_are_dropped_without_a_word() -> None:
    story = commented()
    story.order("ADD_HOST_COMMENT;web;0;ana;of the host")
    effects = Effects()

    story.world.replace(a_model(a_host()), story.now, effects)

    assert [one.text for one in story.world.comments] == ["of the host"]
    assert effects.comments == {1: None}
    assert effects.events == []


def test_what_was_stored_is_taken_over_and_numbers_go_on_behind_it() -> None:
    comments = Comments(ids := Ids())

    comments.restore([a_comment(3), a_comment(8, service="http")])

    assert [one.id for one in comments] == [3, 8]
    assert ids.next_comment() == 9


def with_comments(story: Story, *comments: Comment) -> Story:
    story.world.comments.restore(comments)
    return story


def test_an_orderly_restart_keeps_what_is_persistent() -> None:
    story = commented("ADD_SVC_COMMENT;web;http;1;ana;stays")
    story.order("ADD_SVC_COMMENT;web;http;0;ana;goes")

    story.restart()

    assert texts(story) == ["stays"]


def test_after_an_orderly_restart_the_store_forgets_the_others_too() -> None:
    story = commented()
    kept = list(story.world.comments)
    effects = Effects()

    world = World(story.model, tz=story.world.tz, program_start=START)
    world.start(Remembered(states=story.world.states, comments=kept), START, effects)

    assert effects.comments == {1: None}
    assert world.ids.comment == 2


def test_a_crash_takes_no_comment_away() -> None:
    story = commented()

    story.restart(crash=True)

    assert texts(story) == ["hm"]


def test_the_comment_of_an_object_that_is_gone_does_not_come_back() -> None:
    story = commented("ADD_SVC_COMMENT;web;http;1;ana;stays")

    story.restart(a_model(a_host()))

    assert list(story.world.comments) == []


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"kind": CommentKind.USER}, False),
        ({"kind": CommentKind.USER, "persistent": True}, True),
        ({"kind": CommentKind.ACKNOWLEDGEMENT}, False),
        ({"kind": CommentKind.ACKNOWLEDGEMENT, "persistent": True}, True),
        ({"kind": CommentKind.FLAPPING}, False),
        ({"kind": CommentKind.FLAPPING, "persistent": True}, False),
        ({"kind": CommentKind.DOWNTIME}, False),
    ],
)
def test_a_comment_whose_reason_is_gone_stays_only_if_a_person_wanted_it_to(
    fields: dict[str, object], kept: bool
) -> None:
    story = with_comments(Story(a_model(a_service())), a_comment(1, **fields))

    story.restart()

    assert texts(story, WEB) == (["hm"] if kept else [])


def test_a_comment_with_an_end_goes_by_itself_and_also_after_a_restart() -> None:
    expires = Instant(START + 60)
    story = with_comments(Story(a_model(a_host())), a_comment(1, persistent=True, expires=expires))
    story.at(10).restart()

    story.wait(59)
    assert texts(story, WEB) == ["hm"]

    story.wait(60)
    assert texts(story, WEB) == []
    assert [one.reason for one in story.happened(CommentDeleted)] == [Deleted.EXPIRED.name.lower()]
