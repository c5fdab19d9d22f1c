# Stalking: with N an alert is logged with every message of a problem, too.
--- objects
define host {
 use host
 host_name stalking-notifications
 notification_interval 2
 stalking_options N
}
define service {
 use service
 host_name stalking-notifications
 service_description web
 max_check_attempts 1
 notification_interval 2
 stalking_options N
}
define service {
 use service
 host_name stalking-notifications
 service_description quiet
 max_check_attempts 1
 notification_interval 2
 notification_options n
 stalking_options N
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;quiet;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;quiet;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;stalking-notifications;web;0;very fine
7	command	PROCESS_HOST_CHECK_RESULT;stalking-notifications;1;gone
8	command	PROCESS_HOST_CHECK_RESULT;stalking-notifications;1;gone
9	command	PROCESS_HOST_CHECK_RESULT;stalking-notifications;1;gone
10	command	PROCESS_HOST_CHECK_RESULT;stalking-notifications;0;here
