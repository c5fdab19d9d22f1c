# Commands: while checks of hosts are stopped, a result of a service of a host that is not UP reminds of the
# host's problem even if it brings a change. Results are taken all the same.
--- alone: switches checks of the whole program
--- objects
define host {
 use host
 host_name commands-checks-stopped
 notification_interval 1
}
define service {
 use service
 host_name commands-checks-stopped
 service_description web
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;commands-checks-stopped;1;gone
4	command	PROCESS_SERVICE_CHECK_RESULT;commands-checks-stopped;web;2;dead
5	command	STOP_EXECUTING_HOST_CHECKS
5	command	STOP_EXECUTING_SVC_CHECKS
6	command	PROCESS_SERVICE_CHECK_RESULT;commands-checks-stopped;web;1;slow
7	command	PROCESS_SERVICE_CHECK_RESULT;commands-checks-stopped;web;2;dead
8	service	commands-checks-stopped	web	0	fine
9	command	START_EXECUTING_HOST_CHECKS
10	command	PROCESS_SERVICE_CHECK_RESULT;commands-checks-stopped;web;2;dead
11	host	commands-checks-stopped	0	here
