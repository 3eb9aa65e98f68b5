"""stub"""
from dataclasses import dataclass
class PerfectGroup: ...
def find_perfect_group(component): return None
