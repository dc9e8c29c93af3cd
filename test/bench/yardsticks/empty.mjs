// The yardstick of start-up: what Node itself needs.
