# Notification period: a service without one of its own has that of its host.
--- objects
define host {
 use host
 host_name notify-period-of-host
 notification_period never
}
define service {
 use service
 host_name notify-period-of-host
 service_description web
 max_check_attempts 1
 notification_period null
}
define service {
 use service
 host_name notify-period-of-host
 service_description mail
 max_check_attempts 1
}
--- scenario
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-of-host;web;2;dead
2	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-of-host;mail;2;dead
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-of-host;web;0;fine
3	command	PROCESS_SERVICE_CHECK_RESULT;notify-period-of-host;mail;0;fine
