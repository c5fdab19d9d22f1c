# Acknowledgement: when it is removed the next result is told, if its time has come.
--- objects
define host {
 use host
 host_name ack-removed
 notification_interval 1
}
define service {
 use service
 host_name ack-removed
 service_description web
 max_check_attempts 1
 notification_interval 1
}
define service {
 use service
 host_name ack-removed
 service_description patient
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;patient;2;dead
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-removed;web;2;0;1;ana;mine
3	command	ACKNOWLEDGE_SVC_PROBLEM;ack-removed;patient;2;0;1;ana;mine
4	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;web;2;dead
5	command	REMOVE_SVC_ACKNOWLEDGEMENT;ack-removed;web
5	command	REMOVE_SVC_ACKNOWLEDGEMENT;ack-removed;patient
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;patient;2;dead
7	command	PROCESS_SERVICE_CHECK_RESULT;ack-removed;web;0;fine
8	command	PROCESS_HOST_CHECK_RESULT;ack-removed;1;gone
9	command	ACKNOWLEDGE_HOST_PROBLEM;ack-removed;1;0;0;ana;mine
10	command	PROCESS_HOST_CHECK_RESULT;ack-removed;1;gone
11	command	REMOVE_HOST_ACKNOWLEDGEMENT;ack-removed
12	command	PROCESS_HOST_CHECK_RESULT;ack-removed;1;gone
13	command	PROCESS_HOST_CHECK_RESULT;ack-removed;0;here
