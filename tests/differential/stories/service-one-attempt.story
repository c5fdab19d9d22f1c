# Service states: with max_check_attempts 1 every change between states is hard at once.
--- objects
define host {
 use host
 host_name service-one-attempt
}
define service {
 use service
 host_name service-one-attempt
 service_description web
 max_check_attempts 1
}
--- scenario
2	service	service-one-attempt	web	0	fine
3	service	service-one-attempt	web	2	dead
4	service	service-one-attempt	web	1	slow
5	service	service-one-attempt	web	3	who knows
6	service	service-one-attempt	web	0	fine
7	service	service-one-attempt	web	3	who knows
8	service	service-one-attempt	web	3	who knows
9	service	service-one-attempt	web	0	fine
