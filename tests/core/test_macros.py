"""Macros and their values. Nearly all are also compared with what Nagios prints, in the oracle test."""

from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from atalaia.core.instants import Instant
from atalaia.core.macros import expand
from atalaia.core.objects import Host
from atalaia.core.runtime import Runtime
from support.macro_contexts import KEY, NOW, a_context, told
from support.macro_world import model

# --- the signs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expanded"),
    [
        ("plain", "plain"),
        ("", ""),
        ("$HOSTNAME$", "web1"),
        ("a$HOSTNAME$b$HOSTADDRESS$c", "aweb1b127.0.0.1c"),
        ("5$$ and $$HOSTNAME$$", "5$ and $HOSTNAME$"),
        ("$$$HOSTNAME$", "$web1"),
        ("$NONESUCH$ $HOSTNAME$", "$NONESUCH$ web1"),
        ("x$FOO$y$HOSTNAME", "x$FOO$yweb1"),
        ("cost: 5$", "cost: 5$"),
        ("cost: $5", "cost: $5"),
    ],
)
def test_signs_are_read_as_nagios_reads_them(text: str, expanded: str) -> None:
    assert expand(text, a_context(), clean=False) == expanded


@given(st.text(alphabet="a$H:"))
def test_no_text_is_an_error(text: str) -> None:
    expand(text, a_context(), clean=True)


@given(st.text())
def test_a_text_with_doubled_signs_comes_back(text: str) -> None:
    assert expand(text.replace("$", "$$"), a_context(), clean=True) == text


# --- values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("macro", "value"),
    [
        ("HOSTDISPLAYNAME", "The first (web)"),
        ("HOSTSTATE", "DOWN"),
        ("HOSTSTATETYPE", "HARD"),
        ("HOSTGROUPNAME", "web"),
        ("HOSTGROUPNAMES", "web,all"),
        ("HOSTNOTIFICATIONPERIOD", "(null)"),
        ("HOSTANDSERVICESIMPORTANCE", "12"),
        ("HOSTCHECKSOURCE", ""),
        ("TOTALHOSTSERVICES", "2"),
        ("TOTALHOSTSERVICESOK", "1"),
        ("TOTALHOSTSERVICESCRITICAL", "1"),
        ("SERVICESTATE", "CRITICAL"),
        ("SERVICESTATEID", "2"),
        ("LASTSERVICESTATE", "WARNING"),
        ("SERVICESTATETYPE", "SOFT"),
        ("SERVICECHECKTYPE", "PASSIVE"),
        ("SERVICEATTEMPT", "1"),
        ("MAXSERVICEATTEMPTS", "2"),
        ("SERVICELATENCY", "0.123"),
        ("SERVICEEXECUTIONTIME", "1.500"),
        ("SERVICEPERCENTCHANGE", "12.35"),
        ("SERVICEDURATION", "1d 2h 3m 4s"),
        ("SERVICEDURATIONSEC", "93784"),
        ("SERVICENOTIFICATIONNUMBER", "3"),
        ("SERVICENOTIFICATIONENABLED", "YES"),
        ("SERVICENOTIFICATIONPERIOD", "always"),
        ("SERVICECHECKCOMMAND", "check-service!a$HOSTNAME$b!$SERVICEOUTPUT$\\!x!$ARG1$-again"),
        ("SERVICECHECKSOURCE", ""),
        ("SERVICEISVOLATILE", "0"),
        ("SERVICEDOWNTIME", "1"),
        ("SERVICEGROUPMEMBERS", "web1,http port"),
        ("LONGSERVICEOUTPUT", "line\\\\one\\nline two"),
        ("SERVICEINFOURL", "http://w/cgi-bin/extinfo.cgi?type=2&host=web1&service=http%20port"),
        ("TIMET", str(int(NOW))),
        ("PROCESSSTARTTIME", "1900000000"),
        ("EVENTSTARTTIME", "1900000000"),
        ("LONGDATETIME", "Mon Feb 3 04:05:06 -03 2031"),
        ("TEMPPATH", "/tmp"),
        ("ADMINEMAIL", "root@example.org"),
        ("NOTIFICATIONTYPE", ""),
        ("SERVICEACKAUTHOR", ""),
        ("USER1", "/usr/lib/x y"),
        ("USER2", ""),
        ("USER257", "$USER257$"),
        ("USERS", "$USERS$"),
        ("CONTACTNAME", "$CONTACTNAME$"),
        ("CONTACTGROUPNAME", "$CONTACTGROUPNAME$"),
        ("_HOSTMAC", "00:11"),
        ("_HOSTNONESUCH", ""),
        ("_SERVICEPORT", "80"),
        ("_CONTACTSHIFT", "$_CONTACTSHIFT$"),
        ("_OTHERX", "$_OTHERX$"),
    ],
)
def test_a_macro_has_its_value(macro: str, value: str) -> None:
    assert expand(f"${macro}$", a_context(), clean=False) == value


