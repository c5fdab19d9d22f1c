# Passive results: switched off and on for objects and groups of them. What is refused leaves an error.
--- objects
define host {
 use host
 host_name passive-switched
}
define service {
 use service
 host_name passive-switched
 service_description web
 max_check_attempts 1
}
define hostgroup {
 hostgroup_name passive-switched-hosts
 alias passive-switched-hosts
 members passive-switched
}
define servicegroup {
 servicegroup_name passive-switched-services
 alias passive-switched-services
 members passive-switched,web
}
--- scenario
2	command	DISABLE_PASSIVE_SVC_CHECKS;passive-switched;web
2	command	DISABLE_PASSIVE_HOST_CHECKS;passive-switched
3	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;passive-switched;1;gone
4	command	ENABLE_PASSIVE_SVC_CHECKS;passive-switched;web
4	command	ENABLE_PASSIVE_HOST_CHECKS;passive-switched
5	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;2;dead
6	command	DISABLE_HOSTGROUP_PASSIVE_SVC_CHECKS;passive-switched-hosts
7	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;1;slow
8	command	ENABLE_SERVICEGROUP_PASSIVE_SVC_CHECKS;passive-switched-services
9	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;1;slow
10	command	DISABLE_SERVICEGROUP_PASSIVE_HOST_CHECKS;passive-switched-services
11	command	PROCESS_HOST_CHECK_RESULT;passive-switched;1;gone
12	command	ENABLE_HOSTGROUP_PASSIVE_HOST_CHECKS;passive-switched-hosts
13	command	PROCESS_HOST_CHECK_RESULT;passive-switched;1;gone
14	command	DISABLE_SERVICEGROUP_PASSIVE_SVC_CHECKS;passive-switched-services
14	command	DISABLE_HOSTGROUP_PASSIVE_HOST_CHECKS;passive-switched-hosts
15	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;0;fine
15	command	PROCESS_HOST_CHECK_RESULT;passive-switched;0;here
16	command	ENABLE_HOSTGROUP_PASSIVE_SVC_CHECKS;passive-switched-hosts
16	command	ENABLE_SERVICEGROUP_PASSIVE_HOST_CHECKS;passive-switched-services
17	command	PROCESS_SERVICE_CHECK_RESULT;passive-switched;web;0;fine
17	command	PROCESS_HOST_CHECK_RESULT;passive-switched;0;here
