"""The logic model: blocks, arrows, and the configurations an arrow rests on."""
