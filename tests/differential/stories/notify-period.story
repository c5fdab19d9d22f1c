# Notification period: outside of it nobody is told. When it opens the next result is told, without an alert.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define host {
 use host
 host_name notify-period
 notification_period never
}
define service {
 use service
 host_name notify-period
 service_description web
 max_check_attempts 1
 notification_period never
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;2;dead
4	command	CHANGE_SVC_NOTIFICATION_TIMEPERIOD;notify-period;web;always
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;2;dead
6	command	CHANGE_SVC_NOTIFICATION_TIMEPERIOD;notify-period;web;never
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;0;fine
9	command	CHANGE_SVC_NOTIFICATION_TIMEPERIOD;notify-period;web;always
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-period;web;0;fine
12	command	PROCESS_HOST_CHECK_RESULT;notify-period;1;gone
13	command	CHANGE_HOST_NOTIFICATION_TIMEPERIOD;notify-period;always
14	command	PROCESS_HOST_CHECK_RESULT;notify-period;1;gone
15	command	PROCESS_HOST_CHECK_RESULT;notify-period;0;here
