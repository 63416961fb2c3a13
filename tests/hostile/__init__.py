"""Bad input, everywhere: whatever comes in, nothing breaks, nobody is pinged, nothing is repeated, little time goes."""