@pytest.mark.parametrize(
    ("date_format", "short", "date"),
    [
        ("us", "02-03-2031 04:05:06", "02-03-2031"),
        ("euro", "03-02-2031 04:05:06", "03-02-2031"),
        ("iso8601", "2031-02-03 04:05:06", "2031-02-03"),
        ("strict-iso8601", "2031-02-03T04:05:06", "2031-02-03"),
        ("anything else", "02-03-2031 04:05:06", "02-03-2031"),
    ],
)
def test_dates_are_written_in_the_configured_format(date_format: str, short: str, date: str) -> None:
    context = a_context(of_model=model(date_format=date_format))

    assert expand("$SHORTDATETIME$|$DATE$|$TIME$", context, clean=False) == f"{short}|{date}|04:05:06"


def test_an_event_loop_that_began_later_has_its_own_start() -> None:
    assert expand("$EVENTSTARTTIME$", a_context(event_start=Instant(5.9)), clean=False) == "5"


def test_a_time_zone_without_a_name_is_left_out() -> None:
    assert (
        expand("$LONGDATETIME$", a_context(tz=UTC, now=Instant(0.0)), clean=False)
        == "Thu Jan 1 00:00:00 UTC 1970"
    )


def test_without_a_website_the_address_says_so() -> None:
    context = a_context(of_model=model(website_url=""))

    assert expand("$HOSTINFOURL$", context, clean=False).startswith("website_url not set/cgi-bin/extinfo.cgi?")


def test_a_clock_that_went_back_gives_no_negative_duration() -> None:
    known = {("web1", ""): Runtime(last_state_change=Instant(NOW + 60.0))}

    assert expand("$HOSTDURATION$ $HOSTDURATIONSEC$", a_context(known=known), clean=False) == "0d 0h 0m 0s 0"


def test_an_object_that_nothing_is_known_of_is_pending() -> None:
    text = "$SERVICESTATE$ $SERVICESTATEID$ '$SERVICEOUTPUT$' $LASTSERVICECHECK$ $LASTSERVICECRITICAL$"

    assert expand(text, a_context(known={}), clean=False) == "OK 0 '' 0 0"


def test_service_macros_stay_in_the_context_of_a_host() -> None:
    text = "$SERVICEDESC$ $SERVICEGROUPNAME$ $_SERVICEPORT$ $SERVICESTATE::$"

    assert expand(text, a_context("host"), clean=False) == "$SERVICEDESC$ $SERVICEGROUPNAME$ $_SERVICEPORT$ "


def test_without_any_object_only_the_server_s_macros_have_a_value() -> None:
    text = "$HOSTNAME$ $HOSTGROUPNAME$ $SERVICESTATE::ssh$ $USER1$ $TIME$"

    assert expand(text, a_context("nothing"), clean=False) == (
        "$HOSTNAME$ $HOSTGROUPNAME$ $SERVICESTATE::ssh$ /usr/lib/x y 04:05:06"
    )


def test_objects_outside_all_groups_have_no_group_macros() -> None:
    world = model()
    single = replace(world.hosts["web1"], hostgroups=(), check_command=None)
    service = replace(world.services[KEY], servicegroups=())
    contact = replace(world.contacts["ana"], contact_groups=())
    text = "$HOSTGROUPNAME$|$HOSTGROUPNAMES$|$SERVICEGROUPNAME$|$SERVICEGROUPNAMES$|$CONTACTGROUPNAME$|"
    text += "$HOSTCHECKCOMMAND$"

    expanded = expand(text, a_context(host=single, service=service, contact=contact), clean=False)

    assert expanded == "$HOSTGROUPNAME$||$SERVICEGROUPNAME$||$CONTACTGROUPNAME$|"


