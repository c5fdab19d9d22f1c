# First notification delay: a problem that is over before anybody was told is over in silence.
--- objects
define host {
 use host
 host_name notify-first-delay-recovery
}
define service {
 use service
 host_name notify-first-delay-recovery
 service_description web
 max_check_attempts 1
 first_notification_delay 60
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay-recovery;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay-recovery;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay-recovery;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-first-delay-recovery;web;0;fine
