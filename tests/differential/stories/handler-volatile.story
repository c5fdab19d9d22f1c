# Event handlers of volatile services run with every hard problem.
--- objects
define host {
 use host
 host_name handler-volatile
}
define service {
 use service
 host_name handler-volatile
 service_description web
 max_check_attempts 2
 is_volatile 1
 event_handler restart
}
--- scenario
2	service	handler-volatile	web	2	dead
3	service	handler-volatile	web	2	dead
4	service	handler-volatile	web	2	dead
5	service	handler-volatile	web	0	fine
