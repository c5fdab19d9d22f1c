# Log: with log_notifications 0 messages are sent without a line.
--- main
log_notifications=0
--- objects
define host {
 use host
 host_name log-no-notifications
}
define service {
 use service
 host_name log-no-notifications
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;log-no-notifications;web;2;dead
3	command	SEND_CUSTOM_SVC_NOTIFICATION;log-no-notifications;web;0;ana;hello
4	command	PROCESS_SERVICE_CHECK_RESULT;log-no-notifications;web;0;fine
