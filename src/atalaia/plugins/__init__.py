"""Standard Nagios plugins that come with Atalaia: programs of their own, run by any Nagios or by hand.

Here: what the plugins of the Monitoring Plugins project cannot check. Not here: anything of Atalaia's server; a
plugin imports nothing of it, starts quickly and knows only its arguments, its output and its exit code.
"""
