# Downtime: a flexible one for an object with a problem begins at once if its window is open. It begins with
# the next change if the window opens later, and in the meantime keeps the problem quiet all the same.
--- differs: 4.4.6 does not begin a flexible downtime for a problem that is there already
--- objects
define host {
 use host
 host_name downtime-flexible-already-bad
}
define service {
 use service
 host_name downtime-flexible-already-bad
 service_description open
 max_check_attempts 1
 notification_interval 1
}
define service {
 use service
 host_name downtime-flexible-already-bad
 service_description later
 max_check_attempts 1
 notification_interval 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;open;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;downtime-flexible-already-bad;0;here
3	command	SCHEDULE_SVC_DOWNTIME;downtime-flexible-already-bad;open;@+2@;@+30@;0;0;5;ana;maintenance
3	command	SCHEDULE_SVC_DOWNTIME;downtime-flexible-already-bad;later;@+6@;@+30@;0;0;5;ana;maintenance
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;2;dead
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;open;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;open;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;1;slow
11	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;open;0;fine
17	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;1;slow
18	command	PROCESS_SERVICE_CHECK_RESULT;downtime-flexible-already-bad;later;0;fine
