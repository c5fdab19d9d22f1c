# A service with a soft problem recovers during the outage of its host and has its next problem after it.
--- objects
define host {
 use host
 host_name outage-soft-then-up
}
define service {
 use service
 host_name outage-soft-then-up
 service_description web
 max_check_attempts 3
}
define service {
 use service
 host_name outage-soft-then-up
 service_description mail
 max_check_attempts 3
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;mail;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;mail;2;dead
4	command	PROCESS_HOST_CHECK_RESULT;outage-soft-then-up;1;gone
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;mail;2;dead
6	command	PROCESS_HOST_CHECK_RESULT;outage-soft-then-up;0;here
7	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;mail;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;mail;0;fine
10	command	PROCESS_SERVICE_CHECK_RESULT;outage-soft-then-up;web;0;fine
