# Event handlers: switched off for the program none runs.
--- alone: switches event handlers of the whole program
--- main
global_service_event_handler=clean-up
--- objects
define host {
 use host
 host_name handler-switched-everywhere
}
define service {
 use service
 host_name handler-switched-everywhere
 service_description web
 max_check_attempts 1
 event_handler restart
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-switched-everywhere;web;2;dead
3	command	DISABLE_EVENT_HANDLERS
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-switched-everywhere;web;0;fine
5	command	ENABLE_EVENT_HANDLERS
6	command	PROCESS_SERVICE_CHECK_RESULT;handler-switched-everywhere;web;1;slow
