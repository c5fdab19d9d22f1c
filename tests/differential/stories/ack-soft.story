# Acknowledgement: one given while the problem is soft stays when it turns hard, so that nobody is told of the
# problem, nor of its end.
--- objects
define host {
 use host
 host_name ack-soft
}
define service {
 use service
 host_name ack-soft
 service_description web
 max_check_attempts 3
}
define service {
 use service
 host_name ack-soft
 service_description dropped
 max_check_attempts 3
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;dropped;1;slow
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-soft;web;1;1;0;ana;seen it
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-soft;dropped;1;1;0;ana;seen it
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;web;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;dropped;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;web;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;dropped;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;web;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;web;0;fine
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-soft;dropped;0;fine
