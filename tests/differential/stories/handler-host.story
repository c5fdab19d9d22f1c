# Event handlers of hosts run like those of services.
--- objects
define host {
 use host
 host_name handler-host
 event_handler restart!$HOSTSTATE$!$HOSTATTEMPT$
}
define host {
 use host
 host_name handler-host-passive
 event_handler restart!$HOSTSTATETYPE$
}
--- scenario
2	host	handler-host	0	here
2	command	PROCESS_HOST_CHECK_RESULT;handler-host-passive;1;gone
3	host	handler-host	2	gone
3	command	PROCESS_HOST_CHECK_RESULT;handler-host-passive;1;gone
4	host	handler-host	2	gone
4	command	PROCESS_HOST_CHECK_RESULT;handler-host-passive;2;cut off
5	host	handler-host	2	gone
5	command	PROCESS_HOST_CHECK_RESULT;handler-host-passive;0;here
6	host	handler-host	2	gone
7	host	handler-host	0	here
8	host	handler-host	2	gone
9	host	handler-host	0	here
