"""Commands and their environment: arguments, and what may never reach a shell."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from atalaia.core.macro_lookup import STANDARD_MACROS
from atalaia.core.macros import environment, expand, expand_command
from atalaia.core.runtime import Runtime
from support.macro_contexts import KEY, a_context, told
from support.macro_world import ILLEGAL, MACROS, model


def test_a_command_gets_its_arguments() -> None:
    expanded = expand_command("$USER1$/check -H $HOSTADDRESS$ -p $ARG1$ $ARG2$", a_context(), ("80",))

    assert expanded == "/usr/lib/x y/check -H 127.0.0.1 -p 80 "


def test_an_argument_is_expanded_once_and_may_use_those_before_it() -> None:
    expanded = expand_command(
        "$ARG1$ $ARG2$ $ARG3$", a_context(), ("$HOSTNAME$", "$ARG1$-$ARG3$", "$$HOSTNAME$$")
    )

    assert expanded == "web1 web1- $HOSTNAME$"


def test_only_32_arguments_are_taken() -> None:
    args = [str(number) for number in range(1, 40)]

    assert (
        expand_command("$ARG1$ $ARG32$ $ARG33$ $ARG0$ $ARG$ $ARG2x$", a_context(), args)
        == "1 32 $ARG33$ $ARG0$ $ARG$ 2"
    )


def test_what_a_plugin_wrote_cannot_reach_the_shell() -> None:
    hostile = "\"; rm -rf / #' `reboot` $(halt) & | > /etc/x < \x07\x1b[2J ~root"
    context = a_context(known={KEY: Runtime(output=hostile, long_output=hostile, perfdata=hostile)})

    expanded = expand_command(
        "tell '$SERVICEOUTPUT$' '$LONGSERVICEOUTPUT$' $ARG1$", context, ("$SERVICEPERFDATA$",)
    )

    written = expanded.removeprefix("tell ").replace("' '", "").strip("'")
    assert not set(written) - {"'"} & {*ILLEGAL, "\x07", "\x1b"}
    assert expanded.count("'") == 4


def test_notes_carry_no_dangerous_signs_into_a_command() -> None:
    host = replace(model().hosts["web1"], notes="seen: $SERVICEOUTPUT$")

    assert expand_command("tell '$HOSTNOTES$'", a_context(host=host)) == "tell 'seen: no answer x (y)'"


def test_what_people_wrote_is_cleaned_too() -> None:
    context = told(author='An "other" `one`', comment="it's $(me)")

    expanded = expand_command(
        "$NOTIFICATIONAUTHOR$|$NOTIFICATIONCOMMENT$|$_HOSTQUOTES$|$_CONTACTSHIFT$", context
    )

    assert expanded == "An other one|its (me)|abc|day one"


def test_values_of_the_configuration_are_not_cleaned() -> None:
    assert expand_command("$HOSTALIAS$ $ARG1$", a_context(), ('a"b',)) == 'Web & Co a"b'


def test_control_characters_go_even_when_no_character_is_illegal() -> None:
    context = a_context(
        known={KEY: Runtime(output="a\tb\x7f`c`")}, of_model=model(illegal_macro_output_chars="")
    )

    assert expand_command("$SERVICEOUTPUT$", context) == "ab`c`"


def test_nothing_is_cleaned_in_a_file_template() -> None:
    assert (
        expand("$SERVICEOUTPUT$\t$SERVICEPERFDATA$", a_context(), clean=False)
        == "no 'answer' `x` $(y)\ttime=1s;2"
    )


@given(st.text(), st.sampled_from(MACROS))
def test_no_cleaned_macro_lets_a_dangerous_sign_through(said: str, macro: str) -> None:
    known = {KEY: Runtime(output=said, long_output=said, perfdata=said), ("web1", ""): Runtime(output=said)}
    context = a_context(known=known, contact=model().contacts["ana"])
    harmless = a_context(known={}, contact=model().contacts["ana"])

    signs = set(ILLEGAL) & set(expand_command(f"${macro}$", context))
    if "URL" in macro:
        signs.discard("~")  # the one sign that addresses carry as it is

    assert signs <= set(expand_command(f"${macro}$", harmless))


def test_the_environment_is_empty_unless_asked_for() -> None:
    assert environment(a_context(of_model=model(enable_environment_macros=False))) == {}


def test_the_environment_has_all_macros_and_arguments() -> None:
    variables = environment(a_context(), ("$HOSTNAME$ now",))

    assert set(variables) >= {f"NAGIOS_{name}" for name in STANDARD_MACROS}
    assert variables["NAGIOS_ARG1"] == "web1 now"
    assert variables["NAGIOS_ARG32"] == ""
    assert variables["NAGIOS_CONTACTNAME"] == ""
    assert variables["NAGIOS_ISVALIDTIME"] == ""
    assert variables["NAGIOS_SERVICEOUTPUT"] == "no 'answer' `x` $(y)"
    assert "NAGIOS_CONTACTADDRESS0" not in variables


def test_custom_variables_are_cleaned_in_the_environment_and_empty_ones_left_out() -> None:
    world = model()
    service = replace(world.services[KEY], custom={"PORT": "80", "NONE": "", "SIGNS": "``"})

    variables = environment(a_context(service=service))

    assert variables["NAGIOS__HOSTQUOTES"] == "abc"
    assert {name for name in variables if name.startswith("NAGIOS__SERVICE")} == {"NAGIOS__SERVICEPORT"}


def test_a_contact_s_addresses_count_from_zero_in_the_environment() -> None:
    variables = environment(told())

    assert variables["NAGIOS_CONTACTADDRESS0"] == "first street"
    assert variables["NAGIOS_CONTACTADDRESS1"] == ""
    assert variables["NAGIOS_CONTACTADDRESS5"] == "sixth street"
    assert variables["NAGIOS__CONTACTSHIFT"] == "day one"


def test_large_installations_have_no_sums_and_member_lists_in_the_environment() -> None:
    variables = environment(a_context(of_model=model(use_large_installation_tweaks=True)))

    assert not {name for name in variables if name.startswith(("NAGIOS_TOTALHOSTS", "NAGIOS_TOTALSERVICE"))} - {
        name for name in variables if name.startswith("NAGIOS_TOTALHOSTSERVICES")
    }
    assert "NAGIOS_HOSTGROUPMEMBERS" not in variables
    assert "NAGIOS_HOSTNAME" in variables


def test_every_macro_of_nagios_4_5_is_known() -> None:
    assert len(STANDARD_MACROS) == 165
