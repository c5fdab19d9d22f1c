# Switches: DISABLE_NOTIFICATIONS and its other name silence everything; the next result after switching on is
# told.
--- differs: 4.4.6 tells a recovery with the result that brings it or never
--- alone: switches notifications of the whole program
--- objects
define host {
 use host
 host_name notify-disabled-everywhere
}
define service {
 use service
 host_name notify-disabled-everywhere
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	DISABLE_NOTIFICATIONS
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled-everywhere;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;notify-disabled-everywhere;0;here
4	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-disabled-everywhere;web;0;ana;not now
4	command	SEND_CUSTOM_SVC_NOTIFICATION;notify-disabled-everywhere;web;2;ana;forced
5	command	ENABLE_NOTIFICATIONS
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled-everywhere;web;2;dead
7	command	ENTER_STANDBY_MODE
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled-everywhere;web;0;fine
8	command	PROCESS_HOST_CHECK_RESULT;notify-disabled-everywhere;1;gone
9	command	ENTER_ACTIVE_MODE
10	command	PROCESS_HOST_CHECK_RESULT;notify-disabled-everywhere;1;gone
11	command	PROCESS_HOST_CHECK_RESULT;notify-disabled-everywhere;0;here
11	command	PROCESS_SERVICE_CHECK_RESULT;notify-disabled-everywhere;web;0;fine
