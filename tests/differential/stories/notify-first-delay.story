# First notification delay: counts from the last hard change of state; the first result after it is told. A
# change between bad states in the meantime starts it anew.
--- objects
define host {
 use host
 host_name notify-first-delay
 first_notification_delay 4
}
define service {
 use service
 host_name notify-first-delay
 service_description web
 max_check_attempts 2
 first_notification_delay 4
}
define service {
 use service
 host_name notify-first-delay
 service_description mail
 max_check_attempts 1
 first_notification_delay 4
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;mail;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;mail;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;mail;1;slow
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;mail;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;mail;1;slow
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;1;slow
11	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay;web;0;fine
12	command	PROCESS_HOST_CHECK_RESULT;notify-first-delay;1;gone
14	command	PROCESS_HOST_CHECK_RESULT;notify-first-delay;1;gone
16	command	PROCESS_HOST_CHECK_RESULT;notify-first-delay;1;gone
17	command	PROCESS_HOST_CHECK_RESULT;notify-first-delay;0;here
