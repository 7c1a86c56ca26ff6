"""The command line of Portevoix: one short function a verb."""
