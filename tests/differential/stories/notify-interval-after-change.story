# Re-notification: a hard change to another bad state starts the interval anew.
--- objects
define host {
 use host
 host_name notify-interval-after-change
}
define service {
 use service
 host_name notify-interval-after-change
 service_description web
 max_check_attempts 1
 notification_interval 4
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;1;slow
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;1;slow
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-interval-after-change;web;0;fine
