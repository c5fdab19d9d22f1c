# DELAY_SVC_NOTIFICATION and DELAY_HOST_NOTIFICATION: the next message is not before the given moment, unless
# the state changes. A moment in the past makes the next result told.
--- objects
define host {
 use host
 host_name notify-delayed
}
define service {
 use service
 host_name notify-delayed
 service_description web
 max_check_attempts 1
 notification_interval 2
}
define service {
 use service
 host_name notify-delayed
 service_description mail
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;mail;2;dead
3	command	DELAY_SVC_NOTIFICATION;notify-delayed;web;@+8@
3	command	DELAY_SVC_NOTIFICATION;notify-delayed;mail;@+1@
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;mail;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;2;dead
9	command	DELAY_SVC_NOTIFICATION;notify-delayed;web;@+60@
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;1;slow
11	command	PROCESS_SERVICE_CHECK_RESULT;notify-delayed;web;0;fine
12	command	PROCESS_HOST_CHECK_RESULT;notify-delayed;1;gone
13	command	DELAY_HOST_NOTIFICATION;notify-delayed;@+5@
14	command	PROCESS_HOST_CHECK_RESULT;notify-delayed;1;gone
15	command	PROCESS_HOST_CHECK_RESULT;notify-delayed;0;here
16	command	DELAY_HOST_NOTIFICATION;notify-delayed
