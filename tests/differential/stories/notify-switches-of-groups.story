# Switches: those that act on the hosts of a host group and on their services, and on a service group and its
# hosts.
--- objects
define host {
 use host
 host_name notify-switches-of-groups-a
}
define host {
 use host
 host_name notify-switches-of-groups-b
}
define service {
 use service
 host_name notify-switches-of-groups-a
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name notify-switches-of-groups-b
 service_description web
 max_check_attempts 1
}
define hostgroup {
 hostgroup_name notify-switches-of-groups-hosts
 alias notify-switches-of-groups-hosts
 members notify-switches-of-groups-a,notify-switches-of-groups-b
}
define servicegroup {
 servicegroup_name notify-switches-of-groups-services
 alias notify-switches-of-groups-services
 members notify-switches-of-groups-a,web
}
--- scenario
2	command	DISABLE_HOSTGROUP_HOST_NOTIFICATIONS;notify-switches-of-groups-hosts
3	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-a;1;gone
4	command	ENABLE_HOSTGROUP_HOST_NOTIFICATIONS;notify-switches-of-groups-hosts
5	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-a;1;gone
6	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-a;0;here
7	command	DISABLE_HOSTGROUP_SVC_NOTIFICATIONS;notify-switches-of-groups-hosts
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-a;web;2;dead
8	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-b;web;2;dead
9	command	ENABLE_HOSTGROUP_SVC_NOTIFICATIONS;notify-switches-of-groups-hosts
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-a;web;2;dead
10	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-b;web;2;dead
11	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-a;web;0;fine
11	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-b;web;0;fine
12	command	DISABLE_SERVICEGROUP_SVC_NOTIFICATIONS;notify-switches-of-groups-services
13	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-a;web;2;dead
13	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-b;web;2;dead
14	command	ENABLE_SERVICEGROUP_SVC_NOTIFICATIONS;notify-switches-of-groups-services
15	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-groups-a;web;2;dead
16	command	DISABLE_SERVICEGROUP_HOST_NOTIFICATIONS;notify-switches-of-groups-services
17	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-a;1;gone
17	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-b;1;gone
18	command	ENABLE_SERVICEGROUP_HOST_NOTIFICATIONS;notify-switches-of-groups-services
19	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-groups-a;1;gone
