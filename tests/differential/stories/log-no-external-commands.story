# Log: with log_external_commands 0 only failures of commands have lines; results are passive checks, not
# commands.
--- main
log_external_commands=0
--- objects
define host {
 use host
 host_name log-no-external-commands
}
define service {
 use service
 host_name log-no-external-commands
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;log-no-external-commands;web;2;dead
3	command	ADD_SVC_COMMENT;log-no-external-commands;web;1;ana;hello
3	command	ADD_SVC_COMMENT;log-no-external-commands;no-such-service;1;ana;hello
4	command	_log-no-external-commands
