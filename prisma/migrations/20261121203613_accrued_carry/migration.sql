-- Of a struck NAV, what the general partner has earned and was not paid. What was struck before has none: it says what it said then.
ALTER TABLE "nav_periods" ADD COLUMN "accrued_carry" DECIMAL(18,2) NOT NULL DEFAULT 0;
ALTER TABLE nav_periods ADD CONSTRAINT nav_periods_carry_not_below_zero CHECK (accrued_carry >= 0);
