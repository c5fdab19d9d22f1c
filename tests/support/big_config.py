"""A large configuration in plain definitions, for measurements: no groups, no lists, one block per service."""

from pathlib import Path

_HEAD = """\
define command {
    command_name  check
    command_line  $USER1$/check_dummy $ARG1$
}
define command {
    command_name  tell
    command_line  /bin/true
}
define timeperiod {
    timeperiod_name  always
    alias            Always
    sunday           00:00-24:00
    monday           00:00-24:00
    tuesday          00:00-24:00
    wednesday        00:00-24:00
    thursday         00:00-24:00
    friday           00:00-24:00
    saturday         00:00-24:00
}
define contact {
    contact_name                   ops
    service_notification_period    always
    host_notification_period       always
    service_notification_options   w,u,c,r
    host_notification_options      d,u,r
    service_notification_commands  tell
    host_notification_commands     tell
}
"""

_HOST = """\
define host {{
    host_name            host{number:05d}
    alias                Machine {number}
    address              127.0.{high}.{low}
    check_command        check!0
    max_check_attempts   3
    check_interval       5
    check_period         always
    notification_period  always
    contacts             ops
}}
"""

_SERVICE = """\
define service {{
    host_name              host{number:05d}
    service_description    Service {service}
    check_command          check!{service}
    max_check_attempts     3
    check_interval         5
    retry_interval         1
    check_period           always
    notification_period    always
    notification_interval  60
    contacts               ops
}}
"""


def write_big_config(folder: Path, hosts: int = 10_000, services_per_host: int = 10) -> Path:
    """Write `hosts` × `services_per_host` definitions below `folder`; return the main file."""
    spool, temp = folder / "spool", folder / "temp"
    spool.mkdir(parents=True, exist_ok=True)
    temp.mkdir(exist_ok=True)
    with (folder / "objects.cfg").open("w") as out:
        out.write(_HEAD)
        for number in range(hosts):
            out.write(_HOST.format(number=number, high=number // 250, low=number % 250 + 1))
            for service in range(services_per_host):
                out.write(_SERVICE.format(number=number, service=service))
    main = folder / "nagios.cfg"
    main.write_text(
        f"log_file={folder}/nagios.log\n"
        "nagios_user=root\n"
        "nagios_group=root\n"
        f"check_result_path={spool}\n"
        f"temp_path={temp}\n"
        "illegal_macro_output_chars=`~$&|'\"<>\n"
        "illegal_object_name_chars=`~!$%^&*|'\"<>?,()=\n"
        "cfg_file=objects.cfg\n"
    )
    return main
