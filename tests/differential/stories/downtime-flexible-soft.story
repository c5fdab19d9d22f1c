# Downtime: a flexible one begins with a soft problem already.
--- differs: 4.4.6 begins a host's flexible downtime only after its problem was told
--- objects
define host {
 use host
 host_name downtime-flexible-soft
}
define host {
 use host
 host_name downtime-flexible-soft-alone
}
define service {
 use service
 host_name downtime-flexible-soft
 service_description web
 max_check_attempts 3
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-flexible-soft;web;@+2@;@+30@;0;0;5;ana;maintenance
2	command	SCHEDULE_HOST_DOWNTIME;downtime-flexible-soft-alone;@+2@;@+60@;0;0;5;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;2;dead
# the check makes sure that its result is taken in the middle of the second
5	command	SCHEDULE_FORCED_HOST_CHECK;downtime-flexible-soft-alone;@+5@
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;2;dead
7	host	downtime-flexible-soft-alone	2	gone
7	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-soft;web;0;fine
14	host	downtime-flexible-soft-alone	0	here
