# Service states: a recovery from a soft problem is soft, counts as a further attempt, and nobody is told. The
# next problem begins with attempt 1.
--- objects
define host {
 use host
 host_name service-soft-recovery
}
define service {
 use service
 host_name service-soft-recovery
 service_description once
 max_check_attempts 4
}
define service {
 use service
 host_name service-soft-recovery
 service_description thrice
 max_check_attempts 4
}
--- scenario
2	service	service-soft-recovery	once	0	fine
2	service	service-soft-recovery	thrice	0	fine
3	service	service-soft-recovery	once	2	dead
3	service	service-soft-recovery	thrice	2	dead
4	service	service-soft-recovery	once	0	fine
4	service	service-soft-recovery	thrice	1	slow
5	service	service-soft-recovery	once	2	dead
5	service	service-soft-recovery	thrice	2	dead
6	service	service-soft-recovery	once	2	dead
6	service	service-soft-recovery	thrice	0	fine
7	service	service-soft-recovery	once	0	fine
7	service	service-soft-recovery	thrice	0	fine
