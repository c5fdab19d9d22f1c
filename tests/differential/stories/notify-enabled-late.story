# Settings: with enable_notifications 0 nobody is told until somebody switches it on.
--- alone: switches notifications of the whole program
--- main
enable_notifications=0
--- objects
define host {
 use host
 host_name notify-enabled-late
}
define service {
 use service
 host_name notify-enabled-late
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-enabled-late;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-enabled-late;web;0;fine
4	command	ENABLE_NOTIFICATIONS
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-enabled-late;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-enabled-late;web;0;fine
