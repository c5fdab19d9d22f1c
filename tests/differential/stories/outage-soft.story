# A host whose problem is still soft makes its services' problems hard too.
--- differs: 4.4.6 ends the problem of a service, told after the outage, with a soft recovery that is not told
--- objects
define host {
 use host
 host_name outage-soft
}
define service {
 use service
 host_name outage-soft
 service_description web
}
define service {
 use service
 host_name outage-soft
 service_description mail
 max_check_attempts 1
}
--- scenario
2	service	outage-soft	web	0	fine
2	service	outage-soft	mail	0	fine
3	host	outage-soft	2	gone
5	service	outage-soft	web	2	dead
5	service	outage-soft	mail	2	dead
7	service	outage-soft	web	2	dead
7	service	outage-soft	mail	2	dead
9	host	outage-soft	0	here
11	service	outage-soft	web	2	dead
11	service	outage-soft	mail	2	dead
13	service	outage-soft	web	0	fine
13	service	outage-soft	mail	0	fine
