# Escalations: states that are not in escalation_options go to the object's own contacts.
--- objects
define host {
 use host
 host_name escalation-options
 notification_interval 1
}
define service {
 use service
 host_name escalation-options
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-options
 service_description web
 first_notification 1
 last_notification 0
 notification_interval 1
 escalation_options c
 contacts manager
}
define hostescalation {
 host_name escalation-options
 first_notification 1
 last_notification 0
 notification_interval 1
 escalation_options u,r
 contacts director
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-options;web;1;slow
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-options;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-options;web;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-options;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-options;web;0;fine
7	command	PROCESS_HOST_CHECK_RESULT;escalation-options;1;gone
8	command	PROCESS_HOST_CHECK_RESULT;escalation-options;2;cut off
9	command	PROCESS_HOST_CHECK_RESULT;escalation-options;0;here
