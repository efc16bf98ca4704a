"""Carriers: the ways by which books meet, all behind the protocol of `sync.transport.carrier`."""
