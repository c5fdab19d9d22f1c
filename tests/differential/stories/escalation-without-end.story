# Escalations: last_notification 0 has no end, first_notification 1 escalates from the start, one without
# last_notification never.
--- differs: 4.4.6 counts a recovery as a message, so that it is matched with the number of the last one
--- objects
define host {
 use host
 host_name escalation-without-end
}
define service {
 use service
 host_name escalation-without-end
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-without-end
 service_description web
 first_notification 3
 last_notification 0
 notification_interval 1
 contacts manager
}
define service {
 use service
 host_name escalation-without-end
 service_description mail
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-without-end
 service_description mail
 first_notification 1
 last_notification 2
 notification_interval 1
 contacts director
}
define service {
 use service
 host_name escalation-without-end
 service_description odd
 max_check_attempts 1
 notification_interval 1
}
define serviceescalation {
 host_name escalation-without-end
 service_description odd
 first_notification 1
 notification_interval 1
 contacts director
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;mail;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;odd;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;mail;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;odd;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;mail;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;mail;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;escalation-without-end;odd;0;fine
