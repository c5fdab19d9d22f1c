# Switches: an object with notifications_enabled 0 is not told of. When they are switched on the next result
# is told; of a recovery in the meantime everybody is told who was told of the problem, with the next OK
# result.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- objects
define host {
 use host
 host_name notify-disabled
 notifications_enabled 0
}
define service {
 use service
 host_name notify-disabled
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name notify-disabled
 service_description mail
 max_check_attempts 1
 notifications_enabled 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;mail;2;dead
3	command	DISABLE_SVC_NOTIFICATIONS;notify-disabled;web
3	command	ENABLE_SVC_NOTIFICATIONS;notify-disabled;mail
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;web;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;mail;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;web;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;mail;2;dead
6	command	ENABLE_SVC_NOTIFICATIONS;notify-disabled;web
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled;mail;0;fine
10	command	PROCESS_HOST_CHECK_RESULT;notify-disabled;1;gone
11	command	ENABLE_HOST_NOTIFICATIONS;notify-disabled
12	command	PROCESS_HOST_CHECK_RESULT;notify-disabled;1;gone
13	command	DISABLE_HOST_NOTIFICATIONS;notify-disabled
14	command	PROCESS_HOST_CHECK_RESULT;notify-disabled;0;here
15	command	ENABLE_HOST_NOTIFICATIONS;notify-disabled
16	command	PROCESS_HOST_CHECK_RESULT;notify-disabled;0;here