# --- on demand ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("macro", "value"),
    [
        ("HOSTADDRESS:web2", "127.0.0.2"),
        ("HOSTADDRESS:nonesuch", "$HOSTADDRESS:nonesuch$"),
        ("HOSTADDRESS:", "$HOSTADDRESS:$"),
        ("HOSTSTATEID:nonesuch", "2"),
        ("HOSTADDRESS:all:,", "127.0.0.1,127.0.0.2"),
        ("HOSTADDRESS:all:", "127.0.0.1127.0.0.2"),
        ("HOSTADDRESS:all: : ", "127.0.0.1 : 127.0.0.2"),
        ("HOSTADDRESS:nonesuch:,", "$HOSTADDRESS:nonesuch:,$"),
        ("HOSTPERFDATA:all:,", "rta=1"),
        ("SERVICESTATE:web1:ssh", "OK"),
        ("SERVICESTATE::http port", "CRITICAL"),
        ("SERVICESTATE::nonesuch", ""),
        ("SERVICESTATE:web1:nonesuch", "$SERVICESTATE:web1:nonesuch$"),
        ("SERVICESTATEID:web1:nonesuch", "3"),
        ("SERVICESTATE:web1", "$SERVICESTATE:web1$"),
        ("SERVICEDESC:checks:+", "http port+ssh+disk"),
        ("CONTACTEMAIL:bob", "bob@example.org"),
        ("CONTACTPAGER:bob", ""),
        ("CONTACTEMAIL:nonesuch", "$CONTACTEMAIL:nonesuch$"),
        ("CONTACTEMAIL:admins:;", "ana@example.org;bob@example.org"),
        ("CONTACTPAGER:admins:;", "111"),
        ("CONTACTEMAIL:nonesuch:;", "$CONTACTEMAIL:nonesuch:;$"),
        ("CONTACTADDRESS6:ana", "sixth street"),
        ("CONTACTADDRESS7:ana", "$CONTACTADDRESS7:ana$"),
        ("HOSTGROUPMEMBERS:all", "web1,web2"),
        ("HOSTGROUPMEMBERADDRESSES:all", "127.0.0.1,127.0.0.2"),
        ("HOSTGROUPALIAS:nonesuch", "$HOSTGROUPALIAS:nonesuch$"),
        ("SERVICEGROUPALIAS:checks", "All checks"),
        ("CONTACTGROUPMEMBERS:staff", "bob,ana"),
        ("_HOSTMAC:web2", "00:22"),
        ("_HOSTMAC:all:,", "00:11,00:22"),
        ("_HOSTQUOTES:all:,", 'a"b`c,'),
        ("_SERVICEPORT:web1:ssh", "22"),
        ("_SERVICEPORT:web2:disk", ""),
        ("_SERVICEPORT::ssh", "22"),
        ("_SERVICEPORT:checks:,", "80,22,"),
        ("_CONTACTSHIFT:bob", "night"),
        ("_CONTACTSHIFT:admins:/", 'day "one"/night'),
        ("ISVALIDTIME", "$ISVALIDTIME$"),
        ("ISVALIDTIME:nonesuch", "$ISVALIDTIME:nonesuch$"),
        ("ISVALIDTIME:work", "0"),
        ("ISVALIDTIME:all", "1"),
        ("ISVALIDTIME:all:99999999999999999999999", "0"),
        ("NEXTVALIDTIME:all:1", str(int(NOW))),
        ("NEXTVALIDTIME:never:1950000000", "0"),
        ("NEXTVALIDTIME:work", str(int(NOW) + 4 * 3600 + 54 * 60 + 54)),
        ("LONGDATETIME:whatever", "Mon Feb 3 04:05:06 -03 2031"),
    ],
)
def test_a_macro_may_name_its_object(macro: str, value: str) -> None:
    assert expand(f"${macro}$", a_context(), clean=False) == value


@pytest.mark.parametrize(
    "written", ["1950000000", " +1950000000 s", "0x743AA380", "0X743aa380", "016416521600"]
)
def test_a_moment_is_read_as_c_reads_numbers(written: str) -> None:
    assert expand(f"$NEXTVALIDTIME:all:{written}$", a_context(), clean=False) == "1950000000"


def test_a_moment_that_is_no_number_is_long_ago() -> None:
    assert expand("$ISVALIDTIME:night:soon$", a_context(tz=UTC), clean=False) == "1"


