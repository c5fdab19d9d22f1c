# Comments: DEL_HOST_COMMENT and DEL_SVC_COMMENT want a number above 0 and do not complain about unknown ones.
--- objects
define host {
 use host
 host_name comments-by-number
}
define service {
 use service
 host_name comments-by-number
 service_description web
}
--- scenario
2	command	ADD_HOST_COMMENT;comments-by-number;1;ana;the first
2	command	ADD_SVC_COMMENT;comments-by-number;web;1;ana;the second
3	command	DEL_HOST_COMMENT;1
3	command	DEL_SVC_COMMENT;2
4	command	DEL_HOST_COMMENT;99
4	command	DEL_HOST_COMMENT;0
4	command	DEL_SVC_COMMENT;second
4	command	DEL_SVC_COMMENT
