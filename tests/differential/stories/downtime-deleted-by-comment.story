# Downtime: DEL_DOWNTIME_BY_START_TIME_COMMENT deletes all with this start or this comment, wherever they are.
--- loose: downtimes that are deleted together go in any order
--- objects
define host {
 use host
 host_name downtime-deleted-by-comment
}
define service {
 use service
 host_name downtime-deleted-by-comment
 service_description web
}
define service {
 use service
 host_name downtime-deleted-by-comment
 service_description mail
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-deleted-by-comment;@-333@;@+60@;1;0;0;ana;downtime-deleted-by-comment: upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-comment;web;@-334@;@+60@;1;0;0;ana;downtime-deleted-by-comment: upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-comment;mail;@-335@;@+60@;1;0;0;ana;downtime-deleted-by-comment: new disk
4	command	DEL_DOWNTIME_BY_START_TIME_COMMENT;@-335@
6	command	DEL_DOWNTIME_BY_START_TIME_COMMENT;;downtime-deleted-by-comment: upgrade
8	command	DEL_DOWNTIME_BY_START_TIME_COMMENT;@-334@;downtime-deleted-by-comment: upgrade
9	command	DEL_DOWNTIME_BY_START_TIME_COMMENT
9	command	DEL_DOWNTIME_BY_HOST_NAME
9	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME
