# Services of an UNREACHABLE host are kept quiet like those of one that is DOWN.
--- objects
define host {
 use host
 host_name outage-unreachable-router
 max_check_attempts 1
}
define host {
 use host
 host_name outage-unreachable-server
 max_check_attempts 1
 parents outage-unreachable-router
}
define service {
 use service
 host_name outage-unreachable-server
 service_description web
 max_check_attempts 1
}
--- scenario
2	host	outage-unreachable-router	2	gone
4	host	outage-unreachable-server	2	gone
6	service	outage-unreachable-server	web	2	dead
8	host	outage-unreachable-router	0	here
9	host	outage-unreachable-server	0	here
11	service	outage-unreachable-server	web	2	dead
13	service	outage-unreachable-server	web	0	fine
