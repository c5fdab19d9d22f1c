# Volatile services: in a hard problem every result is logged and told, whatever the interval; soft ones are
# as usual.
--- objects
define host {
 use host
 host_name service-volatile
}
define service {
 use service
 host_name service-volatile
 service_description web
 max_check_attempts 2
 is_volatile 1
}
define service {
 use service
 host_name service-volatile
 service_description never-again
 max_check_attempts 1
 is_volatile 1
 notification_interval 0
}
--- scenario
2	service	service-volatile	web	2	dead
2	service	service-volatile	never-again	1	slow
3	service	service-volatile	web	2	dead
3	service	service-volatile	never-again	1	slow
4	service	service-volatile	web	2	dead
4	service	service-volatile	never-again	1	slow
5	service	service-volatile	web	1	slow
6	service	service-volatile	web	1	slow
6	service	service-volatile	never-again	0	fine
7	service	service-volatile	web	0	fine
8	service	service-volatile	web	0	fine
