# Host states: with passive_host_checks_are_soft passive results count as active ones.
--- main
passive_host_checks_are_soft=1
--- objects
define host {
 use host
 host_name host-passive-soft
}
define host {
 use host
 host_name host-passive-soft-sent-unreachable
 max_check_attempts 2
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;1;gone
2	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-sent-unreachable;2;cut off
3	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-sent-unreachable;2;cut off
4	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-sent-unreachable;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;0;here
6	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft-sent-unreachable;0;here
7	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;1;gone
8	command	PROCESS_HOST_CHECK_RESULT;host-passive-soft;0;here
