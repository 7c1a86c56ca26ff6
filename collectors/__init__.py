"""From platforms to landed records: one file a platform, paging, waiting, landing.

Never stores in the warehouse; no source knows another.
"""
