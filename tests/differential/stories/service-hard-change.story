# Service states: a change between bad states while the problem is hard is a hard change, and told although
# the last message is young.
--- objects
define host {
 use host
 host_name service-hard-change
}
define service {
 use service
 host_name service-hard-change
 service_description web
 max_check_attempts 2
}
--- scenario
2	service	service-hard-change	web	2	dead
3	service	service-hard-change	web	2	dead
4	service	service-hard-change	web	1	slow
5	service	service-hard-change	web	1	slow
6	service	service-hard-change	web	3	who knows
7	service	service-hard-change	web	2	dead
8	service	service-hard-change	web	0	fine
