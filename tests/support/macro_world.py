"""A small world with something for every macro: as objects, and in Nagios' own words for the oracle."""

from atalaia.core.macro_lookup import STANDARD_MACROS
from atalaia.core.objects import (
    CommandCall,
    Contact,
    ContactGroup,
    Host,
    HostGroup,
    MainSettings,
    Model,
    Service,
    ServiceGroup,
)
from support.period_rows import PERIODS, definition

ILLEGAL = "`~$&|'\"<>"

NAGIOS_OBJECTS = f"""
define command {{
    command_name  ok
    command_line  /bin/echo fine on $HOSTNAME$|x=1
}}
define contactgroup {{
    contactgroup_name  staff
    alias              All staff
    members            bob
}}
define contactgroup {{
    contactgroup_name  admins
    alias              The admins
    members            bob,ana
}}
define contact {{
    contact_name                   ana
    alias                          Ana "A" Alves
    contactgroups                  staff
    email                          ana@example.org
    pager                          111
    address1                       first street
    address6                       sixth street
    _SHIFT                         day "one"
    host_notification_period       always
    service_notification_period    always
    host_notification_options      d,u,r,f,s
    service_notification_options   w,u,c,r,f,s
    host_notification_commands     tell-host
    service_notification_commands  tell-service!to-$CONTACTNAME$
}}
define contact {{
    contact_name                   bob
    alias                          Bob
    email                          bob@example.org
    _SHIFT                         night
    host_notification_period       always
    service_notification_period    always
    host_notification_options      n
    service_notification_options   n
    host_notification_commands     tell-nobody
    service_notification_commands  tell-nobody
}}
define hostgroup {{
    hostgroup_name  web
    alias           Web servers
    members         web1
    notes           first of $HOSTNAME$ & $HOSTGROUPALIAS$
    notes_url       http://x/$HOSTALIAS$?a=b
    action_url      http://y/$HOSTGROUPALIAS$
}}
define hostgroup {{
    hostgroup_name  all
    alias           All hosts
    members         web2,web1
    notes           everything
}}
define servicegroup {{
    servicegroup_name  shop
    alias              The shop
    members            web1,http port
    notes              of $SERVICEDESC$
    notes_url          http://sg/$SERVICEDESC$
    action_url         http://sga/$SERVICEDESC$
}}
define servicegroup {{
    servicegroup_name  checks
    alias              All checks
    members            web2,disk,web1,ssh,web1,http port
}}
define host {{
    host_name              web1
    alias                  Web & Co
    display_name           The first (web)
    address                127.0.0.1
    check_command          check-host!an arg
    check_interval         600
    retry_interval         600
    max_check_attempts     1
    check_period           always
    event_handler          handle-host!some!$HOSTSTATE$ now
    contacts               ana
    contact_groups         admins
    notification_interval  0
    notification_options   d,u,r
    notes                  note of $HOSTNAME$, $SERVICEDESC$, $_HOSTMAC$
    notes_url              http://n/$HOSTALIAS$/$HOSTOUTPUT$?x=y z
    action_url             http://a/$HOSTADDRESS$/$ARG1$
    _MAC                   00:11
    _QUOTES                a"b`c
    importance             5
}}
define host {{
    host_name           web2
    alias               Second
    address             127.0.0.2
    check_command       ok
    check_interval      600
    max_check_attempts  3
    check_period        always
    contacts            ana
    notes               note of $HOSTNAME$
    notes_url           http://n/$HOSTNAME$
    _MAC                00:22
}}
define service {{
    host_name              web1
    service_description    http port
    display_name           HTTP (shown)
    check_command          check-service!a$HOSTNAME$b!$SERVICEOUTPUT$\\!x!$ARG1$-again
    check_interval         600
    retry_interval         600
    max_check_attempts     2
    check_period           always
    notification_period    always
    event_handler          handle-service
    contacts               ana
    contact_groups         admins
    notification_interval  0
    notification_options   w,u,c,r
    notes                  on $HOSTNAME$: $HOSTNOTES$
    notes_url              http://s/$SERVICEDESC$
    action_url             http://sa/$SERVICEDESC$/$USER1$
    _PORT                  80
    is_volatile            0
    importance             7
}}
define service {{
    host_name            web1
    service_description  ssh
    check_command        ok
    check_interval       600
    max_check_attempts   1
    check_period         always
    contacts             ana
    _PORT                22
}}
define service {{
    host_name            web2
    service_description  disk
    check_command        ok
    check_interval       600
    max_check_attempts   1
    check_period         always
    contacts             bob
}}
{definition(PERIODS["work"])}
"""
"""The commands check-… , handle-… and tell-… are added by the oracle test."""

