# Event handlers of services run with soft problems, the turn to hard, hard changes and recoveries, not with
# equal results. Macros in their arguments are filled in.
--- differs: 4.4.6 has the attempts of the problem in the macros of a hard recovery, too
--- objects
define host {
 use host
 host_name handler-service
}
define service {
 use service
 host_name handler-service
 service_description web
 event_handler restart!$SERVICESTATE$!$SERVICEATTEMPT$ of $MAXSERVICEATTEMPTS$
}
define service {
 use service
 host_name handler-service
 service_description other
 max_check_attempts 1
 event_handler clean-up
}
--- scenario
2	service	handler-service	web	0	fine
3	service	handler-service	web	2	dead
4	service	handler-service	web	1	slow
5	service	handler-service	web	2	dead
6	service	handler-service	web	2	dead
7	service	handler-service	web	1	slow
8	service	handler-service	web	0	fine
9	service	handler-service	web	2	dead
10	service	handler-service	web	0	fine
11	service	handler-service	other	2	dead
12	service	handler-service	other	3	who knows
13	service	handler-service	other	0	fine
