# Downtime: one that is deleted while in effect is cancelled, which is logged and told, and what is still
# wrong is told with the next result. One that has not begun is deleted without a word, and unknown numbers
# are ignored. Those that a deleted one has triggered are deleted with it.
--- differs: 4.4.6 begins no downtime whose trigger is in effect already
--- alone: needs to know the numbers of its downtimes
--- loose: downtimes that are deleted together go in any order
--- objects
define host {
 use host
 host_name downtime-cancelled
}
define service {
 use service
 host_name downtime-cancelled
 service_description web
 max_check_attempts 1
}
define host {
 use host
 host_name downtime-cancelled-nested
}
define host {
 use host
 host_name downtime-cancelled-trigger
}
define service {
 use service
 host_name downtime-cancelled-trigger
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name downtime-cancelled-trigger
 service_description mail
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-cancelled;web;@+2@;@+60@;1;0;0;ana;first
2	command	SCHEDULE_HOST_DOWNTIME;downtime-cancelled-trigger;@+2@;@+60@;1;0;0;ana;second, the trigger
3	command	PROCESS_SERVICE_CHECK_RESULT;downtime-cancelled;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;downtime-cancelled-nested;1;gone
4	command	DEL_HOST_DOWNTIME;1
4	command	SCHEDULE_SVC_DOWNTIME;downtime-cancelled-trigger;web;@+2@;@+60@;0;2;60;ana;third, triggered
4	command	SCHEDULE_SVC_DOWNTIME;downtime-cancelled-trigger;mail;@+2@;@+60@;1;2;60;ana;fourth, triggered
5	command	DEL_SVC_DOWNTIME;1
5	command	PROCESS_SERVICE_CHECK_RESULT;downtime-cancelled-trigger;web;2;dead
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-cancelled;web;2;dead
7	command	SCHEDULE_HOST_DOWNTIME;downtime-cancelled;@+9@;@+60@;1;0;0;ana;fifth
7	command	SCHEDULE_HOST_DOWNTIME;downtime-cancelled-nested;@+2@;@+60@;1;0;0;ana;sixth
8	command	DEL_HOST_DOWNTIME;5
8	command	DEL_HOST_DOWNTIME;2
8	command	SCHEDULE_HOST_DOWNTIME;downtime-cancelled-nested;@+2@;@+60@;1;0;0;ana;seventh
9	command	DEL_HOST_DOWNTIME;5
9	command	DEL_SVC_DOWNTIME;99
9	command	DEL_SVC_DOWNTIME
10	command	DEL_HOST_DOWNTIME;6
10	command	PROCESS_SERVICE_CHECK_RESULT;downtime-cancelled-trigger;web;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;downtime-cancelled-trigger;mail;2;dead
11	command	DEL_HOST_DOWNTIME;7
11	command	PROCESS_HOST_CHECK_RESULT;downtime-cancelled;1;gone
12	command	PROCESS_HOST_CHECK_RESULT;downtime-cancelled-nested;2;cut off
