"""Publishing: from built files to the live websites, whole or not at all, and back."""
