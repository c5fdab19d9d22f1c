# Service states: a problem is soft until max_check_attempts results in a row were bad, then hard, and only
# then somebody is told. Further equal results are silent. A recovery from a hard problem is hard, has attempt
# 1, is told.
--- objects
define host {
 use host
 host_name service-three-attempts
}
define service {
 use service
 host_name service-three-attempts
 service_description web
}
--- scenario
2	service	service-three-attempts	web	0	fine
3	service	service-three-attempts	web	2	dead
4	service	service-three-attempts	web	2	dead
5	service	service-three-attempts	web	2	dead
6	service	service-three-attempts	web	2	still dead
7	service	service-three-attempts	web	0	fine again
8	service	service-three-attempts	web	0	fine
