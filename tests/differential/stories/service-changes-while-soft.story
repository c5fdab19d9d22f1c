# Service states: a change from one bad state to another keeps counting attempts while the problem is soft.
--- objects
define host {
 use host
 host_name service-changes-while-soft
}
define service {
 use service
 host_name service-changes-while-soft
 service_description web
}
define service {
 use service
 host_name service-changes-while-soft
 service_description mail
}
--- scenario
2	service	service-changes-while-soft	web	1	slow
2	service	service-changes-while-soft	mail	2	dead
3	service	service-changes-while-soft	web	2	dead
3	service	service-changes-while-soft	mail	1	slow
4	service	service-changes-while-soft	web	2	dead
4	service	service-changes-while-soft	mail	3	who knows
5	service	service-changes-while-soft	web	0	fine
5	service	service-changes-while-soft	mail	0	fine
