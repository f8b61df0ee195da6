"""Measuring kimcms on this machine: `make bench`."""
