# Event handlers: global ones run first, for all objects, also for those whose own is switched off.
--- differs: 4.4.6 runs no global event handler for an object whose own one is switched off
--- main
global_host_event_handler=clean-up!$HOSTNAME$
global_service_event_handler=clean-up!$SERVICEDESC$
--- objects
define host {
 use host
 host_name handler-global
 max_check_attempts 1
 event_handler restart!host
}
define service {
 use service
 host_name handler-global
 service_description both
 max_check_attempts 2
 event_handler restart!service
}
define service {
 use service
 host_name handler-global
 service_description global-only
 max_check_attempts 1
}
define service {
 use service
 host_name handler-global
 service_description switched-off
 max_check_attempts 1
 event_handler restart!off
 event_handler_enabled 0
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;both;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;global-only;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;switched-off;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;both;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;both;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;global-only;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-global;switched-off;0;fine
5	host	handler-global	2	gone
7	host	handler-global	0	here
