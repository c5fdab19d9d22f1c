# Notification dependencies of hosts inherit like those of services.
--- objects
define host {
 use host
 host_name dependency-inherited-hosts-first
}
define host {
 use host
 host_name dependency-inherited-hosts-second
}
define host {
 use host
 host_name dependency-inherited-hosts-third
}
define hostdependency {
 host_name dependency-inherited-hosts-first
 dependent_host_name dependency-inherited-hosts-second
 notification_failure_criteria d
}
define hostdependency {
 host_name dependency-inherited-hosts-second
 dependent_host_name dependency-inherited-hosts-third
 notification_failure_criteria u
 inherits_parent 1
}
--- scenario
2	command	PROCESS_HOST_CHECK_RESULT;dependency-inherited-hosts-first;1;gone
3	command	PROCESS_HOST_CHECK_RESULT;dependency-inherited-hosts-third;1;gone
4	command	PROCESS_HOST_CHECK_RESULT;dependency-inherited-hosts-first;0;here
5	command	PROCESS_HOST_CHECK_RESULT;dependency-inherited-hosts-third;1;gone
