# Acknowledgement: goes to those of the escalation that is valid for the number of messages so far.
--- objects
define host {
 use host
 host_name ack-escalated
}
define service {
 use service
 host_name ack-escalated
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name ack-escalated
 service_description web
 first_notification 2
 last_notification 0
 notification_interval 1
 contacts manager
}
define service {
 use service
 host_name ack-escalated
 service_description mail
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name ack-escalated
 service_description mail
 first_notification 2
 last_notification 0
 notification_interval 1
 contacts manager
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-escalated;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-escalated;mail;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-escalated;mail;2;1;0;ana;mine
3	command	PROCESS_SERVICE_CHECK_RESULT;ack-escalated;web;2;dead
4	command	ACKNOWLEDGE_SVC_PROBLEM;ack-escalated;web;2;1;0;ana;mine
