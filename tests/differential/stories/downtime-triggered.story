# Downtime: a triggered one begins when its trigger begins, fixed or flexible, and ends at the latest when
# that ends. A flexible trigger begins with a problem of its own object, and so may what it triggers, before
# it. While the trigger waits it keeps the services of its host quiet.
--- differs: 4.4.6 begins no downtime whose trigger is in effect already, and ends flexible ones as soon as they are triggered
--- alone: needs to know the numbers of its downtimes
--- loose: downtimes that begin in the same second begin in any order
--- objects
define host {
 use host
 host_name downtime-triggered
}
define service {
 use service
 host_name downtime-triggered
 service_description fixed
 max_check_attempts 1
}
define service {
 use service
 host_name downtime-triggered
 service_description flexible
 max_check_attempts 1
}
define service {
 use service
 host_name downtime-triggered
 service_description too-late
 max_check_attempts 1
}
define host {
 use host
 host_name downtime-triggered-flexible
}
define service {
 use service
 host_name downtime-triggered-flexible
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-triggered;@+4@;@+9@;1;0;0;ana;the trigger
2	command	SCHEDULE_SVC_DOWNTIME;downtime-triggered;fixed;@+2@;@+60@;1;1;0;ana;triggered
2	command	SCHEDULE_SVC_DOWNTIME;downtime-triggered;flexible;@+2@;@+60@;0;1;60;ana;triggered
2	command	SCHEDULE_HOST_DOWNTIME;downtime-triggered-flexible;@+2@;@+60@;0;0;5;ana;the trigger
3	command	SCHEDULE_SVC_DOWNTIME;downtime-triggered-flexible;web;@+2@;@+60@;0;4;60;ana;triggered
4	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered-flexible;web;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered-flexible;web;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered;fixed;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered;flexible;2;dead
6	command	PROCESS_HOST_CHECK_RESULT;downtime-triggered-flexible;1;gone
7	command	SCHEDULE_SVC_DOWNTIME;downtime-triggered;too-late;@+2@;@+60@;0;1;60;ana;triggered by one in effect
7	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered-flexible;web;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered;fixed;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered;flexible;2;dead
12	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered;too-late;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered-flexible;web;2;dead
13	command	PROCESS_HOST_CHECK_RESULT;downtime-triggered-flexible;0;here
14	command	PROCESS_SERVICE_CHECK_RESULT;downtime-triggered-flexible;web;2;dead
