# Host states: a passive result is hard at once, with attempt 1, and its state is taken as sent: 1 is DOWN, 2
# is UNREACHABLE.
--- objects
define host {
 use host
 host_name host-passive
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;host-passive;0;here
3	command	PROCESS_HOST_CHECK_RESULT;host-passive;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;host-passive;1;gone
5	command	PROCESS_HOST_CHECK_RESULT;host-passive;2;cut off
6	command	PROCESS_HOST_CHECK_RESULT;host-passive;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;host-passive;0;here
