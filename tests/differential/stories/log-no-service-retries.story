# Log: with log_service_retries 0 soft alerts of services have no lines; event handlers still have.
--- main
log_service_retries=0
--- objects
define host {
 use host
 host_name log-no-service-retries
}
define service {
 use service
 host_name log-no-service-retries
 service_description web
 event_handler restart
}
--- scenario
2	service	log-no-service-retries	web	2	dead
3	service	log-no-service-retries	web	1	slow
4	service	log-no-service-retries	web	0	fine
5	service	log-no-service-retries	web	2	dead
6	service	log-no-service-retries	web	2	dead
7	service	log-no-service-retries	web	2	dead
8	service	log-no-service-retries	web	0	fine
