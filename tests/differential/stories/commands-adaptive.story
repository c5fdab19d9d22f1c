# Commands: max_check_attempts is changed for soft problems, too; the attempt of a hard problem follows.
# Fractions are cut off, negative numbers are refused.
--- objects
define host {
 use host
 host_name commands-adaptive
 max_check_attempts 4
}
define service {
 use service
 host_name commands-adaptive
 service_description soft
 max_check_attempts 4
}
define service {
 use service
 host_name commands-adaptive
 service_description hard
 max_check_attempts 2
}
--- scenario
2	host	commands-adaptive	2	gone
2	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;soft;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;hard;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;hard;2;dead
4	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-adaptive;soft;2.9
4	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-adaptive;hard;5
4	command	CHANGE_MAX_HOST_CHECK_ATTEMPTS;commands-adaptive;2
6	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;soft;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;hard;1;slow
7	host	commands-adaptive	2	gone
8	command	CHANGE_MAX_SVC_CHECK_ATTEMPTS;commands-adaptive;soft;-1
9	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;soft;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;commands-adaptive;soft;1;slow
