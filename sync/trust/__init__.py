"""Device keys, signatures, encryption and the signed membership log."""
