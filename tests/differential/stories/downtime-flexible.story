# Downtime: a flexible one begins with a problem in its window and lasts as long as it says. It begins once.
--- differs: 4.4.6 begins a host's flexible downtime only after its problem was told
--- objects
define host {
 use host
 host_name downtime-flexible
}
define host {
 use host
 host_name downtime-flexible-alone
}
define service {
 use service
 host_name downtime-flexible
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-flexible;web;@+3@;@+30@;0;0;5;ana;maintenance
3	command	SCHEDULE_HOST_DOWNTIME;downtime-flexible-alone;@+3@;@+30@;0;0;5;ana;maintenance
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;2;dead
7	command	PROCESS_HOST_CHECK_RESULT;downtime-flexible-alone;1;gone
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;0;fine
14	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible;web;2;dead
14	command	PROCESS_HOST_CHECK_RESULT;downtime-flexible-alone;1;gone
15	command	PROCESS_HOST_CHECK_RESULT;downtime-flexible-alone;0;here
