# Acknowledgement: is told, with author and comment; keeps re-notifications quiet, and is dropped when the
# state changes.
--- objects
define host {
 use host
 host_name ack-normal
}
define service {
 use service
 host_name ack-normal
 service_description web
 max_check_attempts 1
 notification_interval 2
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-normal;web;1;1;0;ana;working; on it
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;1;slow
9	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;1;slow
10	command	ACKNOWLEDGE_SVC_PROBLEM;ack-normal;web;1;1;0;ana;again
11	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;0;fine
12	command	PROCESS_SERVICE_CHECK_RESULT;ack-normal;web;2;dead
