# Acknowledgement: with notify 0 nobody is told of it; only the value 2 makes it sticky; one of an OK object
# does nothing.
--- objects
define host {
 use host
 host_name ack-quiet
}
define service {
 use service
 host_name ack-quiet
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define service {
 use service
 host_name ack-quiet
 service_description mail
 max_check_attempts 1
 notification_interval 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;web;2;dead
2	command	ACKNOWLEDGE_SVC_PROBLEM;ack-quiet;mail;2;1;1;ana;nothing there
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-quiet;web;3;0;1;ana;quietly
3	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;mail;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;mail;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;web;1;slow
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-quiet;mail;0;fine
