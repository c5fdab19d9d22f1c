# Log: with log_passive_checks 0 results have neither the line of the check nor that of the command.
--- main
log_passive_checks=0
--- objects
define host {
 use host
 host_name log-no-passive-checks
}
define service {
 use service
 host_name log-no-passive-checks
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;log-no-passive-checks;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;log-no-passive-checks;1;gone
3	command	PROCESS_SERVICE_CHECK_RESULT;log-no-passive-checks;no-such-service;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;log-no-passive-checks;3;impossible
4	command	ADD_SVC_COMMENT;log-no-passive-checks;web;1;ana;hello
