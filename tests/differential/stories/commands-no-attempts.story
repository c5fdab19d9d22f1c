# Commands: max_check_attempts may be set to 0, which makes the next problem hard at once.
--- atalaia: it is refused
--- objects
define host {
 use host
 host_name commands-no-attempts
}
define service {
 use service
 host_name commands-no-attempts
 service_description web
}
--- scenario
2	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-no-attempts;web;0
3	command	PROCESS_SERVICE_CHECK_RESULT;commands-no-attempts;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;commands-no-attempts;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;commands-no-attempts;web;0;fine
