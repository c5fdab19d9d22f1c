# Service states: a service that was never checked counts as OK before its first result.
--- objects
define host {
 use host
 host_name service-first-result
}
define service {
 use service
 host_name service-first-result
 service_description fine
}
define service {
 use service
 host_name service-first-result
 service_description bad
}
define service {
 use service
 host_name service-first-result
 service_description bad-at-once
 max_check_attempts 1
}
--- scenario
2	service	service-first-result	fine	0	fine
2	service	service-first-result	bad	1	slow
2	service	service-first-result	bad-at-once	3	who knows
3	service	service-first-result	bad	0	fine
3	service	service-first-result	bad-at-once	0	fine
