# Downtime: DEL_DOWNTIME_BY_HOST_NAME deletes those of a host and its services, or those that match service,
# start and comment; it fails if there are none.
--- loose: downtimes that are deleted together go in any order
--- objects
define host {
 use host
 host_name downtime-deleted-by-host
}
define service {
 use service
 host_name downtime-deleted-by-host
 service_description web
}
define service {
 use service
 host_name downtime-deleted-by-host
 service_description mail
}
define service {
 use service
 host_name downtime-deleted-by-host
 service_description shop
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-deleted-by-host;@-10@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-host;web;@-11@;@+60@;1;0;0;ana;upgrade
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-host;mail;@-12@;@+60@;1;0;0;ana;new disk
2	command	SCHEDULE_SVC_DOWNTIME;downtime-deleted-by-host;shop;@-13@;@+60@;1;0;0;ana;new disk
4	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host;mail
5	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host;mail
6	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host;;@-11@
7	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host;;;new disk
8	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host;;;nothing like this
9	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host-nowhere
10	command	DEL_DOWNTIME_BY_HOST_NAME;downtime-deleted-by-host
