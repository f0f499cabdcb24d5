"""The headers of each website: the guard that keeps tags which nobody marked from hosts without consent."""
