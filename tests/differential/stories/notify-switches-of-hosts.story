# Switches: those that act on all services of a host, and on a host and those behind it.
--- objects
define host {
 use host
 host_name notify-switches-of-hosts-router
}
define host {
 use host
 host_name notify-switches-of-hosts-server
 parents notify-switches-of-hosts-router
}
define host {
 use host
 host_name notify-switches-of-hosts-guest
 parents notify-switches-of-hosts-server
}
define service {
 use service
 host_name notify-switches-of-hosts-router
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name notify-switches-of-hosts-server
 service_description web
 max_check_attempts 1
}
define service {
 use service
 host_name notify-switches-of-hosts-guest
 service_description web
 max_check_attempts 1
}
--- scenario
2	command	DISABLE_HOST_SVC_NOTIFICATIONS;notify-switches-of-hosts-server
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-server;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-router;web;2;dead
4	command	ENABLE_HOST_SVC_NOTIFICATIONS;notify-switches-of-hosts-server
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-server;web;2;dead
6	command	DISABLE_HOST_AND_CHILD_NOTIFICATIONS;notify-switches-of-hosts-server
7	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-router;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-server;1;gone
7	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;1;gone
8	command	ENABLE_HOST_AND_CHILD_NOTIFICATIONS;notify-switches-of-hosts-server
9	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-router;0;here
9	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-server;1;gone
9	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;1;gone
10	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-server;0;here
10	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;0;here
11	command	DISABLE_ALL_NOTIFICATIONS_BEYOND_HOST;notify-switches-of-hosts-router
12	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-router;web;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-server;web;1;slow
12	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-guest;web;1;slow
13	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-router;1;gone
13	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;1;gone
14	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-router;0;here
15	command	ENABLE_ALL_NOTIFICATIONS_BEYOND_HOST;notify-switches-of-hosts-router
16	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;1;gone
17	command	PROCESS_HOST_CHECK_RESULT;notify-switches-of-hosts-guest;0;here
18	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-server;web;1;slow
18	command	PROCESS_SERVICE_CHECK_RESULT;notify-switches-of-hosts-guest;web;1;slow
