"""Configurations of any size, written as an operator would write them: plain definitions, no tricks."""

from pathlib import Path

_WEEK = "\n".join(
    f"    {day} 00:00-24:00"
    for day in ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
)

_COMMON = f"""define timeperiod {{
    timeperiod_name 24x7
    alias always
{_WEEK}
}}
define command {{
    command_name check_tcp
    command_line $USER1$/check_tcp -H $HOSTADDRESS$ -p $ARG1$ -t 5
}}
define command {{
    command_name tell
    command_line /bin/true
}}
define contact {{
    contact_name ops
    alias Operations
    host_notification_commands tell
    service_notification_commands tell
    host_notification_period 24x7
    service_notification_period 24x7
    host_notification_options d,u,r
    service_notification_options w,u,c,r
}}
"""

PLUGINS = "/usr/lib/nagios/plugins"


def write_config(folder: Path, *, services: int, per_host: int, port: int, interval: int) -> Path:
    """Writes a main file and its objects: so many services of `check_tcp` on 127.0.0.1.

    Returns:
        The main file. It also carries what nagios4 needs to start as the present user.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "objects.cfg").open("w") as file:
        file.write(_COMMON)
        for host in range(-(-services // per_host)):
            file.write(_host(host))
            for number in range(min(per_host, services - host * per_host)):
                file.write(_service(host, number, port, interval))
    (folder / "resource.cfg").write_text(f"$USER1$={PLUGINS}\n")
    (folder / "spool").mkdir(exist_ok=True)
    main = folder / "nagios.cfg"
    main.write_text(
        f"log_file={folder}/nagios.log\ncfg_file={folder}/objects.cfg\nresource_file={folder}/resource.cfg\n"
        f"interval_length=1\nnagios_user=root\nnagios_group=root\ntemp_path={folder}\n"
        f"check_result_path={folder}/spool\nstatus_file={folder}/status.dat\nstatus_update_interval=2\n"
        f"object_cache_file={folder}/objects.cache\nprecached_object_file={folder}/objects.precache\n"
        f"lock_file={folder}/nagios.lock\ncommand_file={folder}/nagios.cmd\nquery_socket={folder}/nagios.qh\n"
        "check_external_commands=0\nuse_syslog=0\ncheck_for_updates=0\nillegal_macro_output_chars=`~$&|'\"<>\n"
        f"state_retention_file={folder}/retention.dat\n"
    )
    return main


def _host(number: int) -> str:
    return (
        "define host {\n"
        f"    host_name host{number:05}\n    alias Host {number}\n    address 127.0.0.1\n"
        "    max_check_attempts 3\n    check_interval 0\n    check_period 24x7\n"
        "    notification_period 24x7\n    contacts ops\n}\n"
    )


def _service(host: int, number: int, port: int, interval: int) -> str:
    return (
        "define service {\n"
        f"    host_name host{host:05}\n    service_description service {number}\n"
        f"    check_command check_tcp!{port}\n    check_interval {interval}\n    retry_interval 2\n"
        "    max_check_attempts 3\n    check_period 24x7\n    notification_period 24x7\n    contacts ops\n}\n"
    )
