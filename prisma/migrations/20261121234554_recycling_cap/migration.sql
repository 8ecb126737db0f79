-- What of a distribution becomes callable again ends at the recycling cap of the fund's terms. What was declared before has no cap, and
-- nothing above it: it stays as it is.
ALTER TABLE "distributions" ADD COLUMN     "recycling_cap" DECIMAL(9,6);

ALTER TABLE "distribution_lines" ADD COLUMN     "above_cap" DECIMAL(18,2) NOT NULL DEFAULT 0;
ALTER TABLE distribution_lines ADD CONSTRAINT distribution_lines_capital_once
  CHECK (recallable >= 0 AND above_cap >= 0 AND recallable + above_cap <= return_of_capital);
