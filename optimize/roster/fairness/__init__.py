"""Unpopular work shared in proportion to contract and availability: fair shares, the ledger, accounts."""
