"""What the design allows beside what this machine does: python -m bench"""
