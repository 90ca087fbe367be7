"""The reference pages, made from the program itself: ``python -m staffcurve.reference docs``."""
