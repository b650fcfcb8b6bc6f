# The rules of 2013 for test_cluster.py: a first notice is due as soon as somebody is enrolled, ten wrong PINs need no hours,
# and a try that died with its server holds nobody up for long.
base = 2013
name = cluster-test
term.reverify_years = 1
notices = 366 20 5
delay.first = 0
try.longest = 2000
