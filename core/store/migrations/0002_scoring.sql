-- Who last changed an initiative's scores, beside who last changed anything; what a score was computed with.

ALTER TABLE initiatives ADD COLUMN scoring_updated_at TEXT;
ALTER TABLE initiatives ADD COLUMN scoring_updated_source TEXT NOT NULL DEFAULT '';

ALTER TABLE initiative_scores ADD COLUMN formula TEXT NOT NULL DEFAULT '';
ALTER TABLE initiative_scores ADD COLUMN explanation TEXT NOT NULL DEFAULT '';
ALTER TABLE initiative_scores ADD COLUMN reason TEXT NOT NULL DEFAULT '';  -- why there is no score
