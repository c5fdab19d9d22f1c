# Escalations: outside of escalation_period an escalation does not count.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define host {
 use host
 host_name escalation-period
}
define service {
 use service
 host_name escalation-period
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-period
 service_description web
 first_notification 1
 last_notification 0
 notification_interval 1
 escalation_period never
 contacts manager
}
define serviceescalation {
 host_name escalation-period
 service_description web
 first_notification 2
 last_notification 0
 notification_interval 1
 escalation_period always
 contacts director
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-period;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-period;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-period;web;0;fine
