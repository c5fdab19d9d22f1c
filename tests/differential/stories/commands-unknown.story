# Commands: one that Nagios does not know is refused with two lines; the names of the others may be written in
# any case.
--- objects
define host {
 use host
 host_name commands-unknown
}
define service {
 use service
 host_name commands-unknown
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	NO_SUCH_COMMAND;commands-unknown;web
3	command	no_such_command
4	command	process_service_check_result;commands-unknown;web;2;dead
5	command	Process_Service_Check_Result;commands-unknown;web;0;fine
6	command	DELAY_HOST_SVC_NOTIFICATIONS;commands-unknown;@+60@
7	command	PROCESS_SERVICE_CHECK_RESULT ;commands-unknown;web;2;dead
