"""Small drawings as SVG text, legible on light and on dark pages, with nothing from outside."""
