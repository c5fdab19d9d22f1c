# Parents of services do not keep a service quiet, whatever their state.
--- objects
define host {
 use host
 host_name notify-parents-of-service
}
define service {
 use service
 host_name notify-parents-of-service
 service_description parent
 max_check_attempts 1
}
define service {
 use service
 host_name notify-parents-of-service
 service_description child
 max_check_attempts 1
 parents notify-parents-of-service,parent
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-parents-of-service;parent;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-parents-of-service;child;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-parents-of-service;parent;0;fine
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-parents-of-service;child;0;fine
