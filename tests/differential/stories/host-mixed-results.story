# Host states: an active result after a passive problem finds it hard; a passive one makes a soft problem
# hard.
--- objects
define host {
 use host
 host_name host-mixed-results-first-passive
}
define host {
 use host
 host_name host-mixed-results-first-active
}
--- scenario
2	host	host-mixed-results-first-active	2	gone
2	command	PROCESS_HOST_CHECK_RESULT;host-mixed-results-first-passive;1;gone
4	host	host-mixed-results-first-passive	2	gone
4	command	PROCESS_HOST_CHECK_RESULT;host-mixed-results-first-active;1;gone
6	host	host-mixed-results-first-passive	0	here
6	host	host-mixed-results-first-active	2	gone
8	host	host-mixed-results-first-active	0	here
