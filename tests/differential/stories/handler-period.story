# Event handlers: own ones do not run outside of event_handler_period, which commands change.
--- newer: 4.4.6 does not know event_handler_period
--- objects
define host {
 use host
 host_name handler-period
 max_check_attempts 1
 event_handler restart!host
}
define service {
 use service
 host_name handler-period
 service_description web
 max_check_attempts 1
 event_handler restart!service
 event_handler_period never
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;handler-period;web;2;dead
2	command	PROCESS_HOST_CHECK_RESULT;handler-period;1;gone
3	command	CHANGE_SVC_EVENT_HANDLER_TIMEPERIOD;handler-period;web;always
3	command	CHANGE_HOST_EVENT_HANDLER_TIMEPERIOD;handler-period;never
4	command	PROCESS_SERVICE_CHECK_RESULT;handler-period;web;0;fine
4	command	PROCESS_HOST_CHECK_RESULT;handler-period;0;here
