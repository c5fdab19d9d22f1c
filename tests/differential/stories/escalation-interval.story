# Escalations: the interval of a valid escalation replaces the object's, also when it is longer; 0 ends the
# messages until the state changes; an escalation without one takes the object's.
--- objects
define host {
 use host
 host_name escalation-interval
}
define service {
 use service
 host_name escalation-interval
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-interval
 service_description web
 first_notification 2
 last_notification 0
 notification_interval 4
 contacts manager
}
define service {
 use service
 host_name escalation-interval
 service_description once
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-interval
 service_description once
 first_notification 2
 last_notification 0
 notification_interval 0
 contacts manager
}
define service {
 use service
 host_name escalation-interval
 service_description same
 max_check_attempts 1
 notification_interval 2
}
define serviceescalation {
 host_name escalation-interval
 service_description same
 first_notification 2
 last_notification 0
 contacts manager
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;web;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;once;0;fine
9	command	PROCESS_SERVICE_CHECK_RESULT;escalation-interval;same;0;fine
