PRAGMA application_id = 1380794704;
BEGIN TRANSACTION;
CREATE TABLE action_run_events (
  run_seq INTEGER NOT NULL REFERENCES action_runs (seq) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (run_seq, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "action_run_events" VALUES(1,1,'2026-11-29T14:42:47.237Z','queued','');
INSERT INTO "action_run_events" VALUES(1,2,'2026-11-29T14:42:47.265Z','running','attempt 1');
INSERT INTO "action_run_events" VALUES(1,3,'2026-11-29T14:42:47.277Z','step','Reading intake');
INSERT INTO "action_run_events" VALUES(1,4,'2026-11-29T14:42:47.389Z','step','Reading the backlog');
INSERT INTO "action_run_events" VALUES(1,5,'2026-11-29T14:42:47.434Z','step','Saving new intake');
INSERT INTO "action_run_events" VALUES(1,6,'2026-11-29T14:42:47.477Z','step','Writing keys into intake');
INSERT INTO "action_run_events" VALUES(1,7,'2026-11-29T14:42:47.529Z','step','Comparing with the backlog');
INSERT INTO "action_run_events" VALUES(1,8,'2026-11-29T14:42:47.561Z','step','Writing the backlog');
INSERT INTO "action_run_events" VALUES(1,9,'2026-11-29T14:42:47.701Z','success','');
INSERT INTO "action_run_events" VALUES(2,1,'2026-11-29T14:42:47.761Z','queued','');
INSERT INTO "action_run_events" VALUES(2,2,'2026-11-29T14:42:47.789Z','running','attempt 1');
INSERT INTO "action_run_events" VALUES(2,3,'2026-11-29T14:42:47.797Z','step','Reading inputs, math models and parameters');
INSERT INTO "action_run_events" VALUES(2,4,'2026-11-29T14:42:47.833Z','step','Saving inputs and computing scores');
INSERT INTO "action_run_events" VALUES(2,5,'2026-11-29T14:42:47.869Z','step','Writing scores');
INSERT INTO "action_run_events" VALUES(2,6,'2026-11-29T14:42:47.925Z','success','');
INSERT INTO "action_run_events" VALUES(3,1,'2026-11-29T14:42:47.977Z','queued','');
INSERT INTO "action_run_events" VALUES(3,2,'2026-11-29T14:42:48.008Z','running','attempt 1');
INSERT INTO "action_run_events" VALUES(3,3,'2026-11-29T14:42:48.014Z','step','Reading the backlog');
INSERT INTO "action_run_events" VALUES(3,4,'2026-11-29T14:42:48.025Z','step','Comparing with the backlog');
INSERT INTO "action_run_events" VALUES(3,5,'2026-11-29T14:42:48.073Z','step','Writing the backlog');
INSERT INTO "action_run_events" VALUES(3,6,'2026-11-29T14:42:48.116Z','success','');
INSERT INTO "action_run_events" VALUES(4,1,'2026-11-29T14:42:48.181Z','queued','');
INSERT INTO "action_run_events" VALUES(4,2,'2026-11-29T14:42:48.191Z','running','attempt 1');
INSERT INTO "action_run_events" VALUES(4,3,'2026-11-29T14:42:48.205Z','step','Reading inputs, math models and parameters');
INSERT INTO "action_run_events" VALUES(5,1,'2026-11-29T14:42:48.249Z','queued','');
CREATE TABLE action_runs (
  seq INTEGER PRIMARY KEY,  -- order of arrival
  run_id TEXT NOT NULL UNIQUE,
  action TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'success', 'failed', 'cancelled')),
  attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
  boot_id TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  cancel_requested_at TEXT,
  requested_by_email TEXT NOT NULL,
  requested_by_ui TEXT NOT NULL,
  spreadsheet_id TEXT NOT NULL,
  holds TEXT NOT NULL,  -- JSON array: the spreadsheets that the run keeps other runs off
  tab TEXT NOT NULL,
  scope_type TEXT NOT NULL,
  scope_summary TEXT NOT NULL,
  request_hash TEXT NOT NULL,
  idempotency_key TEXT,
  idempotency_use INTEGER,  -- a key may be used again when its window has passed: 1, 2, …
  progress TEXT,            -- JSON object
  error TEXT,               -- JSON object
  payload TEXT NOT NULL,    -- the canonical request
  result TEXT CHECK (result IS NULL OR json_valid(result)),
  CHECK ((finished_at IS NOT NULL) = (status IN ('success', 'failed', 'cancelled'))),
  CHECK (status <> 'running' OR (started_at IS NOT NULL AND boot_id <> '' AND attempt >= 1))
) STRICT;
INSERT INTO "action_runs" VALUES(1,'run_20261129T144247Z_7935c7ee','pm.backlog_sync','success',1,'784794fc82263519','2026-11-29T14:42:47.237Z','2026-11-29T14:42:47.265Z','2026-11-29T14:42:47.701Z',NULL,'pm@example.com','apps_script','demo-central-backlog','["demo-central-backlog","demo-intake-emea"]','','all','all','24209642ae42df5ff4e42873e9e9a61de934af1cc54f792ec2137e9d68ec1296',NULL,NULL,'{"done":5,"label":"Writing the backlog","step":"write_backlog","total":6}',NULL,'{"action":"pm.backlog_sync","scope":{"type":"all"},"options":{"dry_run":false},"requested_by":{"ui":"apps_script","user_email":"pm@example.com"}}','{"summary":{"total":45,"success":19,"skipped":1,"failed":25},"raw":{"appended":2,"updated_count":2,"cells_updated":55,"kept_unsaved_edits":[{"initiative_key":"INIT-000002","column":"Status","shown":"in discovery","stored":"new"},{"initiative_key":"INIT-000002","column":"Strategic Priority Coefficient","shown":1.5,"stored":null},{"initiative_key":"INIT-000005","column":"Dependencies Initiatives","shown":"INIT-000001","stored":null},{"initiative_key":"INIT-000001","column":"Status","shown":"Committed","stored":"new"},{"initiative_key":"INIT-000001","column":"Strategic Priority Coefficient","shown":1.3,"stored":null}],"kept_pm_values":[],"failed_sources":[],"substeps":[{"action":"flow0.intake_sync","summary":{"total":20,"success":19,"skipped":1,"failed":0},"raw":{"created":19,"updated":0,"unchanged":0,"skipped_no_title":1,"duplicates":0,"substeps":[],"rows":[],"warnings":[]}},{"action":"flow1.backlog_sync","summary":{"total":44,"success":19,"skipped":0,"failed":25},"raw":{"appended":2,"updated_count":2,"cells_updated":55,"substeps":[],"rows":[],"warnings":[]}}],"rows":[{"initiative_key":"","row":18,"status":"skipped","message":"Marketing_EMEA row 18: no Title"},{"initiative_key":"INIT-000008","row":3,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000011","row":4,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000010","row":5,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000006","row":6,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000007","row":10,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000009","row":11,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000012","row":12,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000025","row":26,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000026","row":27,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000027","row":28,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000028","row":29,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000029","row":30,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000030","row":31,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000031","row":32,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000032","row":33,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000033","row":34,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000034","row":35,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000035","row":36,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000036","row":37,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000037","row":38,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000038","row":39,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000039","row":40,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000040","row":41,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000041","row":42,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000042","row":43,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000043","row":null,"status":"ok","message":"appended"},{"initiative_key":"INIT-000044","row":null,"status":"ok","message":"appended"}],"warnings":["Marketing_EMEA row 2: key INIT-000001 was not known and is taken over","Marketing_EMEA row 3: key INIT-000002 was not known and is taken over","Marketing_EMEA row 4: key INIT-000003 was not known and is taken over","Marketing_EMEA row 5: key INIT-000004 was not known and is taken over","Marketing_EMEA row 6: key INIT-000005 was not known and is taken over","Marketing_EMEA row 7: key INIT-000013 was not known and is taken over","Marketing_EMEA row 8: key INIT-000014 was not known and is taken over","Marketing_EMEA row 9: key INIT-000015 was not known and is taken over","Marketing_EMEA row 10: key INIT-000016 was not known and is taken over","Marketing_EMEA row 11: key INIT-000017 was not known and is taken over","Marketing_EMEA row 12: key INIT-000018 was not known and is taken over","Marketing_EMEA row 13: key INIT-000019 was not known and is taken over","Marketing_EMEA row 14: key INIT-000020 was not known and is taken over","Marketing_EMEA row 15: key INIT-000021 was not known and is taken over","Marketing_EMEA row 16: key INIT-000022 was not known and is taken over","Marketing_EMEA row 17: key INIT-000023 was not known and is taken over","Marketing_EMEA row 18: no Title, skipped","Marketing_EMEA row 19: Impact Expected: ''abc'' is not a number","Marketing_EMEA row 19: key INIT-000024 was not known and is taken over"]}}');
INSERT INTO "action_runs" VALUES(2,'run_20261129T144247Z_4f50a6de','pm.score_selected','success',1,'784794fc82263519','2026-11-29T14:42:47.761Z','2026-11-29T14:42:47.789Z','2026-11-29T14:42:47.925Z',NULL,'pm@example.com','apps_script','demo-product-ops','["demo-product-ops"]','Scoring_Inputs','selection','3 initiatives','8d881474152b2bb50179336db5e29c343cbf641500473624503b9e8020a44f44',NULL,NULL,'{"done":2,"label":"Writing scores","step":"write_scores","total":3}',NULL,'{"action":"pm.score_selected","scope":{"type":"selection","initiative_keys":["INIT-000001","INIT-000002","INIT-000003"]},"sheet_context":{"spreadsheet_id":"demo-product-ops","tab":"Scoring_Inputs"},"options":{"dry_run":false},"requested_by":{"ui":"apps_script","user_email":"pm@example.com"}}','{"summary":{"total":3,"success":3,"skipped":0,"failed":0},"raw":{"selected_count":3,"saved_count":3,"failed_count":0,"skipped_no_key":0,"computed":3,"written":0,"substeps":[],"rows":[{"initiative_key":"INIT-000001","row":2,"status":"ok","message":"RICE is chosen but not active: Switch framework"},{"initiative_key":"INIT-000002","row":3,"status":"ok","message":"WSJF is chosen but not active: Switch framework"},{"initiative_key":"INIT-000003","row":4,"status":"ok","message":"WSJF is chosen but not active: Switch framework"}],"warnings":[],"hints":["WSJF is relative: no row has 1 in Business Value and Time Criticality"]}}');
INSERT INTO "action_runs" VALUES(3,'run_20261129T144247Z_385a1156','flow1.backlog_sync','success',1,'784794fc82263519','2026-11-29T14:42:47.977Z','2026-11-29T14:42:48.008Z','2026-11-29T14:42:48.116Z',NULL,'pm@example.com','apps_script','demo-central-backlog','["demo-central-backlog"]','','all','all','e47115221fb9643c9a1c01250144331f94edddddd4625ec05d3b1e993e321b33',NULL,NULL,'{"done":2,"label":"Writing the backlog","step":"write_backlog","total":4}',NULL,'{"action":"flow1.backlog_sync","scope":{"type":"all"},"options":{"dry_run":false},"requested_by":{"ui":"apps_script","user_email":"pm@example.com"}}','{"summary":{"total":44,"success":19,"skipped":0,"failed":25},"raw":{"appended":0,"updated_count":0,"cells_updated":5,"not_active":4,"kept_unsaved_edits":[{"initiative_key":"INIT-000002","column":"Active Scoring Framework","shown":"WSJF","stored":null},{"initiative_key":"INIT-000002","column":"Status","shown":"in discovery","stored":"new"},{"initiative_key":"INIT-000003","column":"Active Scoring Framework","shown":"WSJF","stored":null},{"initiative_key":"INIT-000005","column":"Active Scoring Framework","shown":"RICE","stored":null},{"initiative_key":"INIT-000005","column":"Dependencies Initiatives","shown":"INIT-000001","stored":null},{"initiative_key":"INIT-000001","column":"Active Scoring Framework","shown":"RICE","stored":null},{"initiative_key":"INIT-000001","column":"Status","shown":"Committed","stored":"new"},{"initiative_key":"INIT-000001","column":"Strategic Priority Coefficient","shown":1.3,"stored":null}],"substeps":[],"rows":[{"initiative_key":"INIT-000002","row":2,"status":"ok","message":"WSJF is chosen but not active: Switch framework"},{"initiative_key":"INIT-000008","row":3,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000011","row":4,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000010","row":5,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000006","row":6,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000003","row":7,"status":"ok","message":"WSJF is chosen but not active: Switch framework"},{"initiative_key":"INIT-000005","row":8,"status":"ok","message":"RICE is chosen but not active: Switch framework"},{"initiative_key":"INIT-000001","row":9,"status":"ok","message":"RICE is chosen but not active: Switch framework"},{"initiative_key":"INIT-000007","row":10,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000009","row":11,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000012","row":12,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000025","row":26,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000026","row":27,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000027","row":28,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000028","row":29,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000029","row":30,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000030","row":31,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000031","row":32,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000032","row":33,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000033","row":34,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000034","row":35,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000035","row":36,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000036","row":37,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000037","row":38,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000038","row":39,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000039","row":40,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000040","row":41,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000041","row":42,"status":"failed","message":"unknown key"},{"initiative_key":"INIT-000042","row":43,"status":"failed","message":"unknown key"}],"warnings":[]}}');
INSERT INTO "action_runs" VALUES(4,'run_20261129T144248Z_3e41318e','pm.score_selected','running',1,'784794fc82263519','2026-11-29T14:42:48.181Z','2026-11-29T14:42:48.191Z',NULL,NULL,'pm@example.com','apps_script','demo-product-ops','["demo-product-ops"]','Scoring_Inputs','selection','2 initiatives','fea22bebd547e3a55ea9d7311709eb3ad5df0a73ff099097806d7c4eacc13c00',NULL,NULL,'{"done":0,"label":"Reading inputs, math models and parameters","step":"read_tabs","total":3}',NULL,'{"action":"pm.score_selected","scope":{"type":"selection","initiative_keys":["INIT-000001","INIT-000002"]},"sheet_context":{"spreadsheet_id":"demo-product-ops","tab":"Scoring_Inputs"},"options":{"dry_run":false},"requested_by":{"ui":"apps_script","user_email":"pm@example.com"}}',NULL);
INSERT INTO "action_runs" VALUES(5,'run_20261129T144248Z_2614b330','pm.save_selected','queued',0,'','2026-11-29T14:42:48.249Z',NULL,NULL,NULL,'pm@example.com','apps_script','demo-product-ops','["demo-product-ops"]','Scoring_Inputs','selection','1 initiative','5025387c311f272e9e284b22088ab5f0ed67e58a6093131395d155f73527bdd3',NULL,NULL,NULL,NULL,'{"action":"pm.save_selected","scope":{"type":"selection","initiative_keys":["INIT-000004"]},"sheet_context":{"spreadsheet_id":"demo-product-ops","tab":"Scoring_Inputs"},"options":{"dry_run":false},"requested_by":{"ui":"apps_script","user_email":"pm@example.com"}}',NULL);
CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "counters" VALUES('next_initiative_number',45);
CREATE TABLE initiative_scores (
  id INTEGER PRIMARY KEY,
  initiative_key TEXT NOT NULL REFERENCES initiatives (initiative_key),
  framework TEXT NOT NULL,
  computed_at TEXT NOT NULL,
  value_score REAL,
  effort_score REAL,
  overall_score REAL,
  inputs TEXT NOT NULL,      -- JSON object
  components TEXT NOT NULL,  -- JSON object
  warnings TEXT NOT NULL     -- JSON array
, formula TEXT NOT NULL DEFAULT '', explanation TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '') STRICT;
INSERT INTO "initiative_scores" VALUES(1,'INIT-000001','RICE','2026-11-29T14:42:47.857Z',288000.0,6.0,48000.0,'{"rice_reach":180000.0,"rice_impact":2.0,"rice_confidence":0.8,"rice_effort":6.0}','{"rice_reach":180000.0,"rice_impact":2.0,"rice_confidence":0.8,"rice_effort":6.0}','[]','','180000 × 2 × 0.8 ÷ 6 = 48000','');
INSERT INTO "initiative_scores" VALUES(2,'INIT-000001','WSJF','2026-11-29T14:42:47.857Z',20.0,13.0,1.53846153846153854694e+00,'{"wsjf_business_value":13.0,"wsjf_time_criticality":5.0,"wsjf_risk_reduction":2.0,"wsjf_job_size":13.0}','{"wsjf_business_value":13.0,"wsjf_time_criticality":5.0,"wsjf_risk_reduction":2.0,"wsjf_job_size":13.0}','[]','','(13 + 5 + 2) ÷ 13 = 1.5384615384615385','');
INSERT INTO "initiative_scores" VALUES(3,'INIT-000002','WSJF','2026-11-29T14:42:47.857Z',41.0,5.0,8.2,'{"wsjf_business_value":8.0,"wsjf_time_criticality":20.0,"wsjf_risk_reduction":13.0,"wsjf_job_size":5.0}','{"wsjf_business_value":8.0,"wsjf_time_criticality":20.0,"wsjf_risk_reduction":13.0,"wsjf_job_size":5.0}','[]','','(8 + 20 + 13) ÷ 5 = 8.2','');
INSERT INTO "initiative_scores" VALUES(4,'INIT-000003','RICE','2026-11-29T14:42:47.857Z',24000.0,1.0,24000.0,'{"rice_reach":30000.0,"rice_impact":1.0,"rice_confidence":0.8,"rice_effort":1.0}','{"rice_reach":30000.0,"rice_impact":1.0,"rice_confidence":0.8,"rice_effort":1.0}','[]','','30000 × 1 × 0.8 ÷ 1 = 24000','');
INSERT INTO "initiative_scores" VALUES(5,'INIT-000003','WSJF','2026-11-29T14:42:47.857Z',6.0,1.0,6.0,'{"wsjf_business_value":3.0,"wsjf_time_criticality":2.0,"wsjf_risk_reduction":1.0,"wsjf_job_size":1.0}','{"wsjf_business_value":3.0,"wsjf_time_criticality":2.0,"wsjf_risk_reduction":1.0,"wsjf_job_size":1.0}','[]','','(3 + 2 + 1) ÷ 1 = 6','');
CREATE TABLE initiatives (
  initiative_key TEXT PRIMARY KEY,
  product_org TEXT NOT NULL DEFAULT '',
  intake_tab_key TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL
, scoring_updated_at TEXT, scoring_updated_source TEXT NOT NULL DEFAULT '', "title" TEXT, "requesting_team" TEXT, "requester_name" TEXT, "requester_email" TEXT, "country" TEXT, "product_area" TEXT, "status" TEXT, "problem_statement" TEXT, "current_pain" TEXT, "desired_outcome" TEXT, "target_metrics" TEXT, "hypothesis" TEXT, "strategic_theme" TEXT, "customer_segment" TEXT, "initiative_type" TEXT, "expected_impact_description" TEXT, "impact_metric" TEXT, "impact_unit" TEXT, "impact_low" REAL, "impact_expected" REAL, "impact_high" REAL, "effort_tshirt_size" TEXT, "effort_engineering_days" REAL, "effort_other_teams_days" REAL, "infra_cost_estimate" REAL, "dependencies_initiatives" TEXT, "dependencies_others" TEXT, "is_mandatory" INTEGER, "risk_level" TEXT, "risk_description" TEXT, "time_sensitivity" TEXT, "deadline_date" TEXT, "active_scoring_framework" TEXT, "use_math_model" INTEGER, "strategic_priority_coefficient" REAL, "llm_notes" TEXT, "rice_reach" REAL, "rice_impact" REAL, "rice_confidence" REAL, "rice_effort" REAL, "wsjf_business_value" REAL, "wsjf_time_criticality" REAL, "wsjf_risk_reduction" REAL, "wsjf_job_size" REAL, "rice_value_score" REAL, "rice_effort_score" REAL, "rice_overall_score" REAL, "wsjf_value_score" REAL, "wsjf_effort_score" REAL, "wsjf_overall_score" REAL, "math_value_score" REAL, "math_effort_score" REAL, "math_overall_score" REAL, "math_warnings" TEXT, "value_score" REAL, "effort_score" REAL, "overall_score" REAL, "llm_summary" TEXT) STRICT;
INSERT INTO "initiatives" VALUES('INIT-000001','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','Loyalty points at the till','CRM','Anna Weber','anna.weber@marlowefinch.example','Germany','Loyalty','new','Members can spend points online only; in stores they are told to come back to the website.','One store complaint in five is about points.','Points are earned and spent in every store within ten seconds.','Share of store sales by members','Members who can use points at the till visit once more a quarter.','Grow loyal customers','Loyalty members','Feature','More visits and larger baskets of members in stores','Member store revenue','EUR a year',900000.0,1600000.0,2400000.0,'L',85.0,30.0,12000.0,NULL,'Till software release 8.2',0,'Medium','Tills in Austria still run the old software.','High','2027-09-30',NULL,NULL,NULL,NULL,180000.0,2.0,0.8,6.0,13.0,5.0,2.0,13.0,288000.0,6.0,48000.0,20.0,13.0,1.53846153846153854694e+00,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000002','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','Consent banner that remembers','Digital Marketing','Luc Martin','luc.martin@marlowefinch.example','France','Privacy','new','The banner asks again on every subdomain, and refusals are not passed on to two ad partners.',NULL,'One answer per customer, honoured everywhere.','Complaints to the data protection officer',NULL,'Trust and compliance','All customers','Compliance','Avoids a fine and wins back measurable traffic','Visits with consent','percentage points',3.0,6.0,9.0,'M',25.0,10.0,NULL,NULL,'Legal review',1,'High','The regulator has asked for a date.','High','2027-02-28',NULL,NULL,1.5,NULL,NULL,NULL,NULL,NULL,8.0,20.0,13.0,5.0,NULL,NULL,NULL,41.0,5.0,8.2,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000003','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','2026-11-29T14:42:47.857Z','flow3.compute_all_frameworks','Welcome series for new subscribers','CRM','Sofia Lindqvist','sofia.lindqvist@marlowefinch.example','Sweden','E-mail','new','New subscribers get the same newsletter as customers of ten years.',NULL,NULL,NULL,'Three introductory mails in ten days lift first orders by a tenth.','Grow loyal customers','New customers','Experiment','More first orders from subscribers','First orders','orders a month',250.0,600.0,900.0,'S',8.0,12.0,NULL,NULL,NULL,0,'Low',NULL,'Medium',NULL,NULL,NULL,NULL,NULL,30000.0,1.0,0.8,1.0,3.0,2.0,1.0,1.0,24000.0,1.0,24000.0,6.0,1.0,6.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000004','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Product finder for sofas','Content','Marta Kowalska','marta.kowalska@marlowefinch.example','Poland','Search','new','Two visitors in three leave the sofa category without opening a product.','480 sofas, one filter for colour.','Five questions lead to at most eight sofas.',NULL,NULL,'Frictionless shopping','Home buyers','Feature','Higher conversion in the largest home category','Category conversion','percentage points',0.2,0.5,0.8,'M',30.0,20.0,3000.0,NULL,NULL,0,'Low',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000005','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Refer a friend','CRM','Anna Weber','anna.weber@marlowefinch.example','Germany','Loyalty','new','Happy customers have nothing to pass on.',NULL,NULL,NULL,'A voucher for both sides costs less than a paid click.','Grow loyal customers','Loyalty members','Feature','Cheaper acquisition','New customers by referral','customers a year',4000.0,9000.0,15000.0,'M',35.0,8.0,NULL,NULL,NULL,0,'Medium','Voucher fraud between relatives.','Medium','2027-06-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000013','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Store events in the app','Events','Giulia Conti','giulia.conti@marlowefinch.example','Italy','App','new','Styling evenings are announced on paper in the shop window and half the chairs stay empty.',NULL,'Members near a store see and book its events.',NULL,NULL,'Grow loyal customers','Loyalty members','Feature','Full events that sell','Event revenue','EUR a year',120000.0,210000.0,300000.0,'S',15.0,5.0,NULL,NULL,NULL,0,'Low',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000014','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Reviews with photos','Content','Pedro Almeida','pedro.almeida@marlowefinch.example','Portugal','Product page','new','Customers ask how a dress looks on a real person; we show models only.',NULL,NULL,'Return rate, conversion','Photos of buyers lower returns for fit by a twentieth.','Frictionless shopping','Fashion buyers','Feature','Fewer returns, more trust','Return rate','percentage points',0.5,1.2,2.0,'M',28.0,15.0,9000.0,NULL,'Photo moderation contract',0,'Medium','Unsuitable pictures.','Medium',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000015','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Ramadan and Eid landing pages','Digital Marketing','Layla Haddad','layla.haddad@marlowefinch.example','United Arab Emirates','Campaigns','new','The most important season of the Gulf stores is served with a translated Easter template.',NULL,'Pages of their own, right to left, live four weeks before.',NULL,NULL,'Local relevance','Gulf customers','Feature','Seasonal revenue','Campaign revenue','EUR a season',300000.0,550000.0,700000.0,'S',12.0,18.0,NULL,NULL,NULL,0,'Medium','The date moves by eleven days every year.','High','2027-01-10',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000016','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Back-in-stock alerts','CRM','Sofia Lindqvist','sofia.lindqvist@marlowefinch.example','Sweden','E-mail','new','Sold-out sizes are a dead end; 90,000 visits a month end there.',NULL,NULL,NULL,'One visitor in twenty leaves an address, one in four of them buys.','Frictionless shopping','Fashion buyers','Feature','Recovered sales','Orders from alerts','orders a month',500.0,1100.0,1500.0,'S',14.0,NULL,NULL,NULL,NULL,0,'Low',NULL,'Medium',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000017','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Carbon label on product pages','Brand','Femke de Vries','femke.devries@marlowefinch.example','Netherlands','Product page','new','Claims about sustainability must be backed by figures from next year on.',NULL,'Every own-brand product shows an audited figure.',NULL,NULL,'Trust and compliance','All customers','Compliance','Allowed to keep the green range online','Revenue at risk','EUR a year',2000000.0,3500000.0,5000000.0,'L',40.0,90.0,NULL,NULL,'Supplier data of 140 factories',1,'High','A third of the suppliers have not answered.','High','2027-03-27',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000018','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Student discount with verification','Digital Marketing','Luc Martin','luc.martin@marlowefinch.example','France','Pricing','new','The student code is on every coupon site and a third of its users are no students.',NULL,NULL,NULL,NULL,'Grow loyal customers','Students','Feature','Margin kept on misused discounts','Margin','EUR a year',80000.0,150000.0,190000.0,'S',10.0,NULL,4800.0,NULL,NULL,0,'Low',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000019','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Marketing mix model','Marketing Analytics','Henrik Olsen','henrik.olsen@marlowefinch.example','Denmark','Analytics','new','With fewer cookies nobody can say what television and search bring.',NULL,'Budget is set each quarter from one model that finance accepts.','Return on advertising',NULL,'Efficient operations','Internal','Platform','Better use of 40 million of media a year','Media efficiency','EUR a year',400000.0,1200000.0,2000000.0,'XL',120.0,60.0,30000.0,NULL,NULL,0,'Medium','Needs three years of clean spend data.','Medium',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000020','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Gift cards by message','CRM','Anna Weber','anna.weber@marlowefinch.example','Austria','Gift cards','new','Digital gift cards arrive as a PDF that recipients take for spam.',NULL,NULL,NULL,NULL,'Frictionless shopping','Gift buyers','Feature','More gift cards before Christmas','Gift cards sold','cards a year',12000.0,20000.0,26000.0,'M',22.0,6.0,NULL,NULL,'Message gateway contract',0,'Low',NULL,'High','2027-10-31',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000021','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Influencer codes with fair attribution','Brand','Carmen Ruiz','carmen.ruiz@marlowefinch.example','Spain','Campaigns','new','The last click wins, so those who bring new customers are paid least.',NULL,NULL,NULL,'Paying for first orders keeps the ten partners who matter.','Local relevance','New customers','Experiment','New customers at the same spend','New customers','customers a year',2500.0,5200.0,8000.0,'M',20.0,NULL,NULL,NULL,NULL,0,'Medium',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000022','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Accessible newsletters','CRM','Niamh Byrne','niamh.byrne@marlowefinch.example','Ireland','E-mail','new','Mails are one large picture; screen readers read nothing, and new law says they must.',NULL,NULL,NULL,NULL,'Trust and compliance','All customers','Compliance','Legal, and readable for 60,000 more people','Readers reached','people',30000.0,60000.0,80000.0,'S',9.0,25.0,NULL,NULL,NULL,1,'Low',NULL,'High','2027-06-28',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000023','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Win-back series for quiet subscribers','CRM','Sofia Lindqvist','sofia.lindqvist@marlowefinch.example','Sweden','E-mail','new','A third of the subscribers have not opened a mail for a year.',NULL,NULL,NULL,'Two honest mails bring back one in thirty.','Grow loyal customers','Lapsed customers','Experiment','Orders of customers we had lost','Orders won back','orders a month',150.0,320.0,500.0,'S',6.0,10.0,NULL,NULL,NULL,0,'Low',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000024','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Print catalogue on demand','Brand','Femke de Vries','femke.devries@marlowefinch.example','Belgium','Campaigns','new','400,000 catalogues are printed and half are thrown away unread.',NULL,NULL,NULL,NULL,'Efficient operations','Home buyers','Process','Less paper and postage','Print cost','EUR a year',90000.0,NULL,240000.0,'M',NULL,NULL,NULL,NULL,NULL,0,'Low',NULL,'Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000043','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Gift cards by e-mail','Brand Marketing','Clara Weiss','clara.weiss@marlowefinch.example','Germany','Gifting','new','A gift card is a plastic card that is posted; two days before a birthday it is too late.',NULL,'A card is in the mailbox of the person ten minutes after it was paid.',NULL,NULL,'Grow gifting','Gift buyers','Feature',NULL,'Gift cards sold','cards a month',NULL,4200.0,NULL,'S',18.0,NULL,NULL,NULL,NULL,0,'Low',NULL,'High','2027-11-15',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "initiatives" VALUES('INIT-000044','','marketing','2026-11-29T14:42:47.454Z','2026-11-29T14:42:47.454Z','flow0.intake_sync',NULL,'','Reviews with photographs','CRM EMEA','Paul Moreau','paul.moreau@marlowefinch.example','France','Product pages','new','People ask how a chair looks in a room; our pictures show it in a studio.','One return in six says that it looked different.','Customers add photographs to their reviews.',NULL,NULL,NULL,'All customers','Feature',NULL,'Returns','parcels a month',NULL,900.0,NULL,'M',NULL,NULL,NULL,NULL,NULL,0,'Medium','Somebody has to look at the photographs.','Low',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE math_models (
  initiative_key TEXT PRIMARY KEY REFERENCES initiatives (initiative_key),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL
, "model_name" TEXT, "model_description_free_text" TEXT, "model_prompt_to_llm" TEXT, "formula_text" TEXT, "assumptions_text" TEXT, "parameters_json" TEXT, "approved_by_user" INTEGER, "llm_suggested_formula_text" TEXT, "llm_notes" TEXT, "suggested_by_llm" INTEGER) STRICT;
CREATE TABLE params (
  initiative_key TEXT NOT NULL REFERENCES initiatives (initiative_key),
  framework TEXT NOT NULL,
  param_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  updated_source TEXT NOT NULL, "param_display" TEXT, "description" TEXT, "value" REAL, "unit" TEXT, "min" REAL, "max" REAL, "source" TEXT, "approved" INTEGER, "notes" TEXT, "is_auto_seeded" INTEGER,
  PRIMARY KEY (initiative_key, framework, param_name)
) STRICT;
CREATE TABLE pending_key_writes (
  id INTEGER PRIMARY KEY,
  initiative_key TEXT NOT NULL UNIQUE REFERENCES initiatives (initiative_key),
  spreadsheet_id TEXT NOT NULL,
  tab TEXT NOT NULL,  -- lower case
  row INTEGER NOT NULL,
  title TEXT NOT NULL,
  requester_email TEXT NOT NULL,
  requesting_team TEXT NOT NULL
) STRICT;
CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT;
INSERT INTO "schema_migrations" VALUES(1,'0001_initial','2026-11-29T14:42:46.273Z');
INSERT INTO "schema_migrations" VALUES(2,'0002_scoring','2026-11-29T14:42:46.273Z');
CREATE TABLE sheet_rows (
  spreadsheet_id TEXT NOT NULL,
  tab TEXT NOT NULL,  -- lower case
  row_key TEXT NOT NULL,
  row INTEGER NOT NULL,
  cells TEXT NOT NULL,
  PRIMARY KEY (spreadsheet_id, tab, row_key)
) STRICT, WITHOUT ROWID;
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000001',9,'i:title	''Loyalty points at the till
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Germany
i:product_area	''Loyalty
i:status	''new
i:problem_statement	''Members can spend points online only; in stores they are told to come back to the website.
i:hypothesis	''Members who can use points at the till visit once more a quarter.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	''Till software release 8.2
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000002',2,'i:title	''Consent banner that remembers
i:requesting_team	''Digital Marketing
i:requester_name	''Luc Martin
i:requester_email	''luc.martin@marlowefinch.example
i:country	''France
i:product_area	''Privacy
i:status	''new
i:problem_statement	''The banner asks again on every subdomain, and refusals are not passed on to two ad partners.
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:dependencies_initiatives	-
i:dependencies_others	''Legal review
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	#1.5
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000003',7,'i:title	''Welcome series for new subscribers
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''New subscribers get the same newsletter as customers of ten years.
i:hypothesis	''Three introductory mails in ten days lift first orders by a tenth.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''New customers
i:initiative_type	''Experiment
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000004',13,'i:title	''Product finder for sofas
i:requesting_team	''Content
i:requester_name	''Marta Kowalska
i:requester_email	''marta.kowalska@marlowefinch.example
i:country	''Poland
i:product_area	''Search
i:status	''new
i:problem_statement	''Two visitors in three leave the sofa category without opening a product.
i:hypothesis	-
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Home buyers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000005',8,'i:title	''Refer a friend
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Germany
i:product_area	''Loyalty
i:status	''new
i:problem_statement	''Happy customers have nothing to pass on.
i:hypothesis	''A voucher for both sides costs less than a paid click.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000013',14,'i:title	''Store events in the app
i:requesting_team	''Events
i:requester_name	''Giulia Conti
i:requester_email	''giulia.conti@marlowefinch.example
i:country	''Italy
i:product_area	''App
i:status	''new
i:problem_statement	''Styling evenings are announced on paper in the shop window and half the chairs stay empty.
i:hypothesis	-
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000014',15,'i:title	''Reviews with photos
i:requesting_team	''Content
i:requester_name	''Pedro Almeida
i:requester_email	''pedro.almeida@marlowefinch.example
i:country	''Portugal
i:product_area	''Product page
i:status	''new
i:problem_statement	''Customers ask how a dress looks on a real person; we show models only.
i:hypothesis	''Photos of buyers lower returns for fit by a twentieth.
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Fashion buyers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	''Photo moderation contract
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000015',16,'i:title	''Ramadan and Eid landing pages
i:requesting_team	''Digital Marketing
i:requester_name	''Layla Haddad
i:requester_email	''layla.haddad@marlowefinch.example
i:country	''United Arab Emirates
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''The most important season of the Gulf stores is served with a translated Easter template.
i:hypothesis	-
i:strategic_theme	''Local relevance
i:customer_segment	''Gulf customers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000016',17,'i:title	''Back-in-stock alerts
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''Sold-out sizes are a dead end; 90,000 visits a month end there.
i:hypothesis	''One visitor in twenty leaves an address, one in four of them buys.
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Fashion buyers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000017',18,'i:title	''Carbon label on product pages
i:requesting_team	''Brand
i:requester_name	''Femke de Vries
i:requester_email	''femke.devries@marlowefinch.example
i:country	''Netherlands
i:product_area	''Product page
i:status	''new
i:problem_statement	''Claims about sustainability must be backed by figures from next year on.
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:dependencies_initiatives	-
i:dependencies_others	''Supplier data of 140 factories
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000018',19,'i:title	''Student discount with verification
i:requesting_team	''Digital Marketing
i:requester_name	''Luc Martin
i:requester_email	''luc.martin@marlowefinch.example
i:country	''France
i:product_area	''Pricing
i:status	''new
i:problem_statement	''The student code is on every coupon site and a third of its users are no students.
i:hypothesis	-
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Students
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000019',20,'i:title	''Marketing mix model
i:requesting_team	''Marketing Analytics
i:requester_name	''Henrik Olsen
i:requester_email	''henrik.olsen@marlowefinch.example
i:country	''Denmark
i:product_area	''Analytics
i:status	''new
i:problem_statement	''With fewer cookies nobody can say what television and search bring.
i:hypothesis	-
i:strategic_theme	''Efficient operations
i:customer_segment	''Internal
i:initiative_type	''Platform
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000020',21,'i:title	''Gift cards by message
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Austria
i:product_area	''Gift cards
i:status	''new
i:problem_statement	''Digital gift cards arrive as a PDF that recipients take for spam.
i:hypothesis	-
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Gift buyers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	''Message gateway contract
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000021',22,'i:title	''Influencer codes with fair attribution
i:requesting_team	''Brand
i:requester_name	''Carmen Ruiz
i:requester_email	''carmen.ruiz@marlowefinch.example
i:country	''Spain
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''The last click wins, so those who bring new customers are paid least.
i:hypothesis	''Paying for first orders keeps the ten partners who matter.
i:strategic_theme	''Local relevance
i:customer_segment	''New customers
i:initiative_type	''Experiment
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000022',23,'i:title	''Accessible newsletters
i:requesting_team	''CRM
i:requester_name	''Niamh Byrne
i:requester_email	''niamh.byrne@marlowefinch.example
i:country	''Ireland
i:product_area	''E-mail
i:status	''new
i:problem_statement	''Mails are one large picture; screen readers read nothing, and new law says they must.
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000023',24,'i:title	''Win-back series for quiet subscribers
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''A third of the subscribers have not opened a mail for a year.
i:hypothesis	''Two honest mails bring back one in thirty.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Lapsed customers
i:initiative_type	''Experiment
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000024',25,'i:title	''Print catalogue on demand
i:requesting_team	''Brand
i:requester_name	''Femke de Vries
i:requester_email	''femke.devries@marlowefinch.example
i:country	''Belgium
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''400,000 catalogues are printed and half are thrown away unread.
i:hypothesis	-
i:strategic_theme	''Efficient operations
i:customer_segment	''Home buyers
i:initiative_type	''Process
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000043',0,'i:title	''Gift cards by e-mail
i:requesting_team	''Brand Marketing
i:requester_name	''Clara Weiss
i:requester_email	''clara.weiss@marlowefinch.example
i:country	''Germany
i:product_area	''Gifting
i:status	''new
i:problem_statement	''A gift card is a plastic card that is posted; two days before a birthday it is too late.
i:hypothesis	-
i:strategic_theme	''Grow gifting
i:customer_segment	''Gift buyers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-central-backlog','backlog','INIT-000044',0,'i:title	''Reviews with photographs
i:requesting_team	''CRM EMEA
i:requester_name	''Paul Moreau
i:requester_email	''paul.moreau@marlowefinch.example
i:country	''France
i:product_area	''Product pages
i:status	''new
i:problem_statement	''People ask how a chair looks in a room; our pictures show it in a studio.
i:hypothesis	-
i:strategic_theme	-
i:customer_segment	''All customers
i:initiative_type	''Feature
i:dependencies_initiatives	-
i:dependencies_others	-
i:active_scoring_framework	-
i:use_math_model	-
i:strategic_priority_coefficient	-
i:llm_notes	-
');
INSERT INTO "sheet_rows" VALUES('demo-product-ops','scoring_inputs','INIT-000001',2,'i:risk_level	''Medium
i:time_sensitivity	''High
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:rice_reach	#180000
i:rice_impact	#2
i:rice_confidence	#0.8
i:rice_effort	#6
i:wsjf_business_value	#13
i:wsjf_time_criticality	#5
i:wsjf_risk_reduction	#2
i:wsjf_job_size	#13
');
INSERT INTO "sheet_rows" VALUES('demo-product-ops','scoring_inputs','INIT-000002',3,'i:risk_level	''High
i:time_sensitivity	''High
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	#1.5
i:rice_reach	-
i:rice_impact	-
i:rice_confidence	-
i:rice_effort	-
i:wsjf_business_value	#8
i:wsjf_time_criticality	#20
i:wsjf_risk_reduction	#13
i:wsjf_job_size	#5
');
INSERT INTO "sheet_rows" VALUES('demo-product-ops','scoring_inputs','INIT-000003',4,'i:risk_level	''Low
i:time_sensitivity	''Medium
i:active_scoring_framework	-
i:use_math_model	F	-
i:strategic_priority_coefficient	-
i:rice_reach	#30000
i:rice_impact	#1
i:rice_confidence	#0.8
i:rice_effort	#1
i:wsjf_business_value	#3
i:wsjf_time_criticality	#2
i:wsjf_risk_reduction	#1
i:wsjf_job_size	#1
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000001',2,'i:title	''Loyalty points at the till
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Germany
i:product_area	''Loyalty
i:status	''new
i:problem_statement	''Members can spend points online only; in stores they are told to come back to the website.
i:current_pain	''One store complaint in five is about points.
i:desired_outcome	''Points are earned and spent in every store within ten seconds.
i:target_metrics	''Share of store sales by members
i:hypothesis	''Members who can use points at the till visit once more a quarter.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:expected_impact_description	''More visits and larger baskets of members in stores
i:impact_metric	''Member store revenue
i:impact_unit	''EUR a year
i:impact_low	#9e+05
i:impact_expected	#1600000
i:impact_high	#2400000
i:effort_tshirt_size	''L
i:effort_engineering_days	#85
i:effort_other_teams_days	#30
i:infra_cost_estimate	#12000
i:dependencies_others	''Till software release 8.2
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''Tills in Austria still run the old software.
i:time_sensitivity	''High
i:deadline_date	''2027-09-30
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000002',3,'i:title	''Consent banner that remembers
i:requesting_team	''Digital Marketing
i:requester_name	''Luc Martin
i:requester_email	''luc.martin@marlowefinch.example
i:country	''France
i:product_area	''Privacy
i:status	''new
i:problem_statement	''The banner asks again on every subdomain, and refusals are not passed on to two ad partners.
i:current_pain	-
i:desired_outcome	''One answer per customer, honoured everywhere.
i:target_metrics	''Complaints to the data protection officer
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:expected_impact_description	''Avoids a fine and wins back measurable traffic
i:impact_metric	''Visits with consent
i:impact_unit	''percentage points
i:impact_low	#3
i:impact_expected	#6
i:impact_high	#9
i:effort_tshirt_size	''M
i:effort_engineering_days	#25
i:effort_other_teams_days	#10
i:infra_cost_estimate	-
i:dependencies_others	''Legal review
i:is_mandatory	T
i:risk_level	''High
i:risk_description	''The regulator has asked for a date.
i:time_sensitivity	''High
i:deadline_date	''2027-02-28
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000003',4,'i:title	''Welcome series for new subscribers
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''New subscribers get the same newsletter as customers of ten years.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	''Three introductory mails in ten days lift first orders by a tenth.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''New customers
i:initiative_type	''Experiment
i:expected_impact_description	''More first orders from subscribers
i:impact_metric	''First orders
i:impact_unit	''orders a month
i:impact_low	#250
i:impact_expected	#600
i:impact_high	#900
i:effort_tshirt_size	''S
i:effort_engineering_days	#8
i:effort_other_teams_days	#12
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Medium
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000004',5,'i:title	''Product finder for sofas
i:requesting_team	''Content
i:requester_name	''Marta Kowalska
i:requester_email	''marta.kowalska@marlowefinch.example
i:country	''Poland
i:product_area	''Search
i:status	''new
i:problem_statement	''Two visitors in three leave the sofa category without opening a product.
i:current_pain	''480 sofas, one filter for colour.
i:desired_outcome	''Five questions lead to at most eight sofas.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Home buyers
i:initiative_type	''Feature
i:expected_impact_description	''Higher conversion in the largest home category
i:impact_metric	''Category conversion
i:impact_unit	''percentage points
i:impact_low	#0.2
i:impact_expected	#0.5
i:impact_high	#0.8
i:effort_tshirt_size	''M
i:effort_engineering_days	#30
i:effort_other_teams_days	#20
i:infra_cost_estimate	#3000
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000005',6,'i:title	''Refer a friend
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Germany
i:product_area	''Loyalty
i:status	''new
i:problem_statement	''Happy customers have nothing to pass on.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	''A voucher for both sides costs less than a paid click.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:expected_impact_description	''Cheaper acquisition
i:impact_metric	''New customers by referral
i:impact_unit	''customers a year
i:impact_low	#4000
i:impact_expected	#9000
i:impact_high	#15000
i:effort_tshirt_size	''M
i:effort_engineering_days	#35
i:effort_other_teams_days	#8
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''Voucher fraud between relatives.
i:time_sensitivity	''Medium
i:deadline_date	''2027-06-15
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000013',7,'i:title	''Store events in the app
i:requesting_team	''Events
i:requester_name	''Giulia Conti
i:requester_email	''giulia.conti@marlowefinch.example
i:country	''Italy
i:product_area	''App
i:status	''new
i:problem_statement	''Styling evenings are announced on paper in the shop window and half the chairs stay empty.
i:current_pain	-
i:desired_outcome	''Members near a store see and book its events.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Loyalty members
i:initiative_type	''Feature
i:expected_impact_description	''Full events that sell
i:impact_metric	''Event revenue
i:impact_unit	''EUR a year
i:impact_low	#120000
i:impact_expected	#210000
i:impact_high	#3e+05
i:effort_tshirt_size	''S
i:effort_engineering_days	#15
i:effort_other_teams_days	#5
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000014',8,'i:title	''Reviews with photos
i:requesting_team	''Content
i:requester_name	''Pedro Almeida
i:requester_email	''pedro.almeida@marlowefinch.example
i:country	''Portugal
i:product_area	''Product page
i:status	''new
i:problem_statement	''Customers ask how a dress looks on a real person; we show models only.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	''Return rate, conversion
i:hypothesis	''Photos of buyers lower returns for fit by a twentieth.
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Fashion buyers
i:initiative_type	''Feature
i:expected_impact_description	''Fewer returns, more trust
i:impact_metric	''Return rate
i:impact_unit	''percentage points
i:impact_low	#0.5
i:impact_expected	#1.2
i:impact_high	#2
i:effort_tshirt_size	''M
i:effort_engineering_days	#28
i:effort_other_teams_days	#15
i:infra_cost_estimate	#9000
i:dependencies_others	''Photo moderation contract
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''Unsuitable pictures.
i:time_sensitivity	''Medium
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000015',9,'i:title	''Ramadan and Eid landing pages
i:requesting_team	''Digital Marketing
i:requester_name	''Layla Haddad
i:requester_email	''layla.haddad@marlowefinch.example
i:country	''United Arab Emirates
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''The most important season of the Gulf stores is served with a translated Easter template.
i:current_pain	-
i:desired_outcome	''Pages of their own, right to left, live four weeks before.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Local relevance
i:customer_segment	''Gulf customers
i:initiative_type	''Feature
i:expected_impact_description	''Seasonal revenue
i:impact_metric	''Campaign revenue
i:impact_unit	''EUR a season
i:impact_low	#3e+05
i:impact_expected	#550000
i:impact_high	#7e+05
i:effort_tshirt_size	''S
i:effort_engineering_days	#12
i:effort_other_teams_days	#18
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''The date moves by eleven days every year.
i:time_sensitivity	''High
i:deadline_date	''2027-01-10
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000016',10,'i:title	''Back-in-stock alerts
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''Sold-out sizes are a dead end; 90,000 visits a month end there.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	''One visitor in twenty leaves an address, one in four of them buys.
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Fashion buyers
i:initiative_type	''Feature
i:expected_impact_description	''Recovered sales
i:impact_metric	''Orders from alerts
i:impact_unit	''orders a month
i:impact_low	#500
i:impact_expected	#1100
i:impact_high	#1500
i:effort_tshirt_size	''S
i:effort_engineering_days	#14
i:effort_other_teams_days	-
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Medium
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000017',11,'i:title	''Carbon label on product pages
i:requesting_team	''Brand
i:requester_name	''Femke de Vries
i:requester_email	''femke.devries@marlowefinch.example
i:country	''Netherlands
i:product_area	''Product page
i:status	''new
i:problem_statement	''Claims about sustainability must be backed by figures from next year on.
i:current_pain	-
i:desired_outcome	''Every own-brand product shows an audited figure.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:expected_impact_description	''Allowed to keep the green range online
i:impact_metric	''Revenue at risk
i:impact_unit	''EUR a year
i:impact_low	#2e+06
i:impact_expected	#3500000
i:impact_high	#5e+06
i:effort_tshirt_size	''L
i:effort_engineering_days	#40
i:effort_other_teams_days	#90
i:infra_cost_estimate	-
i:dependencies_others	''Supplier data of 140 factories
i:is_mandatory	T
i:risk_level	''High
i:risk_description	''A third of the suppliers have not answered.
i:time_sensitivity	''High
i:deadline_date	''2027-03-27
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000018',12,'i:title	''Student discount with verification
i:requesting_team	''Digital Marketing
i:requester_name	''Luc Martin
i:requester_email	''luc.martin@marlowefinch.example
i:country	''France
i:product_area	''Pricing
i:status	''new
i:problem_statement	''The student code is on every coupon site and a third of its users are no students.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Students
i:initiative_type	''Feature
i:expected_impact_description	''Margin kept on misused discounts
i:impact_metric	''Margin
i:impact_unit	''EUR a year
i:impact_low	#80000
i:impact_expected	#150000
i:impact_high	#190000
i:effort_tshirt_size	''S
i:effort_engineering_days	#10
i:effort_other_teams_days	-
i:infra_cost_estimate	#4800
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000019',13,'i:title	''Marketing mix model
i:requesting_team	''Marketing Analytics
i:requester_name	''Henrik Olsen
i:requester_email	''henrik.olsen@marlowefinch.example
i:country	''Denmark
i:product_area	''Analytics
i:status	''new
i:problem_statement	''With fewer cookies nobody can say what television and search bring.
i:current_pain	-
i:desired_outcome	''Budget is set each quarter from one model that finance accepts.
i:target_metrics	''Return on advertising
i:hypothesis	-
i:strategic_theme	''Efficient operations
i:customer_segment	''Internal
i:initiative_type	''Platform
i:expected_impact_description	''Better use of 40 million of media a year
i:impact_metric	''Media efficiency
i:impact_unit	''EUR a year
i:impact_low	#4e+05
i:impact_expected	#1200000
i:impact_high	#2e+06
i:effort_tshirt_size	''XL
i:effort_engineering_days	#120
i:effort_other_teams_days	#60
i:infra_cost_estimate	#30000
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''Needs three years of clean spend data.
i:time_sensitivity	''Medium
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000020',14,'i:title	''Gift cards by message
i:requesting_team	''CRM
i:requester_name	''Anna Weber
i:requester_email	''anna.weber@marlowefinch.example
i:country	''Austria
i:product_area	''Gift cards
i:status	''new
i:problem_statement	''Digital gift cards arrive as a PDF that recipients take for spam.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Frictionless shopping
i:customer_segment	''Gift buyers
i:initiative_type	''Feature
i:expected_impact_description	''More gift cards before Christmas
i:impact_metric	''Gift cards sold
i:impact_unit	''cards a year
i:impact_low	#12000
i:impact_expected	#20000
i:impact_high	#26000
i:effort_tshirt_size	''M
i:effort_engineering_days	#22
i:effort_other_teams_days	#6
i:infra_cost_estimate	-
i:dependencies_others	''Message gateway contract
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''High
i:deadline_date	''2027-10-31
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000021',15,'i:title	''Influencer codes with fair attribution
i:requesting_team	''Brand
i:requester_name	''Carmen Ruiz
i:requester_email	''carmen.ruiz@marlowefinch.example
i:country	''Spain
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''The last click wins, so those who bring new customers are paid least.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	''Paying for first orders keeps the ten partners who matter.
i:strategic_theme	''Local relevance
i:customer_segment	''New customers
i:initiative_type	''Experiment
i:expected_impact_description	''New customers at the same spend
i:impact_metric	''New customers
i:impact_unit	''customers a year
i:impact_low	#2500
i:impact_expected	#5200
i:impact_high	#8000
i:effort_tshirt_size	''M
i:effort_engineering_days	#20
i:effort_other_teams_days	-
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000022',16,'i:title	''Accessible newsletters
i:requesting_team	''CRM
i:requester_name	''Niamh Byrne
i:requester_email	''niamh.byrne@marlowefinch.example
i:country	''Ireland
i:product_area	''E-mail
i:status	''new
i:problem_statement	''Mails are one large picture; screen readers read nothing, and new law says they must.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Trust and compliance
i:customer_segment	''All customers
i:initiative_type	''Compliance
i:expected_impact_description	''Legal, and readable for 60,000 more people
i:impact_metric	''Readers reached
i:impact_unit	''people
i:impact_low	#30000
i:impact_expected	#60000
i:impact_high	#80000
i:effort_tshirt_size	''S
i:effort_engineering_days	#9
i:effort_other_teams_days	#25
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	T
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''High
i:deadline_date	''2027-06-28
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000023',17,'i:title	''Win-back series for quiet subscribers
i:requesting_team	''CRM
i:requester_name	''Sofia Lindqvist
i:requester_email	''sofia.lindqvist@marlowefinch.example
i:country	''Sweden
i:product_area	''E-mail
i:status	''new
i:problem_statement	''A third of the subscribers have not opened a mail for a year.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	''Two honest mails bring back one in thirty.
i:strategic_theme	''Grow loyal customers
i:customer_segment	''Lapsed customers
i:initiative_type	''Experiment
i:expected_impact_description	''Orders of customers we had lost
i:impact_metric	''Orders won back
i:impact_unit	''orders a month
i:impact_low	#150
i:impact_expected	#320
i:impact_high	#500
i:effort_tshirt_size	''S
i:effort_engineering_days	#6
i:effort_other_teams_days	#10
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000024',19,'i:title	''Print catalogue on demand
i:requesting_team	''Brand
i:requester_name	''Femke de Vries
i:requester_email	''femke.devries@marlowefinch.example
i:country	''Belgium
i:product_area	''Campaigns
i:status	''new
i:problem_statement	''400,000 catalogues are printed and half are thrown away unread.
i:current_pain	-
i:desired_outcome	-
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Efficient operations
i:customer_segment	''Home buyers
i:initiative_type	''Process
i:expected_impact_description	''Less paper and postage
i:impact_metric	''Print cost
i:impact_unit	''EUR a year
i:impact_low	#90000
i:impact_high	#240000
i:effort_tshirt_size	''M
i:effort_engineering_days	-
i:effort_other_teams_days	-
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''Low
i:deadline_date	-
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000043',20,'i:title	''Gift cards by e-mail
i:requesting_team	''Brand Marketing
i:requester_name	''Clara Weiss
i:requester_email	''clara.weiss@marlowefinch.example
i:country	''Germany
i:product_area	''Gifting
i:status	''new
i:problem_statement	''A gift card is a plastic card that is posted; two days before a birthday it is too late.
i:current_pain	-
i:desired_outcome	''A card is in the mailbox of the person ten minutes after it was paid.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	''Grow gifting
i:customer_segment	''Gift buyers
i:initiative_type	''Feature
i:expected_impact_description	-
i:impact_metric	''Gift cards sold
i:impact_unit	''cards a month
i:impact_low	-
i:impact_expected	#4200
i:impact_high	-
i:effort_tshirt_size	''S
i:effort_engineering_days	#18
i:effort_other_teams_days	-
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Low
i:risk_description	-
i:time_sensitivity	''High
i:deadline_date	''2027-11-15
');
INSERT INTO "sheet_rows" VALUES('intake','','INIT-000044',21,'i:title	''Reviews with photographs
i:requesting_team	''CRM EMEA
i:requester_name	''Paul Moreau
i:requester_email	''paul.moreau@marlowefinch.example
i:country	''France
i:product_area	''Product pages
i:status	''new
i:problem_statement	''People ask how a chair looks in a room; our pictures show it in a studio.
i:current_pain	''One return in six says that it looked different.
i:desired_outcome	''Customers add photographs to their reviews.
i:target_metrics	-
i:hypothesis	-
i:strategic_theme	-
i:customer_segment	''All customers
i:initiative_type	''Feature
i:expected_impact_description	-
i:impact_metric	''Returns
i:impact_unit	''parcels a month
i:impact_low	-
i:impact_expected	#900
i:impact_high	-
i:effort_tshirt_size	''M
i:effort_engineering_days	-
i:effort_other_teams_days	-
i:infra_cost_estimate	-
i:dependencies_others	-
i:is_mandatory	F
i:risk_level	''Medium
i:risk_description	''Somebody has to look at the photographs.
i:time_sensitivity	''Low
i:deadline_date	-
');
CREATE INDEX initiative_scores_by_initiative ON initiative_scores (initiative_key, framework);
CREATE INDEX action_runs_open ON action_runs (status) WHERE finished_at IS NULL;
CREATE UNIQUE INDEX action_runs_idempotency ON action_runs (idempotency_key, idempotency_use)
  WHERE idempotency_key IS NOT NULL;
CREATE TRIGGER action_runs_keep_request BEFORE UPDATE OF seq, run_id, action, payload, created_at, requested_by_email,
  requested_by_ui, spreadsheet_id, holds, tab, scope_type, scope_summary, request_hash, idempotency_key, idempotency_use
  ON action_runs
BEGIN
  SELECT RAISE (ABORT, 'what was requested is never changed');
END;
CREATE TRIGGER action_runs_keep_ended BEFORE UPDATE ON action_runs
WHEN OLD.finished_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'a run that has ended is never changed');
END;
CREATE TRIGGER action_runs_legal_transition BEFORE UPDATE ON action_runs
WHEN OLD.finished_at IS NULL AND NOT (
  (OLD.status = 'queued' AND NEW.status = 'running' AND NEW.attempt = OLD.attempt + 1)
  OR (OLD.status = 'queued' AND NEW.status = 'cancelled' AND NEW.attempt = OLD.attempt)
  OR (OLD.status = 'running' AND NEW.attempt = OLD.attempt))
BEGIN
  SELECT RAISE (ABORT, 'illegal transition of a run');
END;
CREATE TRIGGER action_runs_delete_ended_only BEFORE DELETE ON action_runs
WHEN OLD.finished_at IS NULL
BEGIN
  SELECT RAISE (ABORT, 'only runs that have ended are deleted');
END;
CREATE TRIGGER action_run_events_keep BEFORE UPDATE ON action_run_events
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is never changed');
END;
CREATE TRIGGER action_run_events_keep_while_run_exists BEFORE DELETE ON action_run_events
WHEN EXISTS (SELECT 1 FROM action_runs WHERE seq = OLD.run_seq)
BEGIN
  SELECT RAISE (ABORT, 'the audit trail is deleted with its run only');
END;
CREATE TRIGGER action_runs_start_queued BEFORE INSERT ON action_runs
WHEN NEW.status <> 'queued' OR NEW.attempt <> 0
BEGIN
  SELECT RAISE (ABORT, 'a run starts as queued');
END;
COMMIT;
