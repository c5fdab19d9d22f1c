# Stalking: other texts of soft problems are logged once.
--- objects
define host {
 use host
 host_name stalking-soft
 max_check_attempts 4
 stalking_options d
}
define service {
 use service
 host_name stalking-soft
 service_description web
 max_check_attempts 4
 stalking_options c
}
--- scenario
2	service	stalking-soft	web	2	dead
3	service	stalking-soft	web	2	very dead
4	service	stalking-soft	web	2	very dead
5	host	stalking-soft	2	gone
7	host	stalking-soft	2	far gone
