# Reachability: without translation a passive problem stays as sent, whatever the parents are.
--- objects
define host {
 use host
 host_name host-unreachable-passive-router
 max_check_attempts 1
}
define host {
 use host
 host_name host-unreachable-passive-server
 parents host-unreachable-passive-router
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;host-unreachable-passive-router;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;host-unreachable-passive-server;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;host-unreachable-passive-router;0;here
5	command	PROCESS_HOST_CHECK_RESULT;host-unreachable-passive-server;2;cut off
6	command	PROCESS_HOST_CHECK_RESULT;host-unreachable-passive-server;0;here
