"""Documents that belong to no area: of any record, of two versions, of everybody's rights."""
