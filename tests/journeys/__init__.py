"""The visitor's journeys in Chromium, Firefox and WebKit, by one small interface to a browser of our own.

Firefox and WebKit are driven without a package: both speak WebDriver's commands in JSON, over a plain socket and over
HTTP, and a journey needs a dozen of them.
"""
