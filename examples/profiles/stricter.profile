# The rules of 2026, stricter: administrative roles are given by two people, User Administrators reset no PINs,
# laboratory orders have a right of their own, and re-verification is told more often.
base = 2026
name = clinic-2026

by_two = user_administrator managing_relationship backup_office_administrator
role.user_administrator.authorities = user.administration
right.32 = lab.order Order laboratory tests.
notices = 90 60 30 7
pin.length = 8
