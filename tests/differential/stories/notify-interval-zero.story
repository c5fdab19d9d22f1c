# Re-notification: with notification_interval 0 a problem is told once, but a hard change to another bad state
# is told.
--- objects
define host {
 use host
 host_name notify-interval-zero
 notification_interval 0
}
define service {
 use service
 host_name notify-interval-zero
 service_description web
 max_check_attempts 1
 notification_interval 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-zero;web;0;fine
10	command	PROCESS_HOST_CHECK_RESULT;notify-interval-zero;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;notify-interval-zero;1;gone
12	command	PROCESS_HOST_CHECK_RESULT;notify-interval-zero;2;cut off
13	command	PROCESS_HOST_CHECK_RESULT;notify-interval-zero;2;cut off
14	command	PROCESS_HOST_CHECK_RESULT;notify-interval-zero;0;here
