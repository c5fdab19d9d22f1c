# Downtime: for all services of a host, for hosts and services of a host group, and for those of a service
# group.
--- loose: downtimes that begin in the same second begin in any order
--- objects
define host {
 use host
 host_name downtime-of-groups-a
}
define service {
 use service
 host_name downtime-of-groups-a
 service_description web
}
define service {
 use service
 host_name downtime-of-groups-a
 service_description mail
}
define host {
 use host
 host_name downtime-of-groups-b
}
define host {
 use host
 host_name downtime-of-groups-c
}
define hostgroup {
 hostgroup_name downtime-of-groups-hosts
 alias downtime-of-groups-hosts
 members downtime-of-groups-b,downtime-of-groups-c
}
define host {
 use host
 host_name downtime-of-groups-d
}
define host {
 use host
 host_name downtime-of-groups-e
}
define service {
 use service
 host_name downtime-of-groups-d
 service_description web
}
define service {
 use service
 host_name downtime-of-groups-e
 service_description web
}
define hostgroup {
 hostgroup_name downtime-of-groups-others
 alias downtime-of-groups-others
 members downtime-of-groups-d,downtime-of-groups-e
}
define host {
 use host
 host_name downtime-of-groups-f
}
define service {
 use service
 host_name downtime-of-groups-f
 service_description web
}
define service {
 use service
 host_name downtime-of-groups-f
 service_description mail
}
define servicegroup {
 servicegroup_name downtime-of-groups-services
 alias downtime-of-groups-services
 members downtime-of-groups-f,web,downtime-of-groups-f,mail
}
define host {
 use host
 host_name downtime-of-groups-g
}
define service {
 use service
 host_name downtime-of-groups-g
 service_description web
}
define service {
 use service
 host_name downtime-of-groups-g
 service_description mail
}
define servicegroup {
 servicegroup_name downtime-of-groups-more
 alias downtime-of-groups-more
 members downtime-of-groups-g,web,downtime-of-groups-g,mail
}
--- scenario
2	command	SCHEDULE_HOST_SVC_DOWNTIME;downtime-of-groups-a;@+2@;@+5@;1;0;0;ana;services of a host
3	command	SCHEDULE_HOSTGROUP_HOST_DOWNTIME;downtime-of-groups-hosts;@+3@;@+6@;1;0;0;ana;hosts of a group
4	command	SCHEDULE_HOSTGROUP_SVC_DOWNTIME;downtime-of-groups-others;@+4@;@+7@;1;0;0;ana;services of a group
5	command	SCHEDULE_SERVICEGROUP_SVC_DOWNTIME;downtime-of-groups-services;@+5@;@+8@;1;0;0;ana;services of a service group
6	command	SCHEDULE_SERVICEGROUP_HOST_DOWNTIME;downtime-of-groups-more;@+6@;@+9@;1;0;0;ana;hosts of a service group
11	command	PROCESS_HOST_CHECK_RESULT;downtime-of-groups-a;0;here