NAGIOS_RESOURCES = "$USER1$=/usr/lib/x y\n$USER256$=last\n"
NAGIOS_SETTINGS = {
    "admin_email": "root@example.org",
    "admin_pager": "42",
    "website_url": "http://w/",
    "date_format": "iso8601",
    "enable_environment_macros": "1",
}


def call(raw: str) -> CommandCall:
    """A command with its arguments, ``\\!`` being a ``!``."""
    name, *args = raw.replace("\\!", "\0").split("!")
    return CommandCall(name=name, args=tuple(arg.replace("\0", "!") for arg in args), raw=raw)


def settings(**other: object) -> MainSettings:
    """The main file of this world."""
    given: dict[str, object] = {
        "user_macros": {1: "/usr/lib/x y", 256: "last"},
        "admin_email": "root@example.org",
        "admin_pager": "42",
        "website_url": "http://w/",
        "date_format": "iso8601",
        "enable_environment_macros": True,
        "illegal_macro_output_chars": ILLEGAL,
    }
    return MainSettings(**(given | other))  # type: ignore[arg-type]


def model(**other_settings: object) -> Model:
    """All objects of this world."""
    return Model(
        settings=settings(**other_settings),
        timeperiods=PERIODS,
        contacts={"ana": _ana(), "bob": _bob()},
        contact_groups={
            "admins": ContactGroup(contactgroup_name="admins", alias="The admins", members=("ana", "bob")),
            "staff": ContactGroup(contactgroup_name="staff", alias="All staff", members=("bob", "ana")),
        },
        hosts={"web1": _web1(), "web2": _web2()},
        host_groups={
            "all": HostGroup(
                hostgroup_name="all", alias="All hosts", members=("web1", "web2"), notes="everything"
            ),
            "web": HostGroup(
                hostgroup_name="web",
                alias="Web servers",
                members=("web1",),
                notes="first of $HOSTNAME$ & $HOSTGROUPALIAS$",
                notes_url="http://x/$HOSTALIAS$?a=b",
                action_url="http://y/$HOSTGROUPALIAS$",
            ),
        },
        services={service.key: service for service in (_http(), _ssh(), _disk())},
        service_groups={
            "checks": ServiceGroup(
                servicegroup_name="checks",
                alias="All checks",
                members=(("web1", "http port"), ("web1", "ssh"), ("web2", "disk")),
            ),
            "shop": ServiceGroup(
                servicegroup_name="shop",
                alias="The shop",
                members=(("web1", "http port"),),
                notes="of $SERVICEDESC$",
                notes_url="http://sg/$SERVICEDESC$",
                action_url="http://sga/$SERVICEDESC$",
            ),
        },
    )


def _ana() -> Contact:
    return Contact(
        contact_name="ana",
        alias='Ana "A" Alves',
        contact_groups=("admins", "staff"),
        email="ana@example.org",
        pager="111",
        addresses=("first street", None, None, None, None, "sixth street"),
        custom={"SHIFT": 'day "one"'},
    )


def _bob() -> Contact:
    return Contact(
        contact_name="bob",
        alias="Bob",
        contact_groups=("admins", "staff"),
        email="bob@example.org",
        custom={"SHIFT": "night"},
    )


def _web1() -> Host:
    return Host(
        host_name="web1",
        display_name="The first (web)",
        alias="Web & Co",
        address="127.0.0.1",
        hostgroups=("all", "web"),
        check_command=call("check-host!an arg"),
        max_check_attempts=1,
        contacts=("ana",),
        contact_groups=("admins",),
        importance=5,
        notes="note of $HOSTNAME$, $SERVICEDESC$, $_HOSTMAC$",
        notes_url="http://n/$HOSTALIAS$/$HOSTOUTPUT$?x=y z",
        action_url="http://a/$HOSTADDRESS$/$ARG1$",
        custom={"MAC": "00:11", "QUOTES": 'a"b`c'},
    )


def _web2() -> Host:
    return Host(
        host_name="web2",
        display_name="web2",
        alias="Second",
        address="127.0.0.2",
        hostgroups=("all",),
        check_command=call("ok"),
        max_check_attempts=3,
        contacts=("ana",),
        notes="note of $HOSTNAME$",
        notes_url="http://n/$HOSTNAME$",
        custom={"MAC": "00:22"},
    )


