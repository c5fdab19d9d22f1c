# Host states: active results count like those of services; soft ones are logged, only the hard one is told.
--- objects
define host {
 use host
 host_name host-three-attempts
}
--- scenario
2	host	host-three-attempts	0	here
3	host	host-three-attempts	2	gone
4	host	host-three-attempts	2	gone
5	host	host-three-attempts	2	gone
6	host	host-three-attempts	2	still gone
7	host	host-three-attempts	0	here again
8	host	host-three-attempts	0	here
