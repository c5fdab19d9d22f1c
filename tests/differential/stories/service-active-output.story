# Results: an active result's output is cut and cleaned as a passive one's.
--- objects
define host {
 use host
 host_name service-active-output
}
define service {
 use service
 host_name service-active-output
 service_description web
 max_check_attempts 1
}
--- scenario
2	service	service-active-output	web	2	no answer|time=3s;;;0
3	service	service-active-output	web	0	one;two
4	service	service-active-output	web	2	  blanks around   | x=1
5	service	service-active-output	web	0	|x=1