def _http() -> Service:
    return Service(
        host_name="web1",
        service_description="http port",
        display_name="HTTP (shown)",
        servicegroups=("checks", "shop"),
        check_command=call("check-service!a$HOSTNAME$b!$SERVICEOUTPUT$\\!x!$ARG1$-again"),
        max_check_attempts=2,
        contacts=("ana",),
        contact_groups=("admins",),
        notification_period="always",
        importance=7,
        notes="on $HOSTNAME$: $HOSTNOTES$",
        notes_url="http://s/$SERVICEDESC$",
        action_url="http://sa/$SERVICEDESC$/$USER1$",
        custom={"PORT": "80"},
    )


def _ssh() -> Service:
    return Service(
        host_name="web1",
        service_description="ssh",
        display_name="ssh",
        servicegroups=("checks",),
        check_command=call("ok"),
        max_check_attempts=1,
        contacts=("ana",),
        custom={"PORT": "22"},
    )


def _disk() -> Service:
    return Service(
        host_name="web2",
        service_description="disk",
        display_name="disk",
        servicegroups=("checks",),
        check_command=call("ok"),
        max_check_attempts=1,
        contacts=("bob",),
    )


ON_DEMAND = (
    "HOSTADDRESS:web2",
    "HOSTADDRESS:nonesuch",
    "HOSTADDRESS:",
    "HOSTADDRESS:all:,",
    "HOSTADDRESS:nonesuch:,",
    "HOSTSTATE:all:",
    "HOSTSTATEID:nonesuch",
    "HOSTNAME:all: and: ",
    "MAXHOSTATTEMPTS:web2",
    "HOSTINFOURL:web2",
    "HOSTNOTES:web2",
    "HOSTNOTESURL:web2",
    "HOSTGROUPNAMES:web2",
    "SERVICEDESC:web1:ssh",
    "SERVICEDESC::ssh",
    "SERVICEDESC::nonesuch",
    "SERVICESTATEID::nonesuch",
    "SERVICESTATEID:web1:nonesuch",
    "SERVICEDESC:web1:nonesuch",
    "SERVICEDESC:checks:, ",
    "SERVICEINFOURL::ssh",
    "SERVICEGROUPNAMES::ssh",
    "SERVICENOTES:web1:http port",
    "CONTACTEMAIL:bob",
    "CONTACTEMAIL:nonesuch",
    "CONTACTADDRESS1",
    "CONTACTADDRESS6",
    "CONTACTADDRESS7",
    "CONTACTADDRESS",
    "CONTACTADDRESS1:ana",
    "CONTACTADDRESS1:nonesuch",
    "CONTACTGROUPNAMES:bob",
    "HOSTGROUPMEMBERS:web",
    "HOSTGROUPNOTES:web",
    "HOSTGROUPNOTESURL:web",
    "HOSTGROUPACTIONURL:web",
    "HOSTGROUPMEMBERS:nonesuch",
    "HOSTGROUPMEMBERADDRESSES:all",
    "SERVICEGROUPMEMBERS:checks",
    "SERVICEGROUPALIAS:nonesuch",
    "CONTACTGROUPMEMBERS:admins",
    "CONTACTGROUPALIAS:nonesuch",
    "ISVALIDTIME:work",
    "ISVALIDTIME:work:1925456400",
    "ISVALIDTIME:nonesuch",
    "NEXTVALIDTIME:work:1925484360",
    "NEXTVALIDTIME:work:0x72C48F48",
    "NEXTVALIDTIME:work:016261107510",
    "NEXTVALIDTIME:work:nonsense",
    "LONGDATETIME:x",
    "ADMINEMAIL:x:y",
    "NOTIFICATIONTYPE:x",
    "ARG1",
    "ARG2",
    "ARG3",
    "ARG4",
    "ARG32",
    "ARG33",
    "ARG0",
    "ARG",
    "ARG1x",
    "USER1",
    "USER2",
    "USER256",
    "USER257",
    "USER",
    "USER1:x",
    "_HOSTMAC",
    "_HOSTQUOTES",
    "_HOSTMAC:web2",
    "_HOSTMAC:nonesuch",
    "_SERVICEPORT",
    "_SERVICEPORT:web1:ssh",
    "_SERVICEPORT::ssh",
    "_CONTACTSHIFT",
    "_CONTACTSHIFT:bob",
    "_OTHER",
    "UNKNOWN",
    "hostname",
    " HOSTNAME",
    "HOSTNAME ",
)
"""Macros with parts behind their names, numbers and custom variables, and what is none.

Left out are some that make Nagios Core 4.4.6 crash or read freed memory: lists of contacts or of custom
variables by group, and services without a description.
"""

MACROS = (*STANDARD_MACROS, *ON_DEMAND)
"""What stands between two dollar signs."""
