# Downtime: DEL_DOWNTIME_BY_HOSTGROUP_NAME fails when the last host of the group has none, though others were
# deleted.
--- atalaia: it does not fail when something was deleted
--- objects
define host {
 use host
 host_name downtime-deleted-by-group-in-part-a
}
define host {
 use host
 host_name downtime-deleted-by-group-in-part-b
}
define hostgroup {
 hostgroup_name downtime-deleted-by-group-in-part-hosts
 alias downtime-deleted-by-group-in-part-hosts
 members downtime-deleted-by-group-in-part-a,downtime-deleted-by-group-in-part-b
}
--- scenario
2	command	SCHEDULE_HOST_DOWNTIME;downtime-deleted-by-group-in-part-a;@+2@;@+60@;1;0;0;ana;upgrade
3	command	DEL_DOWNTIME_BY_HOSTGROUP_NAME;downtime-deleted-by-group-in-part-hosts
