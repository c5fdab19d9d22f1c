# Host states: with translate_passive_host_checks the parents decide whether a passive problem is DOWN or
# UNREACHABLE.
--- main
translate_passive_host_checks=1
--- objects
define host {
 use host
 host_name host-passive-translated-router
 max_check_attempts 1
}
define host {
 use host
 host_name host-passive-translated-server
 parents host-passive-translated-router
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;0;here
4	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-router;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-router;0;here
7	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;1;gone
8	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;2;cut off
9	command	PROCESS_HOST_CHECK_RESULT;host-passive-translated-server;0;here
