"""What a process is about, as codes with labels of our own: topics, SDG targets, WSIS lines, Compact objectives."""

from ._goals import GOALS, goal_of, is_target, target_label, targets
from ._lists import GDC_OBJECTIVES, TOPICS, WSIS_LINES, label_of

__all__ = ["GDC_OBJECTIVES", "GOALS", "TOPICS", "WSIS_LINES", "goal_of", "is_target", "label_of", "target_label",
           "targets"]
