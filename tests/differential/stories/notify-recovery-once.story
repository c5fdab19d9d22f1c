# Recovery: is told only if the problem was told, and only once.
--- objects
define host {
 use host
 host_name notify-recovery-once
}
define service {
 use service
 host_name notify-recovery-once
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	DISABLE_SVC_NOTIFICATIONS;notify-recovery-once;web
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;2;dead
4	command	ENABLE_SVC_NOTIFICATIONS;notify-recovery-once;web
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;notify-recovery-once;web;0;fine
