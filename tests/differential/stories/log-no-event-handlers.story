# Log: with log_event_handlers 0 event handlers run without a line.
--- main
log_event_handlers=0
global_service_event_handler=clean-up
--- objects
define host {
 use host
 host_name log-no-event-handlers
}
define service {
 use service
 host_name log-no-event-handlers
 service_description web
 max_check_attempts 1
 event_handler restart
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;log-no-event-handlers;web;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;log-no-event-handlers;web;0;fine
