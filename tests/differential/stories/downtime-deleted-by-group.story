# Downtime: DEL_DOWNTIME_BY_HOSTGROUP_NAME does it for every host of a group; a host, a service, a start and a
# comment narrow it down.
--- loose: downtimes that are deleted together go in any order
--- objects
define host {
 use host
 host_name downtime-deleted-by-group-a
}
define host {
 use host
 host_name downtime-deleted-by-group-b
}
define service {
 use service
 host_name downtime-deleted-by-group-a
 service_description web
}
define service {
 use service
 host_name downtime-deleted-by-group-b
 service_description web
}
define service {
 use service
 host_name downtime-deleted-by-group-b
 service_description mail
}
define hostgroup {
 hostgroup_name downtime-deleted-by-group-hosts
 alias downtime-deleted-by-group-hosts
 members downtime-deleted-by-group-a,downtime-deleted-by-group-b
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-deleted-by-group-a;@-10@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_HOST_DOWNTIME;downtime-deleted-by-group-b;@-11@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-group-a;web;@-12@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-group-b;web;@-13@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-group-b;mail;@-14@;@+60@;1;0;0;ana;new disk
4	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-hosts;;web
5	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-hosts;downtime-deleted-by-group-b;mail;@-1@
6	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-hosts;downtime-deleted-by-group-b;mail;@-14@;new disk
7	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-nowhere
8	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-hosts
9	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-hosts
