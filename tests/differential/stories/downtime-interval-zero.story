# Downtime: with notification_interval 0 a problem that began in downtime is told after it; one that was told
# before is not told again.
--- objects
define host {
 use host
 host_name downtime-interval-zero
}
define service {
 use service
 host_name downtime-interval-zero
 service_description in
 max_check_attempts 1
 notification_interval 0
}
define service {
 use service
 host_name downtime-interval-zero
 service_description before
 max_check_attempts 1
 notification_interval 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;before;2;dead
3	command	SCHEDULE_SVC_DOWNTIME;downtime-interval-zero;in;@+3@;@+9@;1;0;0;ana;maintenance
4	command	SCHEDULE_SVC_DOWNTIME;downtime-interval-zero;before;@+4@;@+8@;1;0;0;ana;maintenance
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;in;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;before;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;in;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;before;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;in;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;before;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;in;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;in;0;fine
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-interval-zero;before;0;fine
