# Re-notification: after notification_interval the next result that brings the same problem is told again;
# results before it are not.
--- objects
define host {
 use host
 host_name notify-interval
 notification_interval 4
}
define service {
 use service
 host_name notify-interval
 service_description web
 max_check_attempts 1
 notification_interval 3
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;notify-interval;0;here
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval;web;0;fine
12	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
14	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
15	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
16	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
17	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
20	command	PROCESS_HOST_CHECK_RESULT;notify-interval;1;gone
21	command	PROCESS_HOST_CHECK_RESULT;notify-interval;0;here
