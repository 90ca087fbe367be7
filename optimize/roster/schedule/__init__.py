"""Finished shifts as objects: who works when, with which breaks and activities, at which cost.

=================  ==========================================================================
``shift``          one shift of one person
``schedule``       all shifts of a week: by person, by interval, paid hours, rest
``table``          a schedule as the ``roster`` table, and the table as a schedule
``codec``          the text of breaks and activities in that table
``intervals``      in which intervals of a week a shift is at work or on a break
``break_windows``  where the breaks of a shift type may lie
``day``            to which local day a shift belongs
``shift_type``     which shift type of its contract a shift is
``paid_time``      which of its intervals are paid
=================  ==========================================================================
"""
