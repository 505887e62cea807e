"""Units, money and gifts in kind through their stages; what a step does to the approved plan."""
