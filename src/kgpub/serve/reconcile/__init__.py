"""The reconciliation service: other people's names matched to ours, by the Reconciliation Service API 0.2.

Read service.py first. https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/
"""
