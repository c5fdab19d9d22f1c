# Notification options of services: states that are not in them are not told; nor is the recovery from them.
--- objects
define host {
 use host
 host_name notify-options-service
}
define service {
 use service
 host_name notify-options-service
 service_description critical
 max_check_attempts 1
 notification_options c,r
}
define service {
 use service
 host_name notify-options-service
 service_description warning
 max_check_attempts 1
 notification_options w,r
}
define service {
 use service
 host_name notify-options-service
 service_description no-recovery
 max_check_attempts 1
 notification_options w,u,c
}
define service {
 use service
 host_name notify-options-service
 service_description recovery
 max_check_attempts 1
 notification_options r
}
define service {
 use service
 host_name notify-options-service
 service_description none
 max_check_attempts 1
 notification_options n
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;critical;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;warning;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;no-recovery;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;recovery;1;slow
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;none;1;slow
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;critical;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;warning;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;no-recovery;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;recovery;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;none;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;critical;2;dead
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;warning;0;fine
4	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;no-recovery;3;who knows
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;critical;1;slow
5	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;no-recovery;0;fine
6	command	PROCESS_SERVICE_CHECK_RESULT;notify-options-service;critical;0;fine
