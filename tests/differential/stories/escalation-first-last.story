# Escalations: from first_notification to last_notification the escalation's contacts are told instead of the
# object's.
--- objects
define host {
 use host
 host_name escalation-first-last
}
define service {
 use service
 host_name escalation-first-last
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-first-last
 service_description web
 first_notification 2
 last_notification 3
 notification_interval 1
 contacts manager
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;escalation-first-last;web;0;fine
