# Acknowledgement: a second one is told again and replaces the first.
--- objects
define host {
 use host
 host_name ack-again
}
define service {
 use service
 host_name ack-again
 service_description web
 max_check_attempts 1
 notification_interval 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-again;web;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-again;web;1;1;0;ana;mine
4	command	ACKNOWLEDGE_SVC_PROBLEM;ack-again;web;2;1;0;bia;no, mine
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-again;web;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-again;web;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-again;web;0;fine
