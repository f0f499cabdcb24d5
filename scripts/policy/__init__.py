"""The privacy policy site and its consent module, built from texts and an inventory."""
