# Escalations: a recovery is matched with one less than the number of the last message of the problem.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define host {
 use host
 host_name escalation-recovery
 notification_interval 1
}
define service {
 use service
 host_name escalation-recovery
 service_description one
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-recovery
 service_description one
 first_notification 1
 last_notification 0
 notification_interval 1
 contacts manager
}
define service {
 use service
 host_name escalation-recovery
 service_description two
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-recovery
 service_description two
 first_notification 2
 last_notification 2
 notification_interval 1
 contacts manager
}
define service {
 use service
 host_name escalation-recovery
 service_description three
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-recovery
 service_description three
 first_notification 2
 last_notification 2
 notification_interval 1
 contacts manager
}
define hostescalation {
 host_name escalation-recovery
 first_notification 2
 last_notification 0
 notification_interval 1
 contacts manager
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;one;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;two;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;three;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;one;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;two;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;three;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;two;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;three;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-recovery;three;0;fine
6	command	PROCESS_HOST_CHECK_RESULT;escalation-recovery;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;escalation-recovery;1;gone
8	command	PROCESS_HOST_CHECK_RESULT;escalation-recovery;0;here
