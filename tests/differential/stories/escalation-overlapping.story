# Escalations: contacts of all that are valid are told, each once, and the shortest of their intervals counts.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define contact {
 use contact
 contact_name escalation-overlapping-ana
}
define contactgroup {
 contactgroup_name escalation-overlapping-night
 alias escalation-overlapping-night
 members escalation-overlapping-ana,manager
}
define host {
 use host
 host_name escalation-overlapping
}
define service {
 use service
 host_name escalation-overlapping
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-overlapping
 service_description web
 first_notification 2
 last_notification 4
 notification_interval 5
 contacts manager
}
define serviceescalation {
 host_name escalation-overlapping
 service_description web
 first_notification 3
 last_notification 5
 notification_interval 2
 contacts director
 contact_groups escalation-overlapping-night
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
9	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;2;dead
14	command	PROCESS_SERVICE_CHECK_RESULT;escalation-overlapping;web;0;fine
