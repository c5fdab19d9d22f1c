# Downtime: one whose start is in the past begins at once.
--- objects
define host {
 use host
 host_name downtime-in-progress
}
define service {
 use service
 host_name downtime-in-progress
 service_description web
 max_check_attempts 1
}
--- scenario
3	command	SCHEDULE_SVC_DOWNTIME;downtime-in-progress;web;@-100@;@+7@;1;0;0;ana;late entry
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-in-progress;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;downtime-in-progress;web;2;dead
