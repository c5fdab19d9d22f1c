# Host states: with passive_host_checks_are_soft and translate_passive_host_checks a passive problem counts as
# an active one and the parents decide.
--- main
passive_host_checks_are_soft=1
translate_passive_host_checks=1
--- objects
define host {
 use host
 host_name host-passive-soft-translated-router
 max_check_attempts 1
}
define host {
 use host
 host_name host-passive-soft-translated-server
 max_check_attempts 2
 parents host-passive-soft-translated-router
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-translated-router;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-translated-server;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-translated-router;0;here
5	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-translated-server;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-translated-server;0;here
