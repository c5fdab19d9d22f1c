# Commands: those that would change a command line always fail.
--- objects
define host {
 use host
 host_name commands-always-refused
}
define service {
 use service
 host_name commands-always-refused
 service_description web
}
--- scenario
2	command	CHANGE_SVC_CHECK_COMMAND;commands-always-refused;web;check
2	command	CHANGE_HOST_CHECK_COMMAND;commands-always-refused;check-host
3	command	CHANGE_SVC_EVENT_HANDLER;commands-always-refused;web;restart
3	command	CHANGE_HOST_EVENT_HANDLER;commands-always-refused;restart
