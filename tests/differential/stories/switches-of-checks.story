# Commands that switch active checks and ask for checks, for hosts and groups of them, leave only their own
# line.
--- objects
define host {
 use host
 host_name switches-of-checks
}
define service {
 use service
 host_name switches-of-checks
 service_description web
}
define hostgroup {
 hostgroup_name switches-of-checks-hosts
 alias switches-of-checks-hosts
 members switches-of-checks
}
define servicegroup {
 servicegroup_name switches-of-checks-services
 alias switches-of-checks-services
 members switches-of-checks,web
}
--- scenario
2	command	DISABLE_HOST_CHECK;switches-of-checks
2	command	ENABLE_HOST_CHECK;switches-of-checks
3	command	DISABLE_HOSTGROUP_HOST_CHECKS;switches-of-checks-hosts
3	command	ENABLE_HOSTGROUP_HOST_CHECKS;switches-of-checks-hosts
3	command	ENABLE_HOSTGROUP_SVC_CHECKS;switches-of-checks-hosts
4	command	DISABLE_SERVICEGROUP_HOST_CHECKS;switches-of-checks-services
4	command	ENABLE_SERVICEGROUP_HOST_CHECKS;switches-of-checks-services
4	command	DISABLE_SERVICEGROUP_SVC_CHECKS;switches-of-checks-services
5	command	SCHEDULE_FORCED_HOST_CHECK;switches-of-checks;@+5@
5	command	SCHEDULE_FORCED_HOST_SVC_CHECKS;switches-of-checks;@+5@
7	host	switches-of-checks	2	gone
8	service	switches-of-checks	web	2	dead
9	command	CHANGE_HOST_CHECK_TIMEPERIOD;switches-of-checks;never
9	command	CHANGE_HOST_CHECK_TIMEPERIOD;switches-of-checks;no-such-period
