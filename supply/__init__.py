"""What Filterscope is made of, and what is known of it: a bill of materials, and an audit of it."""
