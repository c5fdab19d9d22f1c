# Acknowledgement: a sticky one stays until the recovery, which is told.
--- objects
define host {
 use host
 host_name ack-sticky
}
define service {
 use service
 host_name ack-sticky
 service_description web
 max_check_attempts 1
 notification_interval 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-sticky;web;2;1;1;ana;it may take a while
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;0;fine
8	command	PROCESS_SERVICE_CHECK_RESULT;ack-sticky;web;1;slow
