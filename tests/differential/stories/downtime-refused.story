# Downtime: what is refused with an error, and what is taken without a word and does nothing.
--- objects
define host {
 use host
 host_name downtime-refused
}
define service {
 use service
 host_name downtime-refused
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;web;@-20@;@-10@;1;0;0;ana;is over
2	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;web;@+9@;@+9@;1;0;0;ana;no time
2	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;web;@+9@;@+4@;1;0;0;ana;backwards
3	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;web;@+2@;@+60@;0;0;0;ana;flexible without a duration
3	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;web;@+2@;@+60@;1;99;0;ana;unknown trigger
3	command	SCHEDULE_SVC_DOWNTIME;downtime-refused;no-such-service;@+2@;@+60@;1;0;0;ana;nowhere
4	command	SCHEDULE_HOST_DOWNTIME;downtime-refused-nowhere;@+2@;@+60@;1;0;0;ana;nowhere
4	command	SCHEDULE_HOST_DOWNTIME;downtime-refused;@+2@;@+60@;1;0;0;ana
4	command	SCHEDULE_HOST_DOWNTIME;downtime-refused;@+2@;@+60@;1;0;0
5	command	SCHEDULE_HOSTGROUP_HOST_DOWNTIME;downtime-refused-nowhere;@+2@;@+60@;1;0;0;ana;nowhere
5	command	SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;downtime-refused-nowhere;@+2@;@+60@;1;0;0;ana;nowhere
6	command	PROCESS_SERVICE_CHECK_RESULT;downtime-refused;web;2;dead
6	command	PROCESS_HOST_CHECK_RESULT;downtime-refused;1;gone
