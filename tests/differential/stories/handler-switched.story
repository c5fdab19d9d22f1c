# Event handlers: own ones are switched off and on per object.
--- objects
define host {
 use host
 host_name handler-switched
 max_check_attempts 1
 event_handler restart!host
}
define service {
 use service
 host_name handler-switched
 service_description web
 max_check_attempts 1
 event_handler restart!service
}
--- scenario
2	command	DISABLE_SVC_EVENT_HANDLER;handler-switched;web
2	command	DISABLE_HOST_EVENT_HANDLER;handler-switched
3	command	PROCESS_SERVICE_CHECK_RESULT;handler-switched;web;2;dead
3	command	PROCESS_HOST_CHECK_RESULT;handler-switched;1;gone
4	command	ENABLE_SVC_EVENT_HANDLER;handler-switched;web
4	command	ENABLE_HOST_EVENT_HANDLER;handler-switched
5	command	PROCESS_SERVICE_CHECK_RESULT;handler-switched;web;1;slow
5	command	PROCESS_HOST_CHECK_RESULT;handler-switched;0;here
