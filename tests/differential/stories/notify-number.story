# SET_SVC_NOTIFICATION_NUMBER and SET_HOST_NOTIFICATION_NUMBER: the next message counts on from the given
# number, which escalations show.
--- objects
define host {
 use host
 host_name notify-number
 notification_interval 1
}
define service {
 use service
 host_name notify-number
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name notify-number
 service_description web
 first_notification 6
 last_notification 6
 notification_interval 1
 contacts manager
}
define hostescalation {
 host_name notify-number
 first_notification 3
 last_notification 0
 notification_interval 1
 contacts director
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-number;web;2;dead
3	command	SET_SVC_NOTIFICATION_NUMBER;notify-number;web;5
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-number;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-number;web;2;dead
7	command	SET_SVC_NOTIFICATION_NUMBER;notify-number;web;0
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-number;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-number;web;0;fine
10	command	PROCESS_HOST_CHECK_RESULT;notify-number;1;gone
11	command	SET_HOST_NOTIFICATION_NUMBER;notify-number;8
12	command	PROCESS_HOST_CHECK_RESULT;notify-number;1;gone
13	command	PROCESS_HOST_CHECK_RESULT;notify-number;0;here
