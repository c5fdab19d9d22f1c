# Results: an active exit code out of 0 to 3 is CRITICAL, with a warning and a text of Nagios' own; 126 and
# 127 have their own texts.
--- objects
define host {
 use host
 host_name service-exit-codes
}
define service {
 use service
 host_name service-exit-codes
 service_description web
 max_check_attempts 1
}
--- scenario
2	service	service-exit-codes	web	0	fine
3	service	service-exit-codes	web	4	four
4	service	service-exit-codes	web	0	fine
5	service	service-exit-codes	web	126	not executable
6	service	service-exit-codes	web	0	fine
7	service	service-exit-codes	web	127	not found
8	service	service-exit-codes	web	0	fine
9	service	service-exit-codes	web	255	minus one
