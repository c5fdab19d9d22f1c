# Log: with log_host_retries 0 soft alerts of hosts are logged only when the state changes.
--- main
log_host_retries=0
--- objects
define host {
 use host
 host_name log-no-host-retries
 max_check_attempts 3
}
define host {
 use host
 host_name log-no-host-retries-recovering
 max_check_attempts 3
}
--- scenario
2	host	log-no-host-retries	2	gone
2	host	log-no-host-retries-recovering	2	gone
3	host	log-no-host-retries	2	gone
3	host	log-no-host-retries-recovering	2	gone
4	host	log-no-host-retries	2	gone
4	host	log-no-host-retries-recovering	0	here
5	host	log-no-host-retries	0	here
