"""What an operator runs: nights in process, the standing service, backup, summary, the demo.

The command line's longer verbs; nothing imports this room but `portevoix.py`.
"""