# --- notes ----------------------------------------------------------------------------------------------------


def test_notes_are_expanded_once_more_and_addresses_are_encoded() -> None:
    text = "$SERVICENOTES$ | $HOSTNOTESURL$ | $SERVICEACTIONURL$"

    assert expand(text, a_context(), clean=False) == (
        "on web1: note of web1, http port, 00:11 | http://n/Web%20%26%20Co/down?x=y z"
        " | http://sa/http%20port/%2Fusr%2Flib%2Fx%20y"
    )


def test_notes_of_another_host_are_expanded_from_the_host_at_hand() -> None:
    assert expand("$HOSTNOTES:web2$", a_context(), clean=False) == "note of web1"


def test_notes_of_a_group_are_expanded_too() -> None:
    assert expand("$HOSTGROUPNOTES$ | $HOSTGROUPNOTESURL:web$", a_context(), clean=False) == (
        "first of web1 & Web servers | http://x/Web%20%26%20Co?a=b"
    )


def test_missing_notes_are_empty() -> None:
    assert expand("<$HOSTNOTES$><$SERVICENOTESURL::ssh$>", a_context(host=_bare()), clean=False) == "<><>"


def _bare() -> Host:
    return replace(model().hosts["web1"], notes=None)


def test_notes_that_hold_themselves_come_to_an_end() -> None:
    world = model()
    host = replace(world.hosts["web1"], notes="again: $HOSTNOTES$")

    assert expand("$HOSTNOTES$", a_context(host=host), clean=False) == "again: "


def test_notes_in_notes_go_only_so_deep() -> None:
    world = model()
    host = replace(world.hosts["web1"], notes="1$SERVICENOTES$", action_url="3$SERVICEACTIONURL$")
    service = replace(
        world.services[KEY], notes="2$HOSTACTIONURL$", action_url="4$SERVICENOTESURL$", notes_url="5$TIMET$"
    )

    assert expand("$HOSTNOTES$", a_context(host=host, service=service), clean=False) == "1234"


# --- notifications --------------------------------------------------------------------------------------------


def test_a_notification_names_its_contact_and_its_facts() -> None:
    text = "$NOTIFICATIONTYPE$ $NOTIFICATIONNUMBER$ $NOTIFICATIONISESCALATED$ $NOTIFICATIONRECIPIENTS$"
    text += " $CONTACTEMAIL$"

    assert expand(text, told(is_escalated=True), clean=True) == "PROBLEM 2 1 ana,bob ana@example.org"


def test_a_contact_s_addresses_and_groups_are_macros() -> None:
    text = "$CONTACTADDRESS1$|$CONTACTADDRESS2$|$CONTACTADDRESS7$|$CONTACTGROUPNAME$|$CONTACTGROUPNAMES$|"
    text += "$_CONTACTSHIFT$"

    assert expand(text, told(), clean=False) == 'first street||$CONTACTADDRESS7$|staff|staff,admins|day "one"'


@pytest.mark.parametrize(
    ("author", "expanded"),
    [("bob", "bob/bob/Bob"), ("Bob", "Bob/bob/Bob"), ("Somebody", "Somebody//"), ("", "//")],
)
def test_an_author_may_be_a_contact_by_name_or_by_alias(author: str, expanded: str) -> None:
    text = "$NOTIFICATIONAUTHOR$/$NOTIFICATIONAUTHORNAME$/$NOTIFICATIONAUTHORALIAS$"

    assert expand(text, told(author=author), clean=True) == expanded


@pytest.mark.parametrize(
    ("of", "kind", "expanded"),
    [
        ("service", "ACKNOWLEDGEMENT", "//bob/seen"),
        ("host", "ACKNOWLEDGEMENT", "bob/seen/$SERVICEACKAUTHOR$/$SERVICEACKCOMMENT$"),
        ("service", "CUSTOM", "///"),
        ("host", "CUSTOM", "//$SERVICEACKAUTHOR$/$SERVICEACKCOMMENT$"),
    ],
)
def test_the_old_macros_are_filled_for_acknowledgements_only(of: str, kind: str, expanded: str) -> None:
    text = "$HOSTACKAUTHOR$/$HOSTACKCOMMENT$/$SERVICEACKAUTHOR$/$SERVICEACKCOMMENT$"

    assert expand(text, told(of, kind=kind, author="bob", comment="seen"), clean=True) == expanded
