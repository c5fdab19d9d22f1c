# Notification period: a problem found outside of it waits for the next time the period opens, even if another
# period that is open now is set in the meantime.
--- objects
define host {
 use host
 host_name notify-period-later
 notification_period tomorrow
}
define service {
 use service
 host_name notify-period-later
 service_description web
 max_check_attempts 1
 notification_period tomorrow
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-later;web;2;dead
3	command	CHANGE_SVC_NOTIFICATION_TIMEPERIOD;notify-period-later;web;always
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-later;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-later;web;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-later;web;0;fine
8	command	PROCESS_HOST_CHECK_RESULT;notify-period-later;1;gone
9	command	CHANGE_HOST_NOTIFICATION_TIMEPERIOD;notify-period-later;always
10	command	PROCESS_HOST_CHECK_RESULT;notify-period-later;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;notify-period-later;2;cut off
12	command	PROCESS_HOST_CHECK_RESULT;notify-period-later;0;here
